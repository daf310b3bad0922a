import type { ArticleView } from '@barometer/reporting';
import { sourceIdsOf, type ArticleRecord } from '@barometer/storage-dynamodb';

/** An article as readers see it, with its topics in their ready versions. */
export function articleViewOf(article: ArticleRecord, ready: ReadonlyMap<string, number>): ArticleView {
  const { id, url, title, summary, publisher, language, state, reason, sentiment, judgement, modelSentiment, joinedStory } = article;
  return {
    id,
    url,
    title,
    summary,
    state,
    sourceIds: sourceIdsOf(article),
    topicIds: article.topics.filter(({ topicId, version }) => ready.get(topicId) === version).map(({ topicId }) => topicId),
    ...(publisher !== undefined && { publisher }),
    ...(language !== undefined && { language }),
    ...(reason !== undefined && { reason }),
    ...(sentiment && { sentiment, storyId: joinedStory ?? id }),
    ...(judgement && { judgement }),
    ...(modelSentiment && { modelSentiment }),
    journey: journeyOf(article),
  };
}

function journeyOf({ publishedAt, dated, fetchedAt, storedAt, deliveredAt, scoredAt, receives, changes }: ArticleRecord): ArticleView['journey'] {
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
