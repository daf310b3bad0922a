import type { ReaderJudgement } from '@barometer/events';
import type { ArticleView, Journey } from '@barometer/reporting';
import type * as wire from '../contract';
import { isoTime, optionalTime } from './time';

export function wireArticle(article: ArticleView): wire.Article {
  const { id, url, title, summary, publisher, language, sourceIds, topicIds, state, reason, sentiment, judgement, modelSentiment, storyId, journey } = article;
  return {
    id,
    url,
    title,
    summary,
    ...(publisher !== undefined && { publisher }),
    ...(language !== undefined && { language }),
    sourceIds: [...sourceIds],
    topicIds: [...topicIds],
    publishedAt: isoTime(journey.publishedAt),
    state,
    // One that was skipped and counts now, as a reader judged it, keeps the reason for the day on which that is taken back.
    ...(reason !== undefined && !sentiment && { reason }),
    ...(sentiment && { sentiment }),
    ...(judgement && { judgement: wireJudgement(judgement) }),
    ...(modelSentiment && { modelSentiment }),
    ...(storyId !== undefined && { storyId }),
    journey: wireJourney(journey),
  };
}

export const wireJudgement = ({ label, at }: ReaderJudgement): wire.Judgement => ({ label, at: isoTime(at) });

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
