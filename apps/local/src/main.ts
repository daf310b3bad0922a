import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EvaluationError, ModelError } from '@barometer/sentiment-transformers';
import { runCommandLine } from '@barometer/cli';
import { ImportRefusedError } from '@barometer/ingestion';
import { ArticleFileError } from '@barometer/ingestion-http';
import { SettingsError, StoreError } from '@barometer/kernel';
import { LinesError } from '@barometer/text';
import { readSettings } from './config';
import { createLocalContext } from './local-context';
import { SeedError } from './seeds';

const expected = [ArticleFileError, ImportRefusedError, SettingsError, StoreError, ModelError, EvaluationError, SeedError, LinesError];
const isExpected = (error: unknown) => expected.some((kind) => error instanceof kind);

/** Runs one command line on this machine. @returns the exit code */
export async function main(argv: readonly string[], root: string): Promise<number> {
  const stop = stopSignal();
  const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);
  try {
    const settings = readSettings(process.env, root, process.env['INIT_CWD'] ?? process.cwd(), say);
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return await runCommandLine(argv, createLocalContext({ settings, version, stop }), isExpected);
  } catch (error) {
    if (!isExpected(error)) throw error;
    say((error as Error).message);
    return 1;
  }
}

/** The first Ctrl-C (or TERM, or the end of the parent process) asks to stop; the second one stops at once. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const ask = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  process.on('disconnect', ask);
  process.channel?.unref();
  // The program that reads our output may end before us ("| head"): that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(`standard output takes nothing more: ${error.message}\n`);
    process.exit(1);
  });
  return controller.signal;
}
