import { HOUR, ManualClock } from '@barometer/kernel';
import type { ArticleQuery, ReportStore, ScopeOfOne } from '@barometer/reporting';
import { NOW, seed } from '@barometer/reporting/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { reportFixture } from './testing/seed';

/** The plan of every statement that a request runs. */
async function plansOf(request: (store: ReportStore) => Promise<unknown>): Promise<string[]> {
  const db = openDatabase(':memory:');
  const fixture = reportFixture(new ManualClock(NOW), db.retention, db);
  fixture.topic({ id: 'gas', version: 1, readyVersion: 1 });
  fixture.articles([seed(1, { topics: [{ topicId: 'gas', version: 1 }] })]);
  const run = [jest.spyOn(db, 'all'), jest.spyOn(db, 'get')];
  await request(fixture.store);
  const calls = run.flatMap((spy) => spy.mock.calls);
  run.forEach((spy) => spy.mockRestore());
  const plan = calls.flatMap(([sql, ...params]) => db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...params));
  return plan.map(({ detail }) => detail);
}

// Scans that are acceptable: of ids passed in, of the few topics, of the results of an inner query, of the full-text
// index; and of two indexes in their order, limited to a page or to the first row.
const harmless = [
  /^SCAN (\(subquery-\d+\)|j VIRTUAL TABLE|w VIRTUAL TABLE INDEX \d+:M|found|topics|CONSTANT ROW|\d+ CONSTANT ROWS?)/,
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

describe('requests read by index', () => {
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

  it('the models of a period, each by seeks that use the whole key', async () => {
    const plan = await plansOf((store) => store.modelChanges(day));
    const seeks = plan.filter((detail) => detail.includes('articles_by_model'));
    expect(seeks.some((detail) => detail.endsWith('(hour=? AND model_id=? AND model_revision>?)'))).toBe(true);
    expect(seeks.some((detail) => detail.endsWith('(hour=? AND model_id>?)'))).toBe(true);
    expect(scansOf(plan)).toEqual([]);
  });

  it('the judged articles, without sorting', async () => {
    const plan = await plansOf((store) => store.judged({ limit: 10, cursor: `1-${NOW.toString(36)}-${'a'.repeat(26)}` }));
    expect(plan.filter((detail) => detail.startsWith('SEARCH n USING'))[0]).toContain('judgements_by_time');
    // Only the sources and the topics of the articles shown are sorted.
    expect(plan.filter((detail) => detail.includes('TEMP B-TREE'))).toHaveLength(2);
    expect(scansOf(plan)).toEqual([]);
  });

  it('a story, without sorting', async () => {
    const plan = await plansOf((store) => store.story('a'.repeat(26)));
    expect(plan.join('\n')).toContain('articles_by_story');
    expect(scansOf(plan)).toEqual([]);
  });

  it.each<[string, ScopeOfOne]>([
    ['all', {}],
    ['a topic in a source', { topicId: 'gas', sourceId: 'wire' }],
  ])('the heaviest stories of %s, by their size on each day', async (_name, scope) => {
    const plan = await plansOf((store) => store.heaviestStories(scope, day, { perArticle: 0, perTone: 1 }, 10));
    const totals = plan.filter((detail) => detail.includes('story_totals'));
    expect(
      totals.filter((detail) => /USING COVERING INDEX story_totals_by_size \(scope=\? AND first_day=\? AND articles>\?\)/.test(detail)).length,
    ).toBeGreaterThan(1);
    expect(totals.some((detail) => detail.includes('story_totals_by_size (scope=? AND first_day>? AND first_day<?)'))).toBe(true);
    expect(totals.some((detail) => detail.includes('INDEX story_totals_long (scope=? AND articles>?)'))).toBe(true);
    expect(scansOf(plan)).toEqual([]);
  });

  it.each<[string, ScopeOfOne]>([
    ['all', {}],
    ['a topic in a source', { topicId: 'gas', sourceId: 'wire' }],
  ])('the counts of stories in %s, from their own articles', async (_name, scope) => {
    const plan = await plansOf((store) => store.storyCounts(['a'.repeat(26)], scope, day));
    expect(plan.join('\n')).toContain('articles_by_story (joined_story=? AND published_at>? AND published_at<?)');
    expect(scansOf(plan)).toEqual([]);
    expect(scansOf(await plansOf((store) => store.story('a'.repeat(26), { ...scope, period: day })))).toEqual([]);
  });

  it('a story in a topic of a source, by indexes alone until its articles are known', async () => {
    const plan = await plansOf((store) => store.story('a'.repeat(26), { topicId: 'gas', sourceId: 'wire', period: day }));
    for (const index of [
      'articles_by_story (joined_story=? AND published_at>? AND published_at<?)',
      'article_sources_by_time (source_id=? AND published_at=? AND article_id=?)',
      'article_topics_by_time (topic_id=? AND version=? AND published_at=? AND article_id=?)',
    ])
      expect(plan).toContainEqual(expect.stringMatching(new RegExp(`USING COVERING INDEX ${index.replace(/[()?]/g, '\\$&')}$`)));
    expect(plan).toContain('SEARCH a USING INTEGER PRIMARY KEY (rowid=?)');
    // Only the sources and the topics of the articles shown are sorted.
    expect(plan.filter((detail) => detail.includes('TEMP B-TREE'))).toHaveLength(2);
  });

  it('sorts no list by time', async () => {
    for (const [, query] of lists) {
      const plan = await plansOf((store) => store.articles({ ...query, limit: 10 }));
      // The only sort is of the sources and topics of a few articles.
      expect(
        plan
          .slice(
            0,
            plan.findIndex((detail) => detail.startsWith('SCAN j')),
          )
          .filter((detail) => detail.includes('TEMP B-TREE')),
      ).toEqual([]);
    }
  });

  it.each<[string, (store: ReportStore) => Promise<unknown>, string]>([
    ['hours', (store) => store.hours({ topicId: 'gas', sourceId: 'wire' }, day), 'SEARCH rollups USING PRIMARY KEY (scope=? AND hour>? AND hour<?)'],
    ['sources side by side', (store) => store.hoursBy('source', {}, day), 'SEARCH rollups USING PRIMARY KEY (scope>? AND scope<?)'],
    [
      'the largest sources',
      (store) => store.hoursBy('source', {}, day, { largest: { most: 1, in: day } }),
      'SEARCH rollups USING PRIMARY KEY (scope=? AND hour>? AND hour<?)',
    ],
    [
      'the largest sources of weeks',
      (store) => store.hoursBy('source', {}, { from: NOW - 720 * HOUR, to: NOW }, { wholeDays: { cut: NOW - 360 * HOUR }, largest: { most: 1, in: day } }),
      'SEARCH daily_rollups USING PRIMARY KEY (scope=? AND day>? AND day<?)',
    ],
    [
      'days of sources',
      async (store) => {
        const today = Math.floor(NOW / (24 * HOUR));
        for await (const found of store.sourceDays({}, today - 1, today + 1)) void found;
      },
      'SEARCH rollups USING PRIMARY KEY (scope=? AND hour>? AND hour<?)',
    ],
    ['topics side by side', (store) => store.hoursBy('topic', {}, day), 'SEARCH rollups USING PRIMARY KEY'],
    ['observed hours', (store) => store.observedHours(undefined, day), 'SEARCH observed_days USING PRIMARY KEY'],
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
    for (const [table, index] of [
      ['s', 'article_sources_by_time (source_id=? AND published_at>? AND published_at<?)'],
      ['t', 'article_topics_by_time (topic_id=? AND version=? AND published_at>? AND published_at<?)'],
    ]) {
      expect(plan).toContainEqual(expect.stringMatching(new RegExp(`^SEARCH ${table} USING (COVERING )?INDEX ${index?.replace(/[()?]/g, '\\$&')}$`)));
    }
  });
});
