import { counted } from '@barometer/kernel';
import type { InvariantReport } from '@barometer/reporting';
import type { Command } from 'commander';
import { CommandError, type CliContext, type OpenSystemOptions, type System } from '../context';
import { discrepancyLine } from '../lines/discrepancy-line';
import { progressBar } from './progress-bar';

/** The commands for one operation on the store: rescore, check, redrive. */
export function addStoreCommands(program: Command, context: CliContext): void {
  const { stdout, stderr } = context.io;

  program
    .command('rescore')
    .description('score the stored articles again with the present model; can be stopped and started again')
    .action(() =>
      withSystem(
        context,
        async (system) => {
          await system.classifier.ready();
          const total = (await system.getStatus.execute()).articles.scored;
          const bar = progressBar(context, { total, unit: 'articles' });
          const report = await system.rescore
            .execute({
              signal: context.stop,
              onProgress: ({ replaced, unchanged, conflicts }) => bar.update(replaced + unchanged + conflicts, replaced + unchanged + conflicts),
            })
            .finally(() => bar.stop());
          stdout.write(`replaced ${report.replaced}, unchanged ${report.unchanged}, changed meanwhile ${report.conflicts}\n`);
        },
        { beside: true },
      ),
    );

  program
    .command('check')
    .option('--repair', 'correct the counts from the articles', false)
    .description('compare all stored counts and sums of tones with the articles (exit code 3 when they differ)')
    .action(({ repair }: { repair: boolean }) =>
      withSystem(
        context,
        async (system) => {
          const { discrepancies, repaired, since } = await checkOf(system, { repair, stop: context.stop });
          for (const one of discrepancies.slice(0, 20)) stderr.write(`${discrepancyLine(one)}\n`);
          if (since !== undefined) stderr.write(`compared from ${new Date(since).toISOString()} on: counts of before outlive their articles\n`);
          if (discrepancies.length === 0) stdout.write('every count agrees with the articles\n');
          else if (repair) stdout.write(`${counted(repaired, 'count')} repaired\n`);
          else
            throw new CommandError(
              `${counted(discrepancies.length, 'count differs', 'counts differ')} from the articles; "barometer check --repair" mends them`,
              3,
            );
        },
        { beside: !repair },
      ),
    );

  program
    .command('redrive')
    .argument('[id...]', 'ids of failed articles; none means all')
    .description('try failed articles again')
    .action((ids: string[]) =>
      withSystem(context, async (system) => {
        const count = await system.redriveArticles.execute(ids.length > 0 ? ids : undefined);
        stdout.write(`${counted(count, 'article waits', 'articles wait')} again for a score\n`);
      }),
    );
}

/** A stop by the user ends the command; it is no fault. */
async function checkOf({ checkInvariant }: System, options: { readonly repair: boolean; readonly stop: AbortSignal }): Promise<InvariantReport> {
  try {
    return await checkInvariant.execute(options);
  } catch (error) {
    if (options.stop.aborted) throw new CommandError('stopped before everything was compared; nothing was changed', 130);
    throw error;
  }
}

/** Opens the store for one command and closes it whatever happens. */
export async function withSystem(context: CliContext, use: (system: System) => Promise<void>, options?: OpenSystemOptions): Promise<void> {
  const system = await context.openSystem(options);
  try {
    await use(system);
  } finally {
    await system.close();
  }
}
