import { createReadStream } from 'node:fs';
import { counted } from '@barometer/kernel';
import { evaluatePairs, RELATIONS, type PairEvaluation, type StoryPair } from '@barometer/stories';
import type { Command } from 'commander';
import { CommandError, type CliContext } from '../context';
import { storyPairsOf } from '../lines/story-pairs';
import { charsetOption } from './charset-option';

/** `barometer evaluate-stories`: how well headlines are joined into stories, on pairs that a reader has judged. */
export function addStoriesCommand(program: Command, context: CliContext): void {
  const { stdout, stderr } = context.io;
  program
    .command('evaluate-stories')
    .argument('<file>', 'JSON Lines of {"a", "b", "relation"}; a and b are {"text", "publisher", "date"}, the relation is same, related or different')
    .option('--json', 'an object with "pairs" and "joined" for each relation', false)
    .addOption(charsetOption())
    .description('run story matching on pairs of headlines, and print how many of each relation were joined (exit code 2 when a line could not be read)')
    .action(async (file: string, { json, charset }: { json: boolean; charset?: string }) => {
      const { pairs, bad } = await pairsOf(file, charset);
      for (const { number, reason } of bad) stderr.write(`line ${number}: ${reason}\n`);
      if (pairs.length === 0)
        throw new CommandError(`${file} has no pair: a line is {"a": {"text", "publisher", "date"}, "b": …, "relation": "same", "related" or "different"}`);
      const evaluation = evaluatePairs(pairs);
      stdout.write(json ? `${JSON.stringify(evaluation, undefined, 2)}\n` : describePairs(file, evaluation));
      if (bad.length > 0) throw new CommandError(`${counted(bad.length, 'line was', 'lines were')} left out; the others were counted`, 2);
    });
}

interface PairsOfFile {
  readonly pairs: readonly StoryPair[];
  readonly bad: readonly { readonly number: number; readonly reason: string }[];
}

async function pairsOf(file: string, charset: string | undefined): Promise<PairsOfFile> {
  try {
    return await storyPairsOf(createReadStream(file), charset);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    throw new CommandError(`${file} cannot be read: ${why}`);
  }
}

/** The counts as readable text. */
function describePairs(file: string, evaluation: PairEvaluation): string {
  const rows = RELATIONS.map((relation) => {
    const { pairs, joined } = evaluation[relation];
    return `  ${relation.padEnd(11)}${String(pairs).padStart(7)}${String(joined).padStart(8)}  ${pairs > 0 ? (joined / pairs).toFixed(2) : 'none'}`;
  });
  return `${file}\n  relation     pairs  joined  share\n${rows.join('\n')}\n`;
}
