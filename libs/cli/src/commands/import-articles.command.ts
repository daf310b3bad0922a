import type { ArticlesImported, ImportArticles, ImportedRow } from '@barometer/ingestion';
import { counted } from '@barometer/kernel';
import { Option, type Command } from 'commander';
import { CommandError, type CliContext, type ReadRow, type System } from '../context';
import { charsetOption } from './charset-option';
import { openInput } from './open-input';
import { progressBar, type ProgressBar } from './progress-bar';
import { withSystem } from './store.commands';

/** Rows stored per call. */
const BATCH = 500;
/** While more articles than this are pending, no further rows are read, so that a file of any length does not fill the queue. */
const MOST_WAITING = 2_000;
const SCORE_BATCH = 256;

interface Options {
  readonly format?: 'csv' | 'jsonl';
  readonly charset?: string;
  readonly maxBad: number;
  readonly score: boolean;
}

/** `barometer import-articles`: past headlines, scored and counted at their own time. */
export function addImportArticlesCommand(program: Command, context: CliContext): void {
  program
    .command('import-articles')
    .argument(
      '<file>',
      'CSV whose first line names the columns, or JSON Lines: title, url, date, publisher and, if there are any, summary and language; - is standard input',
    )
    .addOption(new Option('--format <format>', 'the format of the file, if its name does not tell').choices(['csv', 'jsonl']))
    .addOption(charsetOption())
    .addOption(new Option('--max-bad <lines>', 'stop after so many invalid lines').default(100).argParser(wholeNumber))
    .option('--no-score', 'leave the scoring to a Barometer that is started later, or to AWS')
    .description(
      'store articles of the past, scored and counted at their own time; hours filled this way are marked as imported. It can be stopped and run again: it resumes, and stores nothing twice (exit code 2 when a line was not a valid article)',
    )
    .action(async (file: string, options: Options) => {
      const { total, input } = await openInput(file, context);
      await withSystem(context, (system) => new Run(context, system, options, progressBar(context, { total, unit: 'rows' })).execute(input));
    });
}

class Run {
  private readonly begun = Date.now();
  private readonly importing: ImportArticles;
  private batch: ImportedRow[] = [];
  private found: ArticlesImported | undefined;
  private bad = 0;
  private scored = 0;
  /** The scoring in progress while rows are read: the model has its own thread. */
  private scoring: Promise<void> | undefined;
  private failure: unknown;

  constructor(
    private readonly context: CliContext,
    private readonly system: System,
    private readonly options: Options,
    private readonly bar: ProgressBar,
  ) {
    this.importing = system.beginImport();
  }

  async execute(input: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      // A new store first gets its sources and topics, so that articles find their publisher and topics.
      await this.system.seed();
      if (this.options.score) await this.system.classifier.ready();
      await this.read(input);
      await this.scoring;
      await this.scoreAll();
    } finally {
      await this.scoring;
      this.bar.stop();
    }
    if (this.failure !== undefined) throw this.failure;
    this.tell();
  }

  /** Rows that were read are stored, whatever ends the file. */
  private async read(input: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      for await (const one of this.context.readArticleRows(input, this.options)) {
        if (this.context.stop.aborted) break;
        await this.take(one);
      }
    } finally {
      await this.store();
    }
  }

  private async take(one: ReadRow): Promise<void> {
    if ('problem' in one) return this.refuse(one);
    this.batch.push(one.row);
    if (this.batch.length < BATCH) return;
    await this.store();
    this.bar.update(one.bytes, this.found?.rows ?? 0);
    await this.scoreBeside();
  }

  private async refuse({ line, problem }: { line: number; problem: string }): Promise<void> {
    this.bad += 1;
    this.bar.note(`line ${line}: ${problem}`);
    if (this.bad > this.options.maxBad)
      throw new CommandError(
        `stopped after ${counted(this.bad, 'line that is', 'lines that are')} no article (--max-bad ${this.options.maxBad}); the articles before them are stored`,
      );
  }

  private async store(): Promise<void> {
    const rows = this.batch.splice(0);
    if (rows.length > 0 || !this.found) this.found = await this.importing.add(rows);
  }

  /** Scores while the next rows are read, and pauses the reading while many articles are pending. */
  private async scoreBeside(): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    this.scoring ??= this.scoreAll()
      .catch((error: unknown) => void (this.failure = error))
      .finally(() => (this.scoring = undefined));
    if (this.options.score && (await this.system.backlog()).pending > MOST_WAITING) await this.scoring;
  }

  /** Scores until no pending article can be scored now. */
  private async scoreAll(): Promise<void> {
    while (this.options.score && !this.context.stop.aborted) {
      const { leased, scored } = await this.system.scoreArticles.execute({ limit: SCORE_BATCH });
      this.scored += scored;
      if (leased === 0) return;
    }
  }

  private tell(): void {
    const { rows, stored, unscored, known, tooOld, future, newSources } = this.found ?? {
      rows: 0,
      stored: 0,
      unscored: 0,
      known: 0,
      tooOld: 0,
      future: 0,
      newSources: 0,
    };
    const seconds = Math.max(0.001, (Date.now() - this.begun) / 1_000);
    const parts = [
      `stored ${stored}`,
      ...(unscored > 0 ? [`of them without a score ${unscored}`] : []),
      `there already ${known}`,
      ...(tooOld > 0 ? [`older than what is kept ${tooOld}`] : []),
      ...(future > 0 ? [`in the future ${future}`] : []),
      ...(this.bad > 0 ? [`no article ${this.bad}`] : []),
      `scored ${this.scored}`,
      ...(newSources > 0 ? [`new sources ${newSources}`] : []),
    ];
    this.context.io.stdout.write(`${parts.join(', ')} (${counted(rows, 'row')}, ${Math.round(rows / seconds)}/s)\n`);
    if (this.context.stop.aborted) throw new CommandError('stopped before the end; run it again to go on', 130);
    if (this.bad > 0) throw new CommandError(`${counted(this.bad, 'line is', 'lines are')} no article; the others are stored`, 2);
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new CommandError(`--max-bad must be a whole number, not "${text}"`);
  return Number(text);
}
