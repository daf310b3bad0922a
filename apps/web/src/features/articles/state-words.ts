import type { ArticleState } from '@barometer/http-api/contract';

/** An article's state as a row says it. */
export const stateWords: Record<ArticleState, string> = { pending: 'waiting', scored: 'scored', failed: 'failed', skipped: 'unscored' };

const reasons: Record<string, string> = {
  language: 'It is not in English, which is all the model reads.',
  'too-short': 'Its title has under two words.',
  undated: 'It has no date, and its source listed it before it was first polled.',
};

/** Why an article has no score, in a sentence. */
export function reasonText(state: ArticleState, reason: string | undefined): string {
  if (state === 'pending') return 'It waits for its score.';
  if (state === 'failed') return `It could not be scored${reason ? `: ${reason}` : ''}.`;
  return (reason && reasons[reason]) ?? `It is not scored${reason ? `: ${reason}` : ''}.`;
}
