import { contributionOf, expiryOf, hourOf, RollupIncrements, scopesOf, type Clock, type Retention } from '@barometer/kernel';
import type { ReportStoreFixture, SeedArticle, TopicStoreFixture } from '@barometer/reporting/testing';
import { seed } from '@barometer/reporting/testing';
import { addToRollups, dropTopicVersion, MemoryDatabase } from '@barometer/storage-memory';
import { MemoryReportStore } from '../memory-report-store';
import { MemoryTopicStore } from '../memory-topic-store';

const noRule = { anyOf: ['x'], allOf: [], noneOf: [] };

/** Puts an article into the tables, with its counts. */
export function insertArticle(db: MemoryDatabase, { sourceIds, ...article }: SeedArticle): void {
  const hour = hourOf(article.publishedAt);
  db.articles.set(article.id, {
    ...article,
    hour,
    number: db.nextArticleNumber(),
    keys: [],
    url: `https://example.org/${article.id}`,
    dated: true,
    fetchedAt: article.storedAt,
    expiresAt: expiryOf(hour),
    changes: 0,
    receives: 0,
    availableAt: 0,
    sources: sourceIds.map((sourceId) => ({ sourceId })),
  });
  if (!article.sentiment) return;
  const increments = new RollupIncrements();
  increments.add(scopesOf(sourceIds, article.topics, article.joinedStory), hour, contributionOf(article.sentiment));
  addToRollups(db, increments);
}

export function reportFixture(clock: Clock, retention?: Retention): ReportStoreFixture {
  const db = new MemoryDatabase(retention);
  return {
    store: new MemoryReportStore(db, clock),
    articles: (articles) => db.transaction(() => articles.forEach((article) => insertArticle(db, article))),
    topic: ({ id, version, readyVersion }) => {
      db.topics.set(id, { id, name: id, version, ...(readyVersion !== undefined && { readyVersion }), createdAt: 0, changedAt: 0 });
      db.topicVersions.set(id, new Map([[version, { rule: noRule }]]));
    },
    observed: (sourceId, hour) => {
      for (const id of ['', sourceId]) db.observedHours.set(id, (db.observedHours.get(id) ?? new Set<number>()).add(hour));
    },
    imported: (sourceId, hour) => {
      for (const id of ['', sourceId]) db.importedHours.set(id, (db.importedHours.get(id) ?? new Set<number>()).add(hour));
    },
    spoil: (scope, hour) => {
      const increments = new RollupIncrements();
      increments.add([scope], hour, contributionOf({ label: 'positive', tone: 0 }));
      addToRollups(db, increments);
    },
  };
}

export function topicFixture(): TopicStoreFixture {
  const db = new MemoryDatabase();
  return {
    store: new MemoryTopicStore(db),
    finish: (id) => {
      const row = db.topics.get(id);
      if (!row) return;
      for (const version of [...(db.topicVersions.get(id)?.keys() ?? [])]) if (version !== row.version) dropTopicVersion(db, { topicId: id, version });
      db.topics.set(id, { ...row, readyVersion: row.version });
    },
    join: (topicId, version) => insertArticle(db, seed(`${topicId} ${version}`, { topics: [{ topicId, version }] })),
    traces: (id) => ({
      versions: [...(db.topicVersions.get(id)?.keys() ?? [])].sort(),
      scopes: [...db.rollups.keys()].filter((scope) => scope.startsWith(`t:${id}@`)).sort(),
    }),
  };
}
