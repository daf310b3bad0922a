import type { PeriodName } from '../../state/view';

/** Each period as a choice, and in the middle of a sentence; `wider` is the next longer one. */
export const periodLabels: Record<PeriodName, { option: string; words: string; wider?: PeriodName }> = {
  '24h': { option: 'Last 24 h', words: 'the last 24 hours', wider: '7d' },
  '48h': { option: 'Last 48 h', words: 'the last 48 hours', wider: '7d' },
  '7d': { option: 'Last 7 days', words: 'the last 7 days', wider: '30d' },
  '30d': { option: 'Last 30 days', words: 'the last 30 days' },
};
