import type { Status } from '@barometer/http-api/contract';
import { formatCount, formatRate, plural } from '../../format/numbers';

/** What the pipeline is doing, in one line; nothing when it rests and all is well. */
export function progressText({ progress, counts, model, sources, waiting }: Status): string {
  const parts: string[] = [];
  const found = counts.pending + counts.scored + counts.failed + counts.skipped;
  if (progress.phase === 'polling' || progress.polling > 0) parts.push(`Reading ${plural(progress.polling || sources.total, 'feed')} …`);
  if (progress.phase === 'starting') parts.push('Starting …');
  if (found > 0) parts.push(`${plural(found, 'article')} found`);
  if (model.state === 'loading') parts.push('the model is loading');
  else if (waiting > 0) parts.push(`${formatCount(counts.scored)} scored, ${formatCount(waiting)} waiting${rate(progress.scoredPerSecond)}`);
  if (sources.total > 0 && sources.failing === sources.total) parts.push(`none of ${plural(sources.total, 'source')} could be read; tried again at intervals`);
  else if (parts.length > 0 && sources.failing > 0) parts.push(`${plural(sources.failing, 'source')} failing`);
  const text = parts.join(' · ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const rate = (perSecond: number): string => (perSecond > 0 ? `, ${formatRate(perSecond)} a second` : '');
