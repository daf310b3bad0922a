// An in-memory SQS on this computer, for tests and for `aws:local`. Prints its port and ends with its parent.
import { buildApp } from 'fauxqs';

const region = 'eu-central-1';
const app = buildApp({ logger: false, defaultRegion: region });
// The emulator identifies queues by host names that not every computer resolves, so requests use the address of this one.
app.addHook('preHandler', async ({ body }) => {
  if (typeof body?.QueueUrl === 'string') body.QueueUrl = body.QueueUrl.replace('//127.0.0.1:', `//sqs.${region}.localhost:`);
});
await app.listen({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) });
console.log(JSON.stringify({ port: app.server.address().port }));
process.stdin.resume().on('end', () => process.exit(0));
