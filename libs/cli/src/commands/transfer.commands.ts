import { once } from 'node:events';
import { counted, systemClock } from '@barometer/kernel';
import { readLines } from '@barometer/text';
import type { Command } from 'commander';
import { CommandError, type CliContext, type System } from '../context';
import { exportStore } from '../transfer/export-store';
import { ImportStore } from '../transfer/import-store';
import { lineSchema, type StoreLine } from '../transfer/store-lines';
import { openInput } from './open-input';
import { progressBar } from './progress-bar';
import { withSystem } from './store.commands';

/** `barometer export all`: what another store can take, as JSON Lines. */
export function addExportAll(command: Command, context: CliContext): void {
  const { stdout, stderr } = context.io;
  command
    .command('all')
    .description(
      'the whole store of one moment, also while Barometer runs, for "barometer import all" into a store of the same or another kind: sources, topics, keys, alerts, digests, observed hours, articles with scores and judgements. Nothing is written unless every count agrees with the articles',
    )
    .action(() =>
      withSystem(
        context,
        async (system) => {
          await expectSound(system, 'Nothing was exported');
          let lines = 0;
          for await (const line of exportStore(system.stores, systemClock.now())) {
            if (context.stop.aborted) throw new CommandError('stopped before the end: the file is of no use', 130);
            if (!stdout.write(`${JSON.stringify(line)}\n`)) await once(stdout, 'drain');
            lines += 1;
          }
          stderr.write(`${counted(lines, 'line')}\n`);
        },
        { readOnly: 'moment' },
      ),
    );
}

/** `barometer import all`: what `export all` wrote. */
export function addImportAll(command: Command, context: CliContext): void {
  command
    .command('all')
    .argument('<file>', 'a file of "barometer export all"; - is standard input')
    .description(
      'import the whole of another store into this one; existing data stays, and an interrupted import can be run again. At the end every count is compared with the articles',
    )
    .action(async (file: string) => {
      const { total, input } = await openInput(file, context);
      await withSystem(context, async (system) => {
        await system.prepare();
        const bar = progressBar(context, { total, unit: 'lines' });
        const importing = new ImportStore(system.stores, systemClock);
        let bytes = 0;
        try {
          for await (const { number, text, bytes: size } of readLines(input)) {
            if (context.stop.aborted) throw new CommandError('stopped before the end; read the file again to go on', 130);
            if (text?.trim() === '') continue;
            await importing.take(lineOf(number, text));
            bar.update((bytes += size), number);
          }
        } finally {
          bar.stop();
        }
        const { sources, topics, articles, known, tooOld } = await importing.finish();
        while ((await system.backfillTopics.execute()).chunks > 0);
        context.io.stdout.write(
          `sources ${sources}, topics ${topics}, articles ${articles}, there already ${known}${tooOld > 0 ? `, older than what is kept ${tooOld}` : ''}\n`,
        );
        await expectSound(system, 'Everything is stored');
        context.io.stdout.write('every count agrees with the articles\n');
      });
    });
}

async function expectSound(system: System, outcome: string): Promise<void> {
  const { discrepancies } = await system.checkInvariant.execute();
  if (discrepancies.length > 0)
    throw new CommandError(
      `${outcome}: ${counted(discrepancies.length, 'count differs', 'counts differ')} from the articles; "barometer check --repair" mends them`,
      3,
    );
}

function lineOf(number: number, text: string | undefined): StoreLine {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    throw new CommandError(`line ${number}: it is no JSON`);
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success)
    throw new CommandError(
      `line ${number}: ${parsed.error.issues
        .slice(0, 2)
        .map(({ path, message }) => `${path.join('.') || 'kind'}: ${message}`)
        .join('; ')}`,
    );
  return parsed.data;
}
