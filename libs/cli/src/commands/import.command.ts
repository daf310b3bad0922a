import { readFile } from 'node:fs/promises';
import type { ImportReport, SourceList } from '@barometer/ingestion';
import type { Command } from 'commander';
import { CommandError, type CliContext } from '../context';
import { charsetOption } from './charset-option';
import { progressBar } from './progress-bar';
import { withSystem } from './store.commands';
import { addImportAll } from './transfer.commands';

/** `barometer import`: the feeds of an OPML file, as other feed readers export it. */
export function addImportCommand(program: Command, context: CliContext): void {
  const command = program
    .command('import')
    .argument('<file>', 'an OPML file of feeds, in any character set that feeds are read in')
    .addOption(charsetOption())
    .description(
      'add the feeds of an OPML file as sources, folders as groups; each entry that cannot be used is named with its line and the reason (exit code 2 when a feed was refused)',
    )
    .action(async (file: string, { charset }: { charset?: string }) => {
      const opml = context.readOpml(await bytesOf(file), charset && `text/x-opml; charset=${charset}`);
      if (!opml.ok) throw new CommandError(`${file}: ${opml.error.message}`);
      await withSystem(context, async (system) => {
        const report = await withProgress(context, opml.value, (list, onProgress) => system.importSources.execute(list, { onProgress }));
        tell(report, context);
        if (report.refused.length > 0) process.exitCode = 2;
      });
    });
  addImportAll(command, context);
}

type Import = (list: SourceList, onProgress: (done: number) => void) => Promise<ImportReport>;

function withProgress(context: CliContext, list: SourceList, run: Import): Promise<ImportReport> {
  const bar = progressBar(context, { total: list.sources.length, unit: 'feeds' });
  return run(list, (done) => bar.update(done, done)).finally(() => bar.stop());
}

function tell({ added, alreadyThere, grouped, refused, leftOut }: ImportReport, { io }: CliContext): void {
  for (const { place, name, url, message } of [...leftOut, ...refused]) {
    io.stderr.write(`${[place, name && `"${name}"`, url].filter(Boolean).join(', ')}: ${message}\n`);
  }
  const without = leftOut.length > 0 ? `, left out or cut ${leftOut.length}` : '';
  const put = grouped > 0 ? ` (${grouped} of them put into groups)` : '';
  io.stdout.write(`added ${added}, there already ${alreadyThere}${put}, refused ${refused.length}${without}\n`);
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
