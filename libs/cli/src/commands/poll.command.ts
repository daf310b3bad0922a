import { SECOND } from '@barometer/kernel';
import type { Command } from 'commander';
import type { CliContext, System } from '../context';

/** `barometer poll`: polls every due source once, and scores the new articles. */
export function addPollCommand(program: Command, context: CliContext): void {
  program
    .command('poll')
    .description('poll every source that is due once, and score the new articles')
    .action(async () => {
      const system = await context.openSystem();
      try {
        await system.seed();
        // For set-ups in which a scheduler runs this command instead of "up".
        await system.sendCanary?.execute();
        const polled = await pollAll(system, context);
        const scored = await scoreAll(system, context);
        await system.runAlerts.execute();
        const { pending, failed } = await system.backlog();
        context.io.stdout.write(
          `polled ${polled.polled}, failed ${polled.failed}, new ${polled.newArticles}, scored ${scored}, waiting ${pending}, failed articles ${failed}\n`,
        );
        if (polled.polled > 0 && polled.failed === polled.polled) process.exitCode = 1;
      } finally {
        await system.close();
      }
    });
}

async function pollAll(system: System, { io, stop }: CliContext) {
  const total = { polled: 0, failed: 0, newArticles: 0 };
  for (;;) {
    const report = await system.pollSources.execute({
      signal: stop,
      onPolled: (source, { kind, newArticles, message }) =>
        io.stderr.write(`${source.name}: ${message ?? (kind === 'polled' ? `${newArticles} new` : kind)}\n`),
    });
    total.polled += report.polled;
    total.failed += report.failed;
    total.newArticles += report.newArticles;
    if (report.polled === 0 || stop.aborted) return total;
  }
}

/**
 * Attempts that lease nothing, a second apart, before pending articles are left: another process holds them, or their
 * next attempt is due later.
 */
const VAIN_LOOKS = 3;

async function scoreAll(system: System, { stop }: CliContext): Promise<number> {
  await system.classifier.ready();
  while (!stop.aborted && (await system.backfillTopics.execute({})).chunks > 0);
  let [scored, vain] = [0, 0];
  while (!stop.aborted && vain < VAIN_LOOKS) {
    const report = await system.scoreArticles.execute({ limit: 64 });
    scored += report.scored;
    if (report.leased > 0) vain = 0;
    else if ((await system.backlog()).pending === 0) break;
    else if ((vain += 1) < VAIN_LOOKS) await new Promise((resolve) => setTimeout(resolve, SECOND));
  }
  return scored;
}
