import { sentimentWith } from '@barometer/events/testing';
import { SqliteArticleStore, SqlitePendingArticles, SqliteTopicCatalog } from '@barometer/ingestion-sqlite';
import { articleNamed, idOf, NOW } from '@barometer/ingestion/testing';
import { DAY, HOUR } from '@barometer/kernel';
import { SqliteScoreStore } from '@barometer/sentiment-sqlite';
import { openDatabase, type SqliteDatabase } from '@barometer/storage-sqlite';
import { SqliteProbe } from '@barometer/storage-sqlite/testing';

/** Every statement that ingestion and scoring send when they run each of their operations once. */
async function statementsOf(db: SqliteDatabase): Promise<string[]> {
  const sent = (['get', 'all', 'run'] as const).map((method) => jest.spyOn(db, method));
  const [articles, pending, catalog, scores] = [
    new SqliteArticleStore(db),
    new SqlitePendingArticles(db),
    new SqliteTopicCatalog(db),
    new SqliteScoreStore(db),
  ];
  await new SqliteProbe(db).addTopic({ topicId: 'topic', version: 1, rule: { anyOf: ['title'], allOf: [], noneOf: [] } });
  sent.forEach((method) => method.mockClear());
  for (const source of ['a', 'b']) await articles.addAll([articleNamed('one', { sourceIds: [source] }), articleNamed('two')], NOW);
  await articles.firstSeen('a', [idOf('one')], NOW);
  await articles.markObserved('a', NOW);
  await pending.markDelivered(
    (await pending.overdue(NOW + 1, 10)).map((article) => article.id),
    NOW,
  );
  const [one, two] = await scores.lease({ now: NOW, limit: 2, leaseMs: HOUR, maxReceives: 2 });
  await scores.pendingArticles([one?.id ?? '']);
  await scores.apply([{ articleId: one?.id ?? '', sentiment: sentimentWith(0.4) }], NOW);
  await scores.giveBack(two ?? { id: '' }, 'broken');
  await scores.redrive(NOW, [idOf('two')]);
  await scores.redrive(NOW);
  const { items } = await scores.scored({ limit: 5 });
  await scores.replace(
    items.map(({ id, sentiment }) => ({ articleId: id, expected: sentiment, next: sentimentWith(-0.4) })),
    NOW,
  );
  await scores.backlog();
  for (let job = (await catalog.jobs())[0]; job; job = (await catalog.jobs())[0]) {
    const { items, position } = await catalog.candidates(job, 0, 1);
    await catalog.applyChunk(
      job,
      items.map((item) => item.articleId),
      position,
    );
    if (position === undefined) await catalog.finish(job);
  }
  await articles.removeExpired(NOW + 91 * DAY);
  return [...new Set(sent.flatMap((method) => method.mock.calls.map(([sql]) => sql)))];
}

it('no statement scans, or sorts, a whole table of articles, memberships or roll-ups', async () => {
  const db = openDatabase(':memory:');
  const statements = (await statementsOf(db)).filter((sql) => /^\s*(SELECT|INSERT|UPDATE|DELETE)/.test(sql));
  jest.restoreAllMocks();
  expect(statements.length).toBeGreaterThan(30);
  // Few rows by their nature: the sources of one article, the versions of topics, requested ids, the articles of one story.
  const few = /FROM article_sources WHERE article_id = \?|FROM topic_versions|json_each|INSERT INTO story_totals/;
  const walks = statements
    .filter((sql) => !few.test(sql))
    .flatMap((sql) =>
      db
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .filter(
          ({ detail }) =>
            /^SCAN (a|articles|article_sources|article_topics|rollups|observed_days|sightings)\b(?!.*USING)/.test(detail) || /TEMP B-TREE/.test(detail),
        )
        .map(({ detail }) => `${detail}: ${sql}`),
    );
  expect(walks).toEqual([]);
  db.close();
});
