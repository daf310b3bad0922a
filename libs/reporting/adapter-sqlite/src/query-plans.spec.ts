import { HOUR, ManualClock } from '@barometer/kernel';
import type { ArticleQuery, ReportStore } from '@barometer/reporting';
import { NOW, seed } from '@barometer/reporting/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { reportFixture } from './testing/seed';

/** The plan of every statement that a request runs. */
async function plansOf(request: (store: ReportStore) => Promise<unknown>): Promise<string[]> {
  const db = openDatabase(':memory:');
  const fixture = reportFixture(new ManualClock(NOW), db);
  fixture.topic({ id: 'gas', version: 1, readyVersion: 1 });
  fixture.articles([seed(1, { topics: [{ topicId: 'gas', version: 1 }] })]);
  const run = [jest.spyOn(db, 'all'), jest.spyOn(db, 'get')];
  await request(fixture.store);
  const calls = run.flatMap((spy) => spy.mock.calls);
  run.forEach((spy) => spy.mockRestore());
  const plan = calls.flatMap(([sql, ...params]) => db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...params));
  return plan.map(({ detail }) => detail);
}

// What may be walked from end to end: the ids that were handed in, the few topics, what an inner query found, the words' own
// index; and two indexes in their order, as far as a page or the first row goes.
const harmless = [
  /^SCAN (j VIRTUAL TABLE|w VIRTUAL TABLE INDEX \d+:M|found|topics|CONSTANT ROW|\d+ CONSTANT ROWS?)/,
  /^SCAN a USING INDEX articles_by_time$/,
  /^SCAN articles USING COVERING INDEX articles_pending$/,
];

function scansOf(plan: readonly string[]): string[] {
  const inner = plan.flatMap((detail) => /^(?:CO-ROUTINE|MATERIALIZE) (\w+)$/.exec(detail)?.[1] ?? []);
  return plan.filter((detail) => detail.startsWith('SCAN') && !harmless.some((form) => form.test(detail)) && !inner.some((name) => detail === `SCAN ${name}`));
}

const day = { from: NOW - 24 * HOUR, to: NOW };
const lists: [string, Omit<ArticleQuery, 'limit'>, string][] = [
  ['all', {}, 'articles_by_time'],
  ['a period', { period: day }, 'articles_by_time'],
  ['a source', { sourceId: 'wire' }, 'article_sources_by_time'],
  ['a source in a period', { sourceId: 'wire', period: day, label: 'neutral' }, 'article_sources_by_time'],
  ['a topic', { topicId: 'gas' }, 'article_topics_by_time'],
  ['a topic in a source', { topicId: 'gas', sourceId: 'wire', state: 'scored' }, 'article_topics_by_time'],
  ['a state', { state: 'failed' }, 'articles_by_state'],
];

describe('request paths read by index', () => {
  it.each(lists)('a list of %s, without sorting', async (_name, query, index) => {
    const cursor = `1-${NOW.toString(36)}-${'a'.repeat(26)}`;
    for (const page of [query, { ...query, cursor }]) {
      const plan = await plansOf((store) => store.articles({ ...page, limit: 10 }));
      const list = plan.filter((detail) => !detail.includes('m.position'));
      expect(list.join('\n')).toContain(index);
      expect(scansOf(plan)).toEqual([]);
      expect(list.filter((detail) => detail.includes('articles_expiry'))).toEqual([]);
    }
  });

  it('the judged articles, without sorting', async () => {
    const plan = await plansOf((store) => store.judged({ limit: 10, cursor: `1-${NOW.toString(36)}-${'a'.repeat(26)}` }));
    expect(plan.filter((detail) => detail.startsWith('SEARCH n USING'))[0]).toContain('judgements_by_time');
    // The sources of the articles that are shown are sorted, and their topics.
    expect(plan.filter((detail) => detail.includes('TEMP B-TREE'))).toHaveLength(2);
    expect(scansOf(plan)).toEqual([]);
  });

  it('a story, without sorting', async () => {
    const plan = await plansOf((store) => store.story('a'.repeat(26)));
    expect(plan.join('\n')).toContain('articles_by_story');
    expect(scansOf(plan)).toEqual([]);
  });

  it('sorts no list by time', async () => {
    for (const [, query] of lists) {
      const plan = await plansOf((store) => store.articles({ ...query, limit: 10 }));
      // The one sort is that of a few articles' sources and topics.
      expect(plan.slice(0, plan.findIndex((detail) => detail.startsWith('SCAN j'))).filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([]);
    }
  });

  it.each<[string, (store: ReportStore) => Promise<unknown>, string]>([
    ['hours', (store) => store.hours({ topicId: 'gas', sourceId: 'wire' }, day), 'SEARCH rollups USING PRIMARY KEY (scope=? AND hour>? AND hour<?)'],
    ['sources side by side', (store) => store.hoursBy('source', {}, day), 'SEARCH rollups USING PRIMARY KEY (scope>? AND scope<?)'],
    ['days of sources', async (store) => {
      const today = Math.floor(NOW / (24 * HOUR));
      for await (const found of store.sourceDays({}, today - 1, today + 1)) void found;
    }, 'SEARCH rollups USING PRIMARY KEY (scope=? AND hour>? AND hour<?)'],
    ['topics side by side', (store) => store.hoursBy('topic', {}, day), 'SEARCH rollups USING PRIMARY KEY'],
    ['observed hours', (store) => store.observedHours(undefined, day), 'SEARCH observed_hours USING PRIMARY KEY'],
    ['models', (store) => store.modelChanges(day), 'SEARCH articles USING COVERING INDEX articles_by_model'],
    ['the strongest article', (store) => store.strongest({}, day), 'articles_by_state'],
    ['the strongest article of a topic', (store) => store.strongest({ topicId: 'gas' }, day), 'article_topics_by_time'],
    ['the status', (store) => store.status(), 'SEARCH articles USING COVERING INDEX articles_by_state'],
    ['one article', (store) => store.article('a'.repeat(26)), 'SEARCH a USING INDEX sqlite_autoindex_articles_1 (id=?)'],
    ['words', (store) => store.articles({ search: 'gas', limit: 10 }), 'SCAN w VIRTUAL TABLE INDEX'],
    ['the watermark', (store) => store.watermark(), 'SEARCH meta USING INDEX'],
  ])('%s', async (_name, request, index) => {
    const plan = await plansOf(request);
    expect(plan.join('\n')).toContain(index);
    expect(scansOf(plan)).toEqual([]);
  });

  it('compares the roll-ups with the articles without comparing every row with every other', async () => {
    const plan = await plansOf((store) => store.check());
    expect(plan.filter((detail) => detail.startsWith('RIGHT-JOIN'))).toEqual([]);
    expect(plan.filter((detail) => /^SEARCH [st] USING PRIMARY KEY/.test(detail))).not.toEqual([]);
  });
});
