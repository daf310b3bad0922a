import { sentimentWith } from '@barometer/events/testing';
import { articleNamed, idOf, NOW } from '@barometer/ingestion/testing';
import { HOUR } from '@barometer/kernel';
import { openDatabase, refreshStoryTotals } from '@barometer/storage-sqlite';
import { SqliteProbe } from '@barometer/storage-sqlite/testing';
import { SqliteArticleStore, SqliteTopicCatalog } from './index';

const v1 = { topicId: 'gas', version: 1 };

/** Three articles of one story, an hour apart, the first of which expires in an hour. */
async function begin() {
  const db = openDatabase(':memory:');
  const [articles, topics, probe] = [new SqliteArticleStore(db), new SqliteTopicCatalog(db), new SqliteProbe(db)];
  const start = NOW - articles.retention.articles + HOUR;
  const named = (name: string, index: number, sourceIds = ['wire']) => articleNamed(name, { publishedAt: start + index * HOUR, sourceIds });
  await articles.addAll(
    ['first', 'second', 'third'].map((name, index) => named(name, index)),
    NOW,
  );
  for (const name of ['first', 'second', 'third']) {
    await probe.score(idOf(name), sentimentWith(-0.5));
    if (name !== 'first') db.run('UPDATE articles SET joined_story = ? WHERE id = ?', idOf('first'), idOf(name));
  }
  refreshStoryTotals(db, [idOf('first')]);
  const totals = async () => {
    expect((await probe.rollups()).filter(({ scope }) => scope.startsWith('story total'))).toEqual([]);
    return db.all<{ scope: string; articles: number }>('SELECT scope, articles FROM story_totals ORDER BY scope').map((row) => [row.scope, row.articles]);
  };
  return { articles, topics, probe, named, totals };
}

describe('the totals of stories', () => {
  it('are updated when another source lists an article', async () => {
    const { articles, named, totals } = await begin();
    await articles.addAll([named('first', 0, ['post']), named('second', 1, ['post'])], NOW);
    expect(await totals()).toEqual([
      ['all', 3],
      ['s:post', 2],
      ['s:wire', 3],
    ]);
  });

  it('are updated when a topic is filled, and when it is removed', async () => {
    const { topics, probe, totals } = await begin();
    await probe.addTopic({ ...v1, rule: { anyOf: ['title'], allOf: [], noneOf: [] } });
    await topics.applyChunk((await topics.jobs())[0]!, [idOf('first'), idOf('third')], undefined);
    expect(await totals()).toEqual([
      ['all', 3],
      ['s:wire', 3],
      ['t:gas@1', 2],
      ['t:gas@1|s:wire', 2],
    ]);
    await probe.addTopic({ ...v1, version: 2, rule: { anyOf: ['other'], allOf: [], noneOf: [] } });
    await topics.finish((await topics.jobs())[0]!);
    expect(await totals()).toEqual([
      ['all', 3],
      ['s:wire', 3],
    ]);
  });

  it('are updated when articles expire, until fewer than two are left', async () => {
    const { articles, totals } = await begin();
    expect(await articles.removeExpired(NOW + HOUR)).toBe(1);
    expect(await totals()).toEqual([
      ['all', 2],
      ['s:wire', 2],
    ]);
    expect(await articles.removeExpired(NOW + 2 * HOUR)).toBe(1);
    expect(await totals()).toEqual([]);
  });
});
