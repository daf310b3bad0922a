import { relative } from 'node:path';
import { counted } from '@barometer/kernel';
import type { Command } from 'commander';
import type { CliContext, FileEvaluation } from '../context';
import { charsetOption } from './charset-option';
import { progressBar } from './progress-bar';

/** The commands about the model: `model fetch` and `evaluate`. */
export function addModelCommands(program: Command, context: CliContext): void {
  const { stdout } = context.io;

  program
    .command('model')
    .description('models other than the one that ships with Barometer')
    .command('fetch')
    .argument('[id]', 'the model to fetch', 'Xenova/distilbert-base-uncased-finetuned-sst-2-english')
    .option('--revision <revision>', 'the revision (commit) to fetch, where the list of pinned models has none')
    .description('fetch a model and verify its files; set MODEL_DIR to the folder that is printed to use it')
    .action(async (id: string, { revision }: { revision?: string }) => {
      const bar = progressBar(context, { total: 100, unit: 'MB' });
      const fetched = await context
        .fetchModel({ id, revision, onProgress: (done, total) => bar.update(total ? (100 * done) / total : 0, Math.round(done / 1e6)) })
        .finally(() => bar.stop());
      context.io.stderr.write(`${fetched.notice} Use it with MODEL_DIR set to this folder:\n`);
      stdout.write(`${fetched.directory}\n`);
    });

  program
    .command('evaluate')
    .argument('<file...>', 'JSON Lines with "text" and "label", and optionally "valence", which tone is then correlated with')
    .option('--json', 'an array with an entry for each file', false)
    .addOption(charsetOption())
    .description('run the model over labelled texts and print how well it does')
    .action(async (files: string[], { json, charset }: { json: boolean; charset?: string }) => {
      const results: FileEvaluation[] = [];
      for (const file of files) {
        const bar = progressBar(context, { total: undefined, unit: `rows of ${relative(process.cwd(), file)}` });
        const result = await context.evaluate(file, { charset, onProgress: (done) => bar.update(done, done) }).finally(() => bar.stop());
        results.push(result);
        if (!json) stdout.write(`${describeEvaluation(result)}\n`);
      }
      if (json) stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
    });
}

/** The evaluation of a file as readable text. */
export function describeEvaluation({ file, rows, skipped, accuracy, macroF1, ece, perClass, confusion, valence }: FileEvaluation): string {
  const figure = (value: number) => value.toFixed(4);
  const labels = Object.keys(confusion) as (keyof typeof confusion)[];
  const width = Math.max(10, ...labels.map((label) => label.length + 2));
  const lines = [
    `${file}: ${counted(rows, 'row')}${skipped > 0 ? ` (${counted(skipped, 'line')} passed over)` : ''}, accuracy ${figure(accuracy)}, macro-F1 ${figure(macroF1)}, calibration error ${figure(ece)}`,
    `  ${'class'.padEnd(width)}precision  recall  f1      rows`,
    ...Object.entries(perClass).map(
      ([label, of]) => `  ${label.padEnd(width)}${figure(of.precision)}     ${figure(of.recall)}  ${figure(of.f1)}  ${of.support}`,
    ),
    `  ${'(given as)'.padEnd(width)}${labels.map((label) => label.padStart(width)).join('')}`,
    ...labels.map((gold) => `  ${gold.padEnd(width)}${labels.map((label) => String(confusion[gold][label]).padStart(width)).join('')}`),
    ...(valence
      ? [`  tone and valence, ${counted(valence.rows, 'row')}: Pearson ${correlation(valence.pearson)}, Spearman ${correlation(valence.spearman)}`]
      : []),
  ];
  return lines.join('\n');
}

const correlation = ({ value, low, high }: { value: number; low: number; high: number }) => `${value.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`;
