import { SingleBar } from 'cli-progress';
import type { CliContext } from '../context';

/** Progress of a long command on stderr. */
export interface ProgressBar {
  /** `done` in the unit of the total, `count` in the unit that is shown. */
  update(done: number, count: number): void;
  /** Prints a separate line, above the bar if there is one. */
  note(line: string): void;
  stop(): void;
}

/** A bar with rate and remaining time on a terminal; elsewhere only the notes. */
export function progressBar({ io, interactive }: CliContext, { total, unit }: { total: number | undefined; unit: string }): ProgressBar {
  const note = (line: string) => void io.stderr.write(`${line}\n`);
  if (!interactive) return { update: () => undefined, note, stop: () => undefined };
  const started = Date.now();
  const known = total !== undefined && total > 0;
  const format = known ? `{bar} {percentage} % · {count} ${unit} · {rate}/s · {left} left` : `{count} ${unit} · {rate}/s`;
  const bar = new SingleBar({ format, stream: io.stderr as NodeJS.WritableStream, hideCursor: true, clearOnComplete: false, barsize: 30 });
  bar.start(known ? total : 1, 0, { count: 0, rate: 0, left: '…' });
  return {
    update(done, count) {
      const seconds = Math.max(0.001, (Date.now() - started) / 1000);
      const left = known && done > 0 ? `${Math.ceil((seconds * (total - done)) / done)} s` : '…';
      bar.update(known ? Math.min(done, total) : 0, { count, rate: Math.round(count / seconds), left });
    },
    note(line) {
      io.stderr.write('\r\u001b[K');
      note(line);
    },
    stop: () => bar.stop(),
  };
}
