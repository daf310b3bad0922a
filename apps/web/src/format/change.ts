import type { MoodChange } from '@barometer/http-api/contract';
import { t } from '../i18n/translate';
import { formatSize, formatTone } from './tone';

export interface ChangeText {
  /** `▲`, `▼`, or nothing if no change may be claimed. */
  readonly arrow: string;
  readonly text: string;
  /** Why, or compared with what, in a few words. */
  readonly because: string;
  readonly explanation: string;
}

/** The change of the mood in words that claim no more than the figures support. */
export function changeText(change: MoodChange): ChangeText {
  if (change.kind === 'not-enough-history') {
    return { arrow: '', text: t('change.noHistory'), because: t('change.noHistory.because'), explanation: t('change.noHistory.explained') };
  }
  const tone = formatTone(change.delta);
  if (change.kind === 'no-clear-change') {
    return { arrow: '', text: t('change.unclear'), because: t('change.unclear.because', { tone }), explanation: t('change.unclear.explained', { tone }) };
  }
  const [rising, size, before] = [change.delta > 0, formatSize(change.delta), { tone: formatTone(change.previousTone) }];
  return {
    arrow: rising ? '▲' : '▼',
    text: rising ? t('change.up', { size }) : t('change.down', { size }),
    because: t('change.because', before),
    explanation: t('change.explained', before),
  };
}
