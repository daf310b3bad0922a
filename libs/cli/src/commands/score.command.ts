import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { ExplainTexts } from '@barometer/sentiment';
import type { Command } from 'commander';
import { CommandError, type CliContext } from '../context';
import { scoreLines, type ScoredText } from '../lines/score-lines';
import { charsetOption } from './charset-option';
import { progressBar } from './progress-bar';

/** `barometer score`: texts in, JSON Lines out. */
export function addScoreCommand(program: Command, context: CliContext): void {
  program
    .command('score')
    .argument('[file]', 'lines of text, or JSON Lines with a "text" field; - is standard input', '-')
    .addOption(charsetOption())
    .option('--explain', 'add the words that pulled, each with the tone of the text less its tone without the word', false)
    .description('score texts, a line each, as JSON Lines in the same order (exit code 2 when a line could not be scored)')
    .action(async (file: string, { charset, explain }: { charset?: string; explain: boolean }) => {
      const { io } = context;
      const total = file === '-' ? undefined : await sizeOf(file);
      const input = file === '-' ? io.stdin : createReadStream(file);
      const scorer = await context.openScorer();
      const bar = progressBar(context, { total, unit: 'lines' });
      let bad = 0;
      try {
        const rows = scoreLines(input, (texts) => (explain ? explained(scorer.explainTexts, texts) : scorer.scoreTexts.execute(texts)), {
          bad: ({ number, reason }) => void ((bad += 1), bar.note(`line ${number}: ${reason}`)),
          progress: ({ bytes, lines }) => bar.update(bytes, lines),
        }, charset);
        for await (const row of rows) {
          if (context.stop.aborted) break;
          await write(io.stdout, row);
        }
      } finally {
        bar.stop();
        await scorer.close();
      }
      if (context.stop.aborted) throw new CommandError('stopped before the end', 130);
      if (bad > 0) throw new CommandError(`${bad} ${bad === 1 ? 'line was' : 'lines were'} not scored; the others were`, 2);
    });
}

async function explained(explainTexts: Pick<ExplainTexts, 'execute'>, texts: readonly string[]): Promise<ScoredText[]> {
  const explanations = await explainTexts.execute(texts);
  return explanations.map(({ sentiment, words }) => ({ ...sentiment, words: words.map(({ word, pull }) => ({ word, pull })) }));
}

async function sizeOf(file: string): Promise<number> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw new CommandError(`${file} is a folder; give a file, or - for standard input`);
    return found.size;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message}`);
  }
}

/** Writes and waits while the reader is slow, so that memory stays constant. */
async function write(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}
