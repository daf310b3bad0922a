import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AddSource } from '@barometer/ingestion';
import { DynamoDbPendingArticles, DynamoDbSourceStore } from '@barometer/ingestion-dynamodb';
import { MINUTE, systemClock } from '@barometer/kernel';
import { createTableInput, documentClient, DynamoDbTable } from '@barometer/storage-dynamodb';

const TABLE = 'barometer-smoke';
const local = { region: 'eu-central-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

/** What a tick needs: a table with one source, its feed on loopback, and a queue. */
export async function prepare(parts: { dynamoDb(): Promise<string>; queues(): Promise<string> }) {
  const [tableAt, queuesAt, feed] = [await parts.dynamoDb(), await parts.queues(), await serveFeed()];
  const dynamoDb = new DynamoDBClient({ endpoint: tableAt, ...local });
  await dynamoDb.send(new CreateTableCommand(createTableInput(TABLE)));
  const table = new DynamoDbTable(documentClient(dynamoDb), TABLE);
  const added = await new AddSource({ sources: new DynamoDbSourceStore(table), clock: systemClock }).execute({ url: feed.url, name: 'Smoke', language: 'en' });
  if (!added.ok) throw new Error(added.error.message);
  const sqs = new SQSClient({ endpoint: queuesAt, ...local });
  await sqs.send(new CreateQueueCommand({ QueueName: 'scoring' }));
  const queue = `${queuesAt}/000000000000/scoring`;
  return {
    environment: {
      TABLE_NAME: TABLE,
      SCORING_QUEUE_URL: queue,
      AWS_ENDPOINT_URL_DYNAMODB: tableAt,
      AWS_ENDPOINT_URL_SQS: queuesAt,
      ALLOW_PRIVATE_SOURCES: 'true',
    },
    check: async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10 }));
      if (Messages.length === 0) throw new Error('No article was sent to the scoring queue.');
      const pending = await new DynamoDbPendingArticles(table).overdue(systemClock.now() + MINUTE, 10);
      if (pending.length !== 2) throw new Error(`${pending.length} articles wait in the table instead of 2.`);
    },
    close: async () => {
      dynamoDb.destroy();
      sqs.destroy();
      await feed.close();
    },
  };
}

/** A feed with two articles of this moment. */
async function serveFeed() {
  const items = ['Harvest breaks every record', 'Bridge closed after the flood'].map(
    (title, index) => `<item><title>${title} this year</title><link>https://news.example/${index}</link><pubDate>${new Date().toUTCString()}</pubDate></item>`,
  );
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    response.end(`<?xml version="1.0"?><rss version="2.0"><channel><title>Smoke</title><link>https://news.example/</link>${items.join('')}</channel></rss>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`, close };
}
