import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startDynamoDbLocal } from '../dynamodb-local/dynamodb-local.cjs';

/** Stand-ins for AWS's services on this machine, each started when it is first needed. */
export class LocalParts {
  private readonly started: { close(): Promise<unknown> }[] = [];
  private readonly addresses = new Map<string, Promise<string>>();

  /** DynamoDB Local, empty and in memory. */
  dynamoDb(): Promise<string> {
    return this.once('dynamodb', async () => {
      const { endpoint, stop } = await startDynamoDbLocal();
      this.started.push({ close: stop });
      return endpoint;
    });
  }

  /** An emulator of SQS. */
  queues(): Promise<string> {
    return this.once('queues', async () => {
      const emulator = spawn(process.execPath, [join(__dirname, '../aws-local/sqs-emulator.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
      const ended = once(emulator, 'exit');
      this.started.push({
        close: () => {
          emulator.stdin.end();
          return ended;
        },
      });
      const [first] = (await Promise.race([once(emulator.stdout, 'data'), ended])) as [unknown];
      if (!Buffer.isBuffer(first)) throw new Error(`The SQS emulator ended with ${String(first)} at its start.`);
      return `http://127.0.0.1:${(JSON.parse(first.toString()) as { port: number }).port}`;
    });
  }

  async close(): Promise<void> {
    for (const { close } of this.started.splice(0).reverse()) await close();
  }

  private once(name: string, start: () => Promise<string>): Promise<string> {
    const address = this.addresses.get(name) ?? start();
    this.addresses.set(name, address);
    return address;
  }
}
