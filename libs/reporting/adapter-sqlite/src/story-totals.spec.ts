import { HOUR, hourOf, ManualClock } from '@barometer/kernel';
import { NOW, seed } from '@barometer/reporting/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { reportFixture } from './testing/seed';

const gas = { topicId: 'gas', version: 1 };

function begin() {
  const db = openDatabase(':memory:');
  const { store, articles } = reportFixture(new ManualClock(NOW), db.retention, db);
  const first = seed(3, { tone: 0.5 });
  articles([
    first,
    seed(1, { tone: -0.5, joinedStory: first.id, topics: [gas] }),
    seed(2, { tone: 0.25, joinedStory: first.id, sourceIds: ['wire', 'post'], topics: [gas] }),
    seed(0),
  ]);
  const totals = () =>
    db
      .all<{ scope: string; articles: number; toneSum: number }>('SELECT scope, articles, tone_sum AS toneSum FROM story_totals ORDER BY story, scope')
      .map((row) => [row.scope, row.articles, row.toneSum]);
  return { db, store, first, totals };
}

const right = [
  ['all', 3, 250_000],
  ['s:wire', 3, 250_000],
  ['t:gas@1', 2, -250_000],
  ['t:gas@1|s:wire', 2, -250_000],
];

describe('the totals of stories', () => {
  it('exist for each scope with at least two articles of a story', () => expect(begin().totals()).toEqual(right));

  it.each([
    ['too many articles', `UPDATE story_totals SET articles = articles + 1 WHERE scope = 'all'`, 1],
    ['another sum', `UPDATE story_totals SET tone_sum = 0 WHERE scope = 's:wire'`, 1],
    ['other times', `UPDATE story_totals SET last_at = last_at + 1 WHERE scope = 's:wire'`, 1],
    ['another first day', `UPDATE story_totals SET first_day = first_day - 1 WHERE scope = 's:wire'`, 1],
    ['more days', `UPDATE story_totals SET more_days = more_days + 5 WHERE scope = 's:wire'`, 1],
    ['missing ones', `DELETE FROM story_totals`, 4],
    [
      'those of a story that is not there',
      `INSERT INTO story_totals SELECT '${'z'.repeat(26)}', scope, first_day, more_days, articles, tone_sum, first_at, last_at FROM story_totals WHERE scope = 'all'`,
      1,
    ],
  ])('a check finds %s, and a repair fixes them', async (_name, spoiling, count) => {
    const { db, store, totals } = begin();
    expect(await store.check()).toEqual([]);
    db.run(spoiling);
    const found = await store.check();
    expect(found.map(({ of }) => of)).toEqual(Array.from({ length: count }, () => 'story'));
    expect(await store.repair()).toBe(count);
    expect([await store.check(), totals()]).toEqual([[], right]);
  });

  it('names the story, the scope and the hour of a difference', async () => {
    const { db, store, first } = begin();
    db.run(`UPDATE story_totals SET articles = 7 WHERE scope = 't:gas@1'`);
    const none = { negative: 0, positive: 0, toneSum: -250_000, toneSquares: 0 };
    expect(await store.check()).toEqual([
      { scope: `y:${first.id} t:gas@1`, hour: hourOf(NOW - 3 * HOUR), of: 'story', stored: { ...none, neutral: 7 }, expected: { ...none, neutral: 2 } },
    ]);
  });
});
