import type { Writable } from 'node:stream';
import type { PipelineProgress } from '@barometer/pipeline';

/** One line about what the pipeline is doing. */
export function describeProgress(progress: PipelineProgress): string {
  const { polled, pollsFailed, newArticles, waiting, scored, scoringFailed, scoredPerSecond, model } = progress;
  const parts = [
    `polled ${polled}${pollsFailed > 0 ? ` (${pollsFailed} failed)` : ''}`,
    `new ${newArticles}`,
    `waiting ${waiting}`,
    `scored ${scored}${scoringFailed > 0 ? ` (${scoringFailed} failed)` : ''}`,
    model === 'ready' ? `${scoredPerSecond.toFixed(1)}/s` : model === 'loading' ? 'loading model' : 'no model',
  ];
  return parts.join(' · ');
}

/**
 * Shows the progress until the returned function is called: on a terminal as one line that is overwritten, elsewhere as
 * a plain line after a change, at most every five seconds.
 */
export function showProgress(read: () => PipelineProgress, out: Writable & { columns?: number }, interactive: boolean): () => void {
  let last = '';
  const show = () => {
    const line = describeProgress(read());
    if (line === last) return;
    last = line;
    out.write(interactive ? `\r\u001b[K${line.slice(0, (out.columns ?? 80) - 1)}` : `${line}\n`);
  };
  const timer = setInterval(show, interactive ? 250 : 5_000);
  return () => {
    clearInterval(timer);
    show();
    if (interactive) out.write('\n');
  };
}
