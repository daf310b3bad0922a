import { canaryWords } from '@barometer/canary';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { withSystem } from './store.commands';

/** `barometer status`: the number of articles in each state, how often readers and model agree, and how the canary fared. */
export function addStatusCommand(program: Command, context: CliContext): void {
  program
    .command('status')
    .option('--json', 'print one JSON object', false)
    .description('show how many articles are scored, waiting or failed, how often readers and model agree, and the result of the last canary')
    .action(({ json }: { json: boolean }) =>
      withSystem(
        context,
        async (system) => {
          const { articles, judgements, canary } = await system.getStatus.execute();
          const { judged, agreed } = judgements;
          const { stdout } = context.io;
          if (json) {
            stdout.write(
              `${JSON.stringify({ articles, judgements: { ...judgements, agreement: judged === 0 ? null : agreed / judged }, canary: canary ?? null })}\n`,
            );
            return;
          }
          stdout.write(`articles: ${articles.scored} scored, ${articles.pending} waiting, ${articles.failed} failed, ${articles.skipped} not scored\n`);
          const share = `the model gives the same label to ${agreed} of them (${((100 * agreed) / judged).toFixed(0)} %)`;
          stdout.write(judged === 0 ? 'no reader has judged an article\n' : `readers judged ${judged}; ${share}\n`);
          if (canary) stdout.write(`canary: ${canaryWords(canary)}\n`);
        },
        { readOnly: true },
      ),
    );
}
