import type { Article, Label, Sentiment, Source, Topic } from '@barometer/http-api/contract';
import { seeded } from './seeded';

export const HOUR = 3_600_000;
export const MODEL = { id: 'barometer-news-tone-6x384', revision: '4f0c2a91d7e3b658' };

const subjects = [
  'Gas prices',
  'Harbour city',
  'The central bank',
  'Rail operator',
  'Coastal towns',
  'A small chip maker',
  'Hospital staff',
  'The lower house',
  'Wind farm builders',
  'City schools',
  'Wheat farmers',
  'A rescued oil tanker',
  'Astronomers',
  'The national team',
];
const events: Record<Label, readonly string[]> = {
  negative: [
    'warn of shortages as reserves fall to a ten-year low',
    'hit by strike that leaves thousands stranded',
    'mourns dozens hurt in overnight fire',
    'faces inquiry after data of patients leaked',
    'cut jobs as orders collapse',
  ],
  neutral: [
    'to meet on Thursday over the new budget',
    'publishes its quarterly figures',
    'and ministers discuss the timetable for the coming year, with a vote expected before the winter recess',
    'names interim head',
    'moves its headquarters',
  ],
  positive: [
    'celebrates record harvest',
    'win praise for breakthrough in clean storage',
    'agree on deal that ends a long dispute',
    'reopens after restoration, and crowds cheer',
    'beat forecasts for third year running',
  ],
};

const sourceNames = [
  'The Guardian',
  'BBC News',
  'Example Times',
  'Al Jazeera',
  'NPR',
  'Ars Technica',
  'The Verge',
  'Nature',
  'ESPN',
  'Deutsche Welle',
  'France 24',
  'Science Daily',
  'The Register',
  'Wired',
  'Sky News',
  'Euronews',
  'CBC',
  'The Hindu',
  'Japan Times',
  'Inside Climate News',
  'Carbon Brief',
];

export const iso = (time: number): string => new Date(time).toISOString();
const slug = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** An article id made of a number, in the alphabet of real ones. */
export const articleId = (index: number): string =>
  [...index.toString(32)]
    .map((digit) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(digit, 32)])
    .join('')
    .padStart(26, 'a');

export function sentimentOf(label: Label, random: () => number): Sentiment {
  const confidence = 0.45 + random() * 0.53;
  const rest = 1 - confidence;
  const near = rest * (0.5 + random() * 0.4);
  const scores = {
    negative: { negative: confidence, neutral: near, positive: rest - near },
    neutral: { negative: rest / 2, neutral: confidence, positive: rest / 2 },
    positive: { negative: rest - near, neutral: near, positive: confidence },
  }[label];
  return { label, confidence, scores, tone: Math.round((scores.positive - scores.negative) * 1e6) / 1e6, uncertain: confidence < 0.55, model: MODEL };
}

export function articleOf(index: number, publishedAt: number, sources: readonly Source[], topics: readonly Topic[]): Article {
  const random = seeded(index + 1);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const label = pick(['negative', 'negative', 'neutral', 'neutral', 'positive'] as const);
  const source = pick(sources);
  const state = index % 23 === 7 ? 'skipped' : index % 29 === 4 ? 'pending' : 'scored';
  const at = iso(publishedAt);
  return {
    id: articleId(index),
    url: `https://news.example/${index}`,
    title: `${pick(subjects)} ${pick(events[label])}`,
    summary:
      'Officials said on Sunday that talks would go on through the week. Observers expect a first result by Friday, and a longer report in the new year <b>not bold</b>.',
    sourceIds: index % 9 === 0 ? [source.id, pick(sources).id] : [source.id],
    topicIds: topics.filter(() => random() < 0.3).map(({ id }) => id),
    publishedAt: at,
    state,
    ...(state === 'skipped' && { reason: 'language' }),
    ...(state === 'scored' && { sentiment: sentimentOf(label, random) }),
    journey: {
      publishedAt: at,
      dated: index % 11 !== 0,
      fetchedAt: iso(publishedAt + 140_000),
      storedAt: iso(publishedAt + 141_000),
      ...(state === 'scored' && { deliveredAt: iso(publishedAt + 143_000), scoredAt: iso(publishedAt + 144_000) }),
      receives: state === 'scored' ? 1 : 0,
      changes: index % 7 === 0 ? 1 : 0,
    },
  };
}

export function sourcesAt(now: number): Source[] {
  return sourceNames.map((name, index) => ({
    id: slug(name),
    kind: 'feed',
    url: `https://${slug(name)}.example/rss.xml`,
    name,
    homepage: `https://${slug(name)}.example/`,
    language: 'en',
    groups: [['News/World'], ['News', 'Science'], ['Technology'], []][index % 4] ?? [],
    intervalMinutes: 15,
    paused: false,
    addedAt: iso(now - 40 * 24 * HOUR),
    state: 'ok',
    health: {
      status: 'ok',
      nextPollAt: iso(now + (index + 2) * 60_000),
      lastPolledAt: iso(now - (index + 1) * 50_000),
      lastSuccessAt: iso(now - (index + 1) * 50_000),
      httpStatus: 200,
      failures: 0,
      polls: 812,
      articles: 240 + index * 17,
      bytesSaved: 1_840_000 + index * 91_000,
    },
  }));
}

export function failing(source: Source, now: number, message: string, httpStatus?: number): Source {
  const { httpStatus: _, ...health } = source.health;
  return {
    ...source,
    state: 'failing',
    health: { ...health, status: 'failed', message, failures: 3, nextPollAt: iso(now + 55 * 60_000), ...(httpStatus && { httpStatus }) },
  };
}

export const topicsAt = (now: number): Topic[] =>
  [
    ['Energy', ['gas prices', 'wind farm', 'power grid']],
    ['Economy', ['central bank', 'inflation', 'jobs']],
    ['Health', ['hospital', 'patients']],
    ['Transport', ['rail', 'strike']],
    ['Science and discovery', ['astronomers', 'breakthrough']],
  ].map(([name, anyOf]) => ({
    id: slug(name as string),
    name: name as string,
    anyOf: anyOf as string[],
    allOf: [],
    noneOf: [],
    version: 2,
    readyVersion: 2,
    backfilling: false,
    createdAt: iso(now - 9e8),
    changedAt: iso(now - 8e8),
  }));
