import type { MoodChange } from '@barometer/http-api/contract';
import { formatTone } from './tone';

export interface ChangeText {
  /** `▲`, `▼` or nothing, where nothing may be claimed. */
  readonly arrow: string;
  readonly text: string;
  /** Why, or compared with what, in a few words. */
  readonly because: string;
  readonly explanation: string;
}

/** The change of the mood in words that claim no more than the figures bear. */
export function changeText(change: MoodChange): ChangeText {
  if (change.kind === 'not-enough-history') {
    return { arrow: '', text: 'not enough history', because: 'to compare with yet', explanation: 'The period before was not watched, so there is nothing to compare with.' };
  }
  if (change.kind === 'no-clear-change') {
    return { arrow: '', text: 'no clear change', because: `${formatTone(change.delta)} lies within the noise`, explanation: `A difference of ${formatTone(change.delta)} lies within the noise of so many articles.` };
  }
  const rising = change.delta > 0;
  return {
    arrow: rising ? '▲' : '▼',
    text: `${formatTone(Math.abs(change.delta)).replace('+', '')} ${rising ? 'more positive' : 'more negative'} than before`,
    because: `it was ${formatTone(change.previousTone)}`,
    explanation: `The period before had a mean tone of ${formatTone(change.previousTone)}.`,
  };
}
