import { DatabaseSync } from 'node:sqlite';
import type { Label, Sentiment } from '@barometer/events';
import { articleIdOf, DAY, HOUR, hourOf } from '@barometer/kernel';
import type { Article } from '@barometer/ingestion';
import type { Container } from 'inversify';
import { tokens } from '../src/tokens';

/** What a store of this benchmark holds. */
export interface Filling {
  readonly articles: number;
  readonly sources: number;
  readonly topics: number;
  readonly days: number;
  /** The end of its last hour, milliseconds since 1970. */
  readonly end: number;
}

const MODEL = { id: 'bench', revision: '1' };
const SUBJECTS = [
  'minister',
  'court',
  'police',
  'bank',
  'hospital',
  'union',
  'company',
  'army',
  'school',
  'council',
  'farmers',
  'airline',
  'club',
  'scientists',
  'regulator',
  'port',
];
const VERBS = [
  'warns of',
  'approves',
  'rejects',
  'reports',
  'delays',
  'celebrates',
  'denies',
  'opens',
  'closes',
  'investigates',
  'backs',
  'criticises',
  'plans',
  'wins',
];
const OBJECTS = [
  'budget',
  'strike',
  'flood',
  'deal',
  'record harvest',
  'fire',
  'merger',
  'protest',
  'vaccine',
  'rail line',
  'election',
  'power cut',
  'festival',
  'tax',
  'storm',
  'inquiry',
];
/** Share of the articles that a second source reports too, in its own words. */
const COPIES = 0.28;
/** Articles of one hour that are stored per call. */
const AT_ONCE = 200;

/** The same numbers from the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Fills an empty store through the product's own adapters, hour by hour as it would have grown: some words are in every
 * second headline and some in one of thousands, busy sources have a hundred times the articles of quiet ones, and some
 * events are reported more than once.
 */
export async function fillStore(container: Container, filling: Filling, onProgress: (done: number) => void): Promise<void> {
  const random = randomFrom(20261127);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const [articles, scores, topics] = [container.get(tokens.articleStore), container.get(tokens.scoreStore), container.get(tokens.addTopic)];
  await container.get(tokens.sourceStore).addAll(await sourcesOf(filling));
  for (let index = 0; index < filling.topics; index += 1)
    await topics.execute({ name: `Topic ${index}`, anyOf: [OBJECTS[index] ?? 'deal'], allOf: [], noneOf: [] });
  await container.get(tokens.backfillTopics).execute();
  const hours = filling.days * 24;
  const first = hourOf(filling.end) - hours;
  let done = 0;
  for (let place = 0; place < hours; place += 1) {
    const at = (first + place) * HOUR;
    const until = Math.round((filling.articles * (place + 1)) / hours);
    const batch: Article[] = [];
    while (done + batch.length < until) {
      const event = `${pick(SUBJECTS)} ${pick(VERBS)} ${pick(OBJECTS)} in ${nameOf(Math.floor(random() * 4_000))}`;
      const told = random() < COPIES ? 2 : 1;
      for (let copy = 0; copy < told; copy += 1) {
        const source = Math.floor(random() ** 3 * filling.sources);
        const number: number = done + batch.length;
        const title = copy === 0 ? `The ${event} after talks of ${nameOf(number)}` : `After talks, ${event}, says ${nameOf(number)}`;
        const publishedAt = at + Math.floor(random() * (HOUR - 1));
        batch.push({
          id: articleIdOf(`bench ${number}`),
          url: `https://source-${source}.example/${number}`,
          keys: [],
          title,
          summary: `More of what is said about the ${event}.`,
          sourceIds: [`source-${source}`],
          topics: [],
          language: 'en',
          publishedAt,
          dated: true,
          fetchedAt: publishedAt,
          status: { state: 'pending' as const },
        });
      }
    }
    for (let start = 0; start < batch.length; start += AT_ONCE) {
      const part = batch.slice(start, start + AT_ONCE).map((article) => ({ ...article, topics: topicsOf(article.title, filling.topics) }));
      const { pending } = await articles.addAll(part, at + HOUR - 1);
      await scores.apply(
        pending.map((articleId) => ({ articleId, sentiment: sentimentOf(random) })),
        at + HOUR - 1,
      );
    }
    done += batch.length;
    onProgress(done);
  }
}

/**
 * Marks nine tenths of all sources as polled in every hour. Written without the adapter, which would need a transaction
 * for each of some 600,000 hours; the store must be closed.
 */
export function fillObservedHours(file: string, { sources, days, end }: Filling): void {
  const [random, db] = [randomFrom(7), new DatabaseSync(file)];
  db.exec('BEGIN');
  const insert = db.prepare('INSERT OR REPLACE INTO observed_days (source_id, day, hours) VALUES (?, ?, ?)');
  const last = Math.floor(hourOf(end) / 24);
  for (let day = last - days; day <= last; day += 1) {
    const known = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => day * 24 + hour >= hourOf(end) - days * 24 && day * 24 + hour < hourOf(end));
    const bits = (share: number) => known.reduce((found, hour) => (random() < share ? found | (1 << hour) : found), 0);
    insert.run('', day, bits(1));
    for (let source = 0; source < sources; source += 1) insert.run(`source-${source}`, day, bits(0.9));
  }
  db.exec('COMMIT');
  db.close();
}

/** A made-up proper name, the same for the same number. */
const nameOf = (number: number): string =>
  `${'Bel Cor Dun Fal Gor Hal Ist Jar Kel Lum'.split(' ')[number % 10]}${'ava ero ithe ond ura'.split(' ')[Math.floor(number / 10) % 5]}${number.toString(36)}`;

function topicsOf(title: string, count: number) {
  return OBJECTS.slice(0, count).flatMap((word, index) => (title.includes(word) ? [{ topicId: `topic-${index}`, version: 1 }] : []));
}

/** Tones as in real headlines: half negative, a sixth positive. */
function sentimentOf(random: () => number): Sentiment {
  const roll = random();
  const label: Label = roll < 0.49 ? 'negative' : roll < 0.83 ? 'neutral' : 'positive';
  const [high, rest] = [0.55 + 0.4 * random(), 0.3 * random()];
  const scores = { negative: 0, neutral: 0, positive: 0 };
  scores[label] = high;
  const others = (['negative', 'neutral', 'positive'] as const).filter((one) => one !== label);
  scores[others[0]!] = (1 - high) * rest;
  scores[others[1]!] = (1 - high) * (1 - rest);
  const millionths = (value: number) => Math.round(value * 1e6) / 1e6;
  return { label, scores, tone: millionths(scores.positive - scores.negative), confidence: high, uncertain: high < 0.6, model: MODEL };
}

async function sourcesOf({ sources, end, days }: Filling) {
  const addedAt = end - days * DAY;
  return Array.from({ length: sources }, (_, index) => ({
    id: `source-${index}`,
    kind: 'feed' as const,
    url: `https://source-${index}.example/feed`,
    name: `Source ${index}`,
    homepage: `https://source-${index}.example/`,
    intervalMinutes: 15,
    paused: false,
    addedAt,
    health: { status: 'ok' as const, nextPollAt: end + DAY, lastPolledAt: end, failures: 0, polls: 1, articles: 0, bytesSaved: 0, lastBytes: 0 },
  }));
}
