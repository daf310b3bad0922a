import type { ArticleView, Journey } from '@barometer/reporting';
import type * as wire from '../contract';
import { isoTime, optionalTime } from './time';

export function wireArticle(article: ArticleView): wire.Article {
  const { id, url, title, summary, publisher, language, sourceIds, topicIds, state, reason, sentiment, storyId, journey } = article;
  return {
    id, url, title, summary,
    ...(publisher !== undefined && { publisher }),
    ...(language !== undefined && { language }),
    sourceIds: [...sourceIds],
    topicIds: [...topicIds],
    publishedAt: isoTime(journey.publishedAt),
    state,
    ...(reason !== undefined && { reason }),
    ...(sentiment && { sentiment }),
    ...(storyId !== undefined && { storyId }),
    journey: wireJourney(journey),
  };
}

function wireJourney({ publishedAt, dated, fetchedAt, storedAt, deliveredAt, scoredAt, receives, changes }: Journey): wire.Journey {
  return {
    publishedAt: isoTime(publishedAt),
    dated,
    fetchedAt: isoTime(fetchedAt),
    storedAt: isoTime(storedAt),
    ...optionalTime('deliveredAt', deliveredAt),
    ...optionalTime('scoredAt', scoredAt),
    receives,
    changes,
  };
}
