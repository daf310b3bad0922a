import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readDeployment } from './deployment';
import { startLocalAws } from './local-aws';
import { addSources, addWriteKey } from './seed-table';

// Runs what would be deployed with local stand-ins for AWS: `npm run aws:local`.
const ROOT = join(__dirname, '../../..');
const MINUTE = 60_000;
const PORT = 4610;

const say = (line: string) => void process.stdout.write(`${line}\n`);
/** A function's metrics are log lines too, which are not collected here. */
const sayLog = (line: string) => void (line.includes('"_aws":') || say(line));
let isStopping = false;

async function main(): Promise<void> {
  const stopped = new Promise((resolve) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.on(signal, resolve))).then(() => (isStopping = true));
  const aws = await startLocalAws({
    root: ROOT,
    deployment: readDeployment(join(ROOT, 'dist/infra/dev'), 'dev'),
    port: portOf(process.env['PORT']),
    log: sayLog,
  });
  let schedule: NodeJS.Timeout | undefined;
  try {
    await addSources(aws.table, parse(readFileSync(join(ROOT, 'config/sources.yaml'), 'utf8')));
    const key = await addWriteKey(aws.table);
    aws.poller.start();
    const tick = () => void aws.functions.ingestion.invoke({}).catch((error: unknown) => say(`the tick failed: ${String(error)}`));
    schedule = setInterval(tick, MINUTE);
    tick();
    say(`Barometer on local AWS parts: ${aws.address}\nSign in with the key ${key}\nCtrl-C ends it.`);
    await stopped;
    say('Ending.');
  } finally {
    clearInterval(schedule);
    await aws.close();
  }
}

function portOf(setting: string | undefined): number {
  const port = Number(setting || PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`PORT must be a whole number from 1 to 65535 (it is "${setting}").`);
  return port;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    // An error caused by a stop during the start is no fault.
    if (isStopping) say('Ending.');
    else process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(isStopping ? 0 : 1);
  },
);
