import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { counted } from '@barometer/kernel';
import type { ExplainTexts } from '@barometer/sentiment';
import type { Command } from 'commander';
import { CommandError, type CliContext } from '../context';
import { scoreLines, type ScoredText } from '../lines/score-lines';
import { charsetOption } from './charset-option';
import { openInput } from './open-input';
import { progressBar } from './progress-bar';

/** `barometer score`: texts in, JSON Lines out. */
export function addScoreCommand(program: Command, context: CliContext): void {
  program
    .command('score')
    .argument('[file]', 'lines of text, or JSON Lines with a "text" field; - is standard input', '-')
    .addOption(charsetOption())
    .option('--explain', 'add the words that pulled the score, each with the tone of the text minus its tone without the word', false)
    .description('score texts, one a line, and print JSON Lines in the same order (exit code 2 when a line could not be scored)')
    .action(async (file: string, { charset, explain }: { charset?: string; explain: boolean }) => {
      const { io } = context;
      const { total, input } = await openInput(file, context);
      const scorer = await context.openScorer();
      const bar = progressBar(context, { total, unit: 'lines' });
      let bad = 0;
      try {
        const rows = scoreLines(
          input,
          (texts) => (explain ? explained(scorer.explainTexts, texts) : scorer.scoreTexts.execute(texts)),
          {
            bad: ({ number, reason }) => void ((bad += 1), bar.note(`line ${number}: ${reason}`)),
            progress: ({ bytes, lines }) => bar.update(bytes, lines),
          },
          charset,
        );
        for await (const row of rows) {
          if (context.stop.aborted) break;
          await write(io.stdout, row);
        }
      } finally {
        bar.stop();
        await scorer.close();
      }
      if (context.stop.aborted) throw new CommandError('stopped before the end', 130);
      if (bad > 0) throw new CommandError(`${counted(bad, 'line was', 'lines were')} not scored; the others were`, 2);
    });
}

async function explained(explainTexts: Pick<ExplainTexts, 'execute'>, texts: readonly string[]): Promise<ScoredText[]> {
  const explanations = await explainTexts.execute(texts);
  return explanations.map(({ sentiment, words }) => ({ ...sentiment, words: words.map(({ word, pull }) => ({ word, pull })) }));
}

/** Writes, and waits while the reader is slow, so that memory stays constant. */
async function write(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}
