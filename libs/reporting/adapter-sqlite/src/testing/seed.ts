import { contributionOf, expiryOf, hourOf, RollupIncrements, scopesOf, STANDARD_RETENTION, type Clock, type Retention } from '@barometer/kernel';
import type { ReportStoreFixture, SeedArticle, TopicStoreFixture } from '@barometer/reporting/testing';
import { seed } from '@barometer/reporting/testing';
import {
  addToRollups,
  dropTopicVersion,
  indexWords,
  markImported,
  markObserved,
  openDatabase,
  refreshStoryTotals,
  sentimentValues,
  setJudgement,
  setSentiment,
  type SqliteDatabase,
} from '@barometer/storage-sqlite';
import { SqliteReportStore } from '../sqlite-report-store';
import { SqliteTopicStore } from '../sqlite-topic-store';

/** Puts an article into the tables, with its counts. */
export function insertArticle(db: SqliteDatabase, article: SeedArticle): void {
  const { id, title, summary, publisher, publishedAt, storedAt, state, reason, sentiment, sourceIds, topics, joinedStory, judgement, modelSentiment } = article;
  const hour = hourOf(publishedAt);
  const row = db.get<{ number: number }>(
    `INSERT INTO articles (id, url, title, summary, publisher, published_at, dated, fetched_at, stored_at, hour, expires_at, state, reason)
     VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?) RETURNING number`,
    id,
    `https://example.org/${id}`,
    title,
    summary,
    publisher ?? null,
    publishedAt,
    storedAt,
    storedAt,
    hour,
    expiryOf(hour),
    state,
    reason ?? null,
  );
  indexWords(db, row?.number ?? 0, article);
  sourceIds.forEach((sourceId, position) =>
    db.run('INSERT INTO article_sources (article_id, source_id, published_at, position) VALUES (?, ?, ?, ?)', id, sourceId, publishedAt, position),
  );
  for (const { topicId, version } of topics) db.run('INSERT INTO article_topics VALUES (?, ?, ?, ?)', id, topicId, version, publishedAt);
  if (joinedStory !== undefined) db.run('UPDATE articles SET joined_story = ? WHERE id = ?', joinedStory, id);
  if (!sentiment) return;
  db.run(`UPDATE articles SET ${setSentiment} WHERE id = ?`, ...sentimentValues(sentiment), id);
  if (judgement && modelSentiment) setJudgement(db, id, { judgement, modelSentiment });
  const increments = new RollupIncrements();
  increments.add(scopesOf(sourceIds, topics, joinedStory), hour, contributionOf(sentiment));
  addToRollups(db, increments);
  refreshStoryTotals(db, [joinedStory ?? id]);
}

export function reportFixture(clock: Clock, retention: Retention = STANDARD_RETENTION, db = openDatabase(':memory:', { retention })): ReportStoreFixture {
  return {
    store: new SqliteReportStore(db, clock),
    articles: (articles) => db.transaction(() => articles.forEach((article) => insertArticle(db, article))),
    topic: ({ id, version, readyVersion }) => void db.run('INSERT INTO topics VALUES (?, ?, ?, ?, 0, 0)', id, id, version, readyVersion ?? null),
    observed: (sourceId, hour) => markObserved(db, sourceId, hour),
    imported: (sourceId, hour) => markImported(db, sourceId, hour),
    spoil: (scope, hour) => {
      const increments = new RollupIncrements();
      increments.add([scope], hour, contributionOf({ label: 'positive', tone: 0 }));
      addToRollups(db, increments);
    },
  };
}

export function topicFixture(): TopicStoreFixture {
  const db = openDatabase(':memory:');
  const versionsOf = (id: string) =>
    db.all<{ version: number }>('SELECT version FROM topic_versions WHERE topic_id = ? ORDER BY version', id).map(({ version }) => version);
  return {
    store: new SqliteTopicStore(db),
    finish: (id) => {
      const newest = versionsOf(id).at(-1);
      for (const version of versionsOf(id)) if (version !== newest) dropTopicVersion(db, { topicId: id, version });
      db.run('UPDATE topics SET ready_version = version WHERE id = ?', id);
    },
    join: (topicId, version) => insertArticle(db, seed(`${topicId} ${version}`, { topics: [{ topicId, version }] })),
    traces: (id) => ({
      versions: versionsOf(id),
      scopes: db.all<{ scope: string }>('SELECT DISTINCT scope FROM rollups WHERE scope GLOB ? ORDER BY scope', `t:${id}@*`).map(({ scope }) => scope),
    }),
  };
}
