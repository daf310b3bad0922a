import { counted } from '@barometer/kernel';
import type { Command } from 'commander';
import type { CliContext, CopiedStore, CopyOptions } from '../context';
import { progressBar } from './progress-bar';

/** `barometer backup` and `barometer restore`: the whole store as one file. */
export function addBackupCommands(program: Command, context: CliContext): void {
  const { stdout } = context.io;

  program
    .command('backup')
    .argument('<file>', 'where to write the back-up')
    .option('--overwrite', 'replace an existing back-up', false)
    .description('copy the whole store into one file, also while Barometer runs; the copy is checked before it takes its name')
    .action(async (file: string, { overwrite }: { overwrite: boolean }) => {
      const copy = await withProgress(context, (options) => context.backUp(file, { ...options, overwrite }));
      stdout.write(`${file}: ${contentsOf(copy)}\n`);
    });

  program
    .command('restore')
    .argument('<file>', 'a back-up')
    .description('replace the store by a back-up; the present store is kept beside it; Barometer has to be stopped')
    .action(async (file: string) => {
      const copy = await withProgress(context, (options) => context.restore(file, options));
      stdout.write(
        `Restored ${contentsOf(copy)}.\n${copy.replaced ? `What stood there before is ${copy.replaced}\n` : ''}"barometer check" compares its counts with its articles.\n`,
      );
    });
}

const megabytes = (bytes: number) => Math.round(bytes / 100_000) / 10;

const contentsOf = ({ articles, sources, bytes }: CopiedStore) => `${counted(articles, 'article')} and ${counted(sources, 'source')}, ${megabytes(bytes)} MB`;

async function withProgress<T>(context: CliContext, copy: (options: Pick<CopyOptions, 'onProgress' | 'signal'>) => Promise<T>): Promise<T> {
  let bar: ReturnType<typeof progressBar> | undefined;
  try {
    return await copy({
      signal: context.stop,
      onProgress: (done, total) => {
        bar ??= progressBar(context, { total, unit: 'MB' });
        bar.update(done, megabytes(done));
      },
    });
  } finally {
    bar?.stop();
  }
}
