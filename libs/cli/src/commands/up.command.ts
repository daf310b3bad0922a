import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { counted, SECOND, systemClock } from '@barometer/kernel';
import { Pipeline } from '@barometer/pipeline';
import type { Command } from 'commander';
import { CommandError, type CliContext, type System } from '../context';
import { showProgress } from '../lines/progress-line';

/** The model is ready within a second; after this time the address is printed whether it is ready or not. */
const READY_MS = 10 * SECOND;

/** `barometer up`: the whole system in one process, until it is stopped. */
export function addUpCommand(program: Command, context: CliContext): void {
  program
    .command('up')
    .description('run the whole system: poll, score, and serve the page and the API (also the default without a command)')
    .option('--poll-concurrency <n>', 'how many sources are polled at the same time', '8')
    .action(async (options: { pollConcurrency: string }) => {
      const concurrency = Number(options.pollConcurrency);
      if (!Number.isInteger(concurrency) || concurrency < 1) throw new CommandError('--poll-concurrency must be a whole number from 1');
      await up(context, concurrency);
    });
}

async function up(context: CliContext, concurrency: number): Promise<void> {
  const { stdout, stderr } = context.io;
  const system = await context.openSystem();
  const pipeline = new Pipeline({
    system,
    clock: systemClock,
    concurrency,
    log: (line) => stderr.write(`${line}\n`),
    onSeeded: ({ sources }) => sources > 0 && stdout.write(`Added ${counted(sources, 'source')} to the new store\n`),
  });
  let stopShowing: (() => void) | undefined;
  try {
    const server = await context.serve(system, pipeline);
    try {
      const running = pipeline.start();
      // A request right after the address is printed should be answered; if the model is slow, the page waits for it.
      await Promise.race([system.classifier.ready().catch(() => undefined), running, aborted(context.stop), delay(READY_MS, undefined, { ref: false })]);
      stdout.write(`Barometer ${context.version} is at ${server.address} (Ctrl-C stops it)\n`);
      stopShowing = showProgress(() => pipeline.progress(), stdout, (stdout as { isTTY?: boolean }).isTTY === true);
      void tellOfOtherModels(system, stdout, context.stop);
      await Promise.race([running, aborted(context.stop)]);
    } finally {
      // Also after a failure: a poll in progress must not find the store closed.
      await stopAndTell(pipeline, stdout);
      stopShowing?.();
      await server.close();
    }
  } finally {
    await system.close();
  }
  stdout.write('Stopped; the next start goes on from here\n');
}

/** Scores of two models are not comparable: says so once, and how to fix it. */
async function tellOfOtherModels({ classifier, listModels }: System, out: Writable, stop: AbortSignal): Promise<void> {
  try {
    await classifier.ready();
    const present = classifier.model;
    const others = (await listModels.execute()).filter(({ id, revision }) => id !== present.id || revision !== present.revision);
    if (others.length === 0 || stop.aborted) return;
    const names = others.map(({ id, revision }) => `${id} ${revision}`).join(', ');
    out.write(
      `Articles were scored by another model (${names}) than the present one (${present.id} ${present.revision}). "barometer rescore" scores them again, beside this process, and can be stopped and started again. Until then the timeline marks where the model changed.\n`,
    );
  } catch {
    // The pipeline meets the same failure of the model or the store, and reports it.
  }
}

/** A slow feed can take twenty seconds to time out. */
async function stopAndTell(pipeline: Pipeline, out: Writable): Promise<void> {
  const timer = setTimeout(() => out.write('\nStopping after what is under way (Ctrl-C again stops at once)\n'), SECOND);
  await pipeline.stop().finally(() => clearTimeout(timer));
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
