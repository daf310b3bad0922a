import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { readDeployment } from '../deployment';
import { startLocalAws } from '../local-aws';
import { HELP, readLoadOptions } from './load-options';
import { faultsOf, textOf } from './load-report';
import { AnswerCounts, runLoad, type LoadOptions } from './run-load';

const ROOT = join(__dirname, '../../../..');
const say = (line: string) => void process.stdout.write(`${line}\n`);
const machine = () =>
  `${cpus().length} cores (${cpus()[0]?.model.trim()}) with Node ${process.versions.node}, load average ${(loadavg()[0] ?? 0).toFixed(1)} at the end`;

/** Runs the requested load. Answers the exit code. */
async function main(args: readonly string[]): Promise<number> {
  let options: LoadOptions | undefined;
  try {
    options = readLoadOptions(args);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  if (!options) {
    say(HELP);
    return 0;
  }
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort());
  const counts = new AnswerCounts();
  // Only problems from the functions' logs, which also contain their metrics.
  const log = (line: string) => void (/denied:|comes again|"level":"ERROR"/.test(line) && say(line));
  const aws = await startLocalAws({
    root: ROOT,
    deployment: readDeployment(join(ROOT, 'dist/infra/dev'), 'dev'),
    settings: { ALLOW_PRIVATE_SOURCES: '1' },
    log,
    onAnswer: counts.note,
  }).catch((error: unknown) => {
    if (ending.signal.aborted) return undefined;
    throw error;
  });
  if (!aws) return 0;
  try {
    say(
      `Barometer runs at ${aws.address}; ${options.articlesASecond} articles and ${options.readsASecond} reads a second for ${options.seconds} s. Ctrl-C ends it.`,
    );
    const report = await runLoad(aws, counts, options, ending.signal);
    say(textOf(report, machine()));
    const faults = ending.signal.aborted ? [] : faultsOf(report);
    for (const fault of faults) process.stderr.write(`${fault}\n`);
    return faults.length === 0 ? 0 : 1;
  } finally {
    await aws.close();
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
