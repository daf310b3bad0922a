import { readFileSync } from 'node:fs';
import type { FeedFetcher, FeedItem, FeedReader } from '@barometer/ingestion';
import { DAY, HOUR, MINUTE, ok } from '@barometer/kernel';
import type { SentimentClassifier } from '@barometer/sentiment';
import type { Container } from 'inversify';
import { join } from 'node:path';
import * as z from 'zod';
import { composeSystem } from './composition-root';
import type { Settings } from './config';
import { SeedError, seedTopics } from './seeds';
import { memoryStores } from './stores/memory-stores';
import { tokens } from './tokens';

const rowSchema = z.object({
  source: z.string().min(1),
  field: z.string().optional(),
  title: z.string().min(1),
  summary: z.string().optional(),
  /** Age in minutes, so that the sample always lies in the last seven days. */
  minutesAgo: z.number().nonnegative(),
});
type SampleRow = z.infer<typeof rowSchema>;

const sourcesSchema = z.array(z.object({ id: z.string().min(1), name: z.string().min(1), homepage: z.url() }));

interface SampleOptions {
  readonly settings: Settings;
  readonly classifier: SentimentClassifier;
  /** Whether the sample will be shown: no real article has a score. */
  readonly isNeeded: () => Promise<boolean>;
}

/** As long as the sample's seven days and the seven days before, which they are compared with. */
const OBSERVED = 14 * DAY;

/**
 * The sample data set in a store of its own, in memory: invented headlines that go through the same steps as real ones,
 * scored by the same model. Never stored with real data and never counted into it.
 */
export function loadSample({ settings, classifier, isNeeded }: SampleOptions): { container: Container; filled: Promise<void> } {
  const container = composeSystem({ settings, classifier, stores: memoryStores(), log: () => undefined });
  const filled = isNeeded().then((needed) => (needed ? fill(container, settings) : undefined));
  return { container, filled };
}

async function fill(container: Container, settings: Settings): Promise<void> {
  const rows = readRows(join(settings.sampleFolder, 'headlines.jsonl'));
  const now = container.get(tokens.clock).now();
  const bySource = Map.groupBy(rows, ({ source }) => source);
  const sources = readSources(join(settings.sampleFolder, 'sources.json'));
  const [fetcher, reader] = sampleFeeds(bySource, new Map(sources.map(({ id, name }) => [id, name])), now);
  (await container.rebind(tokens.feedFetcher)).toConstantValue(fetcher);
  (await container.rebind(tokens.feedReader)).toConstantValue(reader);
  await seedTopics(container, settings.topicsFile);
  for (const { id, name, homepage } of sources) {
    await container.get(tokens.addSource).execute({ url: addressOf(id), name, homepage, language: 'en' });
  }
  await container.get(tokens.pollSources).execute();
  for (const { id } of await container.get(tokens.listSources).execute()) {
    for (let at = now - OBSERVED; at < now; at += HOUR) await container.get(tokens.articleStore).markObserved(id, at);
  }
  const backfillTopics = container.get(tokens.backfillTopics);
  while ((await backfillTopics.execute({})).chunks > 0);
  // All at once: a mood of the first few articles would mean nothing.
  await container.get(tokens.scoreArticles).execute({ limit: rows.length });
}

const addressOf = (source: string) => `https://${source}.example/feed`;

/** Takes the place of fetching and parsing feeds: the rows of a source, as items of a feed. */
function sampleFeeds(bySource: ReadonlyMap<string, readonly SampleRow[]>, names: ReadonlyMap<string, string>, now: number): [FeedFetcher, FeedReader] {
  const items = new Map(
    [...bySource].map(([source, rows]) => [addressOf(source), rows.map((row, index) => itemOf(row, index, names.get(source) ?? source, now))]),
  );
  const fetcher: FeedFetcher = { fetch: async ({ url }) => ok({ kind: 'document', body: new Uint8Array(), url, httpStatus: 200 }) };
  const reader: FeedReader = { read: ({ url }) => ok({ format: 'rss', language: 'en', items: items.get(url) ?? [] }) };
  return [fetcher, reader];
}

function itemOf({ source, title, summary, minutesAgo }: SampleRow, index: number, publisher: string, now: number): FeedItem {
  return {
    publisher,
    guid: `${source}-${index}`,
    link: `${addressOf(source)}/${index}`,
    title,
    publishedAt: now - minutesAgo * MINUTE,
    ...(summary !== undefined && { summary }),
  };
}

function readSources(file: string) {
  const parsed = sourcesSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new SeedError(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function readRows(file: string): SampleRow[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line, index) => {
    const parsed = rowSchema.safeParse(JSON.parse(line));
    if (!parsed.success) throw new SeedError(`${file}, line ${index + 1}: ${parsed.error.issues[0]?.message ?? 'is not a headline'}`);
    return parsed.data;
  });
}
