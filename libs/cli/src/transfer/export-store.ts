import { DAY, HOUR, lastExpiredHour } from '@barometer/kernel';
import type { ArticleView } from '@barometer/reporting';
import { FORMAT, type StoreLine } from './store-lines';
import type { TransferStores } from './transfer-stores';

const PAGE = 100;

/**
 * Everything that another store can import, one line each; articles last, the oldest day first, so that stories begin
 * with the same articles.
 */
export async function* exportStore(stores: TransferStores, now: number): AsyncGenerator<StoreLine> {
  yield { kind: 'barometer', format: FORMAT, exportedAt: now };
  for (const source of await stores.sources.list()) yield { kind: 'source', source: { ...source } };
  for (const topic of await stores.topics.list()) yield { kind: 'topic', topic: { ...topic } };
  for (const key of await stores.keys.list()) yield { kind: 'key', key: { ...key } };
  for (const channel of await stores.alerts.channels()) yield { kind: 'channel', channel: { ...channel } };
  for (const rule of await stores.alerts.rules()) yield { kind: 'rule', rule: { ...rule } };
  for (const digest of await stores.digests.digests()) yield { kind: 'digest', digest: { ...digest } };
  yield* hourLines(stores, now);
  let articles = 0;
  for (let day = Math.floor((now - stores.reports.retention.articles) / DAY); day * DAY < now + DAY; day += 1) {
    for (const line of await articlesOf(stores, { from: day * DAY, to: (day + 1) * DAY })) {
      articles += 1;
      yield line;
    }
  }
  yield { kind: 'end', articles };
}

async function* hourLines({ sources, reports }: TransferStores, now: number): AsyncGenerator<StoreLine> {
  const period = { from: (lastExpiredHour(now, reports.retention.rollups) + 1) * HOUR, to: now + HOUR };
  for (const id of [undefined, ...(await sources.list()).map((source) => source.id)]) {
    const of = id === undefined ? undefined : [id];
    const both = { observed: await reports.observedHours(of, period), imported: await reports.importedHours(of, period) };
    for (const kind of ['observed', 'imported'] as const)
      if (both[kind].length > 0) yield { kind: 'hours', of: kind, sourceId: id ?? '', hours: [...both[kind]] };
  }
}

/** The articles of a day, in the order of their times. */
async function articlesOf({ reports, articles }: TransferStores, period: { from: number; to: number }): Promise<StoreLine[]> {
  const views: ArticleView[] = [];
  let cursor: string | undefined;
  do {
    const page = await reports.articles({ period, limit: PAGE, ...(cursor !== undefined && { cursor }) });
    views.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  const lines: StoreLine[] = [];
  for (let start = 0; start < views.length; start += PAGE) {
    const part = views.slice(start, start + PAGE);
    const known = await articles.find(part.map(({ id }) => id));
    lines.push(...part.map((view) => lineOf(view, known.get(view.id)?.keys ?? [])));
  }
  return lines.reverse();
}

function lineOf(
  { id, url, title, summary, publisher, language, sourceIds, state, reason, sentiment, modelSentiment, judgement, journey }: ArticleView,
  keys: readonly string[],
): StoreLine {
  const { publishedAt, dated, fetchedAt } = journey;
  const model = modelSentiment ?? sentiment;
  return {
    kind: 'article',
    article: {
      id,
      url,
      keys: [...keys],
      title,
      summary,
      ...(publisher !== undefined && { publisher }),
      ...(language !== undefined && { language }),
      sourceIds: [...sourceIds],
      publishedAt,
      dated,
      fetchedAt,
      state,
      ...(reason !== undefined && { reason }),
      ...(model && { sentiment: model }),
      ...(judgement && { judgement }),
    },
  };
}
