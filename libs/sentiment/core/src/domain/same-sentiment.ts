import type { Sentiment } from '@barometer/events';
import { toMicro } from '@barometer/kernel';

/** Whether two sentiments are the same score; tones are compared in whole millionths, as stores keep them. */
export function sameSentiment(a: Sentiment, b: Sentiment): boolean {
  return (
    a.label === b.label &&
    a.confidence === b.confidence &&
    a.uncertain === b.uncertain &&
    a.scores.negative === b.scores.negative &&
    a.scores.neutral === b.scores.neutral &&
    a.scores.positive === b.scores.positive &&
    toMicro(a.tone) === toMicro(b.tone) &&
    a.model.id === b.model.id &&
    a.model.revision === b.model.revision
  );
}
