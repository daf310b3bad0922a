import type { Status } from '@barometer/http-api/contract';
import { formatRate } from '../../format/numbers';
import { t } from '../../i18n/translate';

/** What the pipeline is doing, in one line; nothing while it is idle and all is well. */
export function progressText({ progress, counts, model, sources, waiting }: Status): string {
  const parts: string[] = [];
  const found = counts.pending + counts.scored + counts.failed + counts.skipped;
  if (progress.phase === 'polling' || progress.polling > 0) parts.push(t('progress.reading', { count: progress.polling || sources.total }));
  if (progress.phase === 'starting') parts.push(t('progress.starting'));
  if (found > 0) parts.push(t('progress.found', { count: found }));
  if (model.state === 'loading') parts.push(t('progress.loading'));
  else if (waiting > 0) parts.push(scoredText(counts.scored, waiting, progress.scoredPerSecond));
  if (sources.total > 0 && sources.failing === sources.total) parts.push(t('progress.noneRead', { count: sources.total }));
  else if (parts.length > 0 && sources.failing > 0) parts.push(t('progress.failing', { count: sources.failing }));
  const text = parts.join(' · ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const scoredText = (scored: number, waiting: number, perSecond: number): string =>
  perSecond > 0 ? t('progress.scoredRate', { scored, waiting, rate: formatRate(perSecond) }) : t('progress.scored', { scored, waiting });
