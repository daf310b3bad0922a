import { channel, digest, rule } from '@barometer/alerting/testing';
import { exportStore, ImportStore, type StoreLine, type TransferStores } from '@barometer/cli';
import { DAY, HOUR, hourOf, ManualClock, type Retention } from '@barometer/kernel';
import { articleNamed, NOW, sourceNamed } from '@barometer/ingestion/testing';
import { KeywordClassifier } from '@barometer/sentiment-memory';
import { composeSystem } from '../composition-root';
import { readSettings } from '../config';
import type { Stores } from '../stores/stores';
import { tokens } from '../tokens';

/** A store of each technology with the use cases over it, at `NOW`. */
export async function trialSystem(stores: Pick<Stores, 'bind'>) {
  const clock = new ManualClock(NOW);
  const container = composeSystem({ settings: readSettings({}, '/repository'), classifier: new KeywordClassifier(), stores, log: () => undefined });
  (await container.rebind(tokens.clock)).toConstantValue(clock);
  const get = container.get.bind(container);
  const ports: TransferStores = {
    sources: get(tokens.sourceStore),
    articles: get(tokens.articleStore),
    catalog: get(tokens.topicCatalog),
    seeds: get(tokens.seedRecord),
    scores: get(tokens.scoreStore),
    reports: get(tokens.reportStore),
    topics: get(tokens.topicStore),
    keys: get(tokens.accessKeys),
    alerts: get(tokens.alertStore),
    digests: get(tokens.digestStore),
  };
  return { get, clock, ports, differences: async () => (await get(tokens.checkInvariant).execute()).discrepancies };
}
export type TrialSystem = Awaited<ReturnType<typeof trialSystem>>;

const titles = ['A disaster at sea', 'Peace in the valley', 'The council meets', 'A victory for the council', 'War of words'];

/** Something of everything that a store can hold. */
export async function fillTrial({ get, ports }: TrialSystem): Promise<void> {
  for (const id of ['a', 'b'])
    await ports.sources.add(sourceNamed(id, { userAgent: 'Example/1.0', groups: ['News/Wire', 'Daily'] }, { etag: '"1"', articles: 7 }));
  await get(tokens.addTopic).execute({ name: 'Council', anyOf: ['council'], allOf: [], noneOf: [] });
  await get(tokens.backfillTopics).execute();
  const rules = await ports.catalog.rules();
  const topics = rules.map(({ topicId, version }) => ({ topicId, version }));
  const articles = Array.from({ length: 24 }, (_, index) =>
    articleNamed(`t${index}`, {
      title: `${titles[index % titles.length]}, part ${index}`,
      summary: index % 4 === 0 ? 'More of it.' : '',
      publishedAt: NOW - index * 7 * HOUR,
      keys: [`key of ${index}`],
      sourceIds: index % 3 === 0 ? ['a', 'b'] : ['b'],
      topics: [2, 3].includes(index % titles.length) ? topics : [],
      ...(index === 5 && { status: { state: 'skipped' as const, reason: 'language' as const }, language: 'de' }),
      ...(index === 6 && { publisher: 'Somebody' }),
    }),
  );
  await ports.articles.addAll(articles, NOW);
  const failed = articles[7]?.id ?? '';
  await ports.scores.giveBack({ id: failed }, 'the model could not bear it');
  while ((await get(tokens.scoreArticles).execute()).leased > 0);
  await ports.articles.addAll([articleNamed('waits', { title: 'It waits for a score' })], NOW);
  await get(tokens.judgeArticle).execute(articles[2]?.id ?? '', 'positive');
  await ports.articles.copyObserved(
    new Map([
      ['', [hourOf(NOW) - 2]],
      ['a', [hourOf(NOW) - 2, hourOf(NOW) - 30]],
    ]),
  );
  await ports.articles.markImported(new Map([['b', [hourOf(NOW) - 200]]]));
  await get(tokens.addAccessKey).execute({ name: 'me', role: 'write' });
  await ports.alerts.putChannel(channel('desk'));
  await ports.alerts.addRule(rule('dark', { channelIds: ['desk'] }));
  await ports.digests.addDigest(digest('morning', { channelIds: ['desk'] }));
}

/** What `export all` writes, without the time of the export. */
export async function linesOf({ ports, clock }: TrialSystem): Promise<StoreLine[]> {
  const lines: StoreLine[] = [];
  for await (const line of exportStore(ports, clock.now())) lines.push(JSON.parse(JSON.stringify(line)) as StoreLine);
  return lines;
}

/** Puts lines into a store as `import all` does. */
export async function takeAll({ ports, clock, get }: TrialSystem, lines: readonly StoreLine[]) {
  const importing = new ImportStore(ports, clock);
  for (const line of lines) await importing.take(line);
  const report = await importing.finish();
  while ((await get(tokens.backfillTopics).execute()).chunks > 0);
  return report;
}

/** Keeps articles for a week. */
export const week: Retention = { articles: 7 * DAY, rollups: 7 * DAY };
