import { addContribution, scopeKey, type RollupIncrements, type TopicVersion } from '@barometer/kernel';
import type { MemoryDatabase } from './memory-database';

const nothing = { negative: 0, neutral: 0, positive: 0, toneSum: 0, toneSquares: 0 };

/** Adds to the counters, creating them as needed. */
export function addToRollups(db: MemoryDatabase, increments: RollupIncrements): void {
  for (const { scope, hour, ...contribution } of increments.list()) {
    const hours = db.rollups.get(scope) ?? new Map();
    db.rollups.set(scope, hours.set(hour, addContribution(hours.get(hour) ?? nothing, contribution)));
  }
}

/** Removes a version of a topic with its memberships and roll-ups. */
export function dropTopicVersion(db: MemoryDatabase, topic: TopicVersion): void {
  for (const article of db.articles.values()) {
    const topics = article.topics.filter((one) => one.topicId !== topic.topicId || one.version !== topic.version);
    if (topics.length < article.topics.length) db.articles.set(article.id, { ...article, topics });
  }
  const key = scopeKey({ topic });
  for (const scope of db.rollups.keys()) if (scope === key || scope.startsWith(`${key}|`)) db.rollups.delete(scope);
  db.topicVersions.get(topic.topicId)?.delete(topic.version);
}
