import type { Status } from '@barometer/http-api/contract';
import { formatRate } from '../../format/numbers';
import { t } from '../../i18n/translate';

type Canary = NonNullable<Status['canary']>;

const wordOf = (label: Canary['label']): string => (label ? t(`label.${label}`) : '');

/** How the canary, a sentence with a known tone, fared: a few words for the page's footer. */
export function canaryText({ state, tookMs, expected, label }: Canary): string {
  switch (state) {
    case 'none':
    case 'waiting':
      return t('canary.waiting');
    case 'right':
      return t('canary.right', { seconds: formatRate((tookMs ?? 0) / 1_000) });
    case 'wrong':
      return t('canary.wrong', { expected: wordOf(expected), label: wordOf(label) });
    case 'late':
      return t('canary.late');
    case 'stopped':
      return t('canary.stopped');
  }
}

/** Whether an operator should look. */
export const isCanaryTrouble = ({ state }: Canary): boolean => state === 'wrong' || state === 'late' || state === 'stopped';
