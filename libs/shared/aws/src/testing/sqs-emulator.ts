import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const SCRIPT = join(__dirname, '../../../../../tools/aws-local/sqs-emulator.mjs');

/** Starts an SQS emulator in a process of its own, since it is an ES module, which Jest does not load. */
export async function startSqsEmulator() {
  const child = spawn(process.execPath, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), once(child, 'exit').then(() => ['{}'])])) as [string];
  const { port } = JSON.parse(line) as { port?: number };
  if (port === undefined) throw new Error('The SQS emulator ended before it listened.');
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    endpoint,
    /** Settings for an SDK client; the queue's address is `urlOf(name)`. */
    settings: { endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } },
    urlOf: (queue: string) => `${endpoint}/000000000000/${queue}`,
    close: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
