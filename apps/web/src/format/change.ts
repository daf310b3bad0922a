import type { MoodChange } from '@barometer/http-api/contract';
import { formatTone } from './tone';

export interface ChangeText {
  /** `▲`, `▼` or nothing, where nothing may be claimed. */
  readonly arrow: string;
  readonly text: string;
  readonly explanation: string;
}

/** The change of the mood in words that claim no more than the figures bear. */
export function changeText(change: MoodChange): ChangeText {
  if (change.kind === 'not-enough-history') {
    return { arrow: '', text: 'not enough history', explanation: 'The period before was not watched, so there is nothing to compare with.' };
  }
  if (change.kind === 'no-clear-change') {
    return { arrow: '', text: 'no clear change', explanation: `A difference of ${formatTone(change.delta)} lies within the noise of so many articles.` };
  }
  const rising = change.delta > 0;
  return {
    arrow: rising ? '▲' : '▼',
    text: `${formatTone(Math.abs(change.delta)).replace('+', '')} ${rising ? 'more positive' : 'more negative'} than before`,
    explanation: `The period before had a mean tone of ${formatTone(change.previousTone)}.`,
  };
}
