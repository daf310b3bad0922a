import type { Command } from 'commander';
import type { CliContext } from '../context';
import { withSystem } from './store.commands';

/** `barometer status`: how many articles there are in each state, and how often readers and model agree. */
export function addStatusCommand(program: Command, context: CliContext): void {
  program
    .command('status')
    .option('--json', 'print one JSON object', false)
    .description('tell how many articles are scored, wait or failed, and how often readers and model agree')
    .action(({ json }: { json: boolean }) =>
      withSystem(
        context,
        async (system) => {
          const { articles, judgements } = await system.getStatus.execute();
          const { judged, agreed } = judgements;
          const { stdout } = context.io;
          if (json) {
            stdout.write(`${JSON.stringify({ articles, judgements: { ...judgements, agreement: judged === 0 ? null : agreed / judged } })}\n`);
            return;
          }
          stdout.write(`articles: ${articles.scored} scored, ${articles.pending} waiting, ${articles.failed} failed, ${articles.skipped} not scored\n`);
          const share = `the model gives the same label to ${agreed} of them (${((100 * agreed) / judged).toFixed(0)} %)`;
          stdout.write(judged === 0 ? 'no reader has judged an article\n' : `readers judged ${judged}; ${share}\n`);
        },
        { readOnly: true },
      ),
    );
}
