import type { ArticleView } from '@barometer/reporting';
import type { ArticleRow, MemoryDatabase } from '@barometer/storage-memory';

/** An article as readers see it, with its topics in their ready versions. */
export function articleViewOf(db: MemoryDatabase, row: ArticleRow): ArticleView {
  const { id, url, title, summary, publisher, language, state, reason, sentiment, judgement, modelSentiment, joinedStory } = row;
  return {
    id,
    url,
    title,
    summary,
    state,
    ...(publisher !== undefined && { publisher }),
    ...(language !== undefined && { language }),
    ...(reason !== undefined && { reason }),
    ...(sentiment && { sentiment: structuredClone(sentiment), storyId: joinedStory ?? id }),
    ...(judgement && { judgement: { ...judgement } }),
    ...(modelSentiment && { modelSentiment: structuredClone(modelSentiment) }),
    sourceIds: row.sources.map(({ sourceId }) => sourceId),
    topicIds: row.topics
      .filter(({ topicId, version }) => db.topics.get(topicId)?.readyVersion === version)
      .map(({ topicId }) => topicId)
      .sort(),
    journey: journeyOf(row),
  };
}

function journeyOf({ publishedAt, dated, fetchedAt, storedAt, deliveredAt, scoredAt, receives, changes }: ArticleRow): ArticleView['journey'] {
  return {
    publishedAt,
    dated,
    fetchedAt,
    storedAt,
    receives,
    changes,
    ...(deliveredAt !== undefined && { deliveredAt }),
    ...(scoredAt !== undefined && { scoredAt }),
  };
}
