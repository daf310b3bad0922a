import { CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { FaultWatch } from '@barometer/aws';
import { startSqsEmulator } from '@barometer/aws/testing';
import { articleIngestedSchema, type ArticleIngested } from '@barometer/events';
import { articleIdOf } from '@barometer/kernel';
import { SqsScoringQueue } from './index';

jest.setTimeout(60_000);

let sqs: Awaited<ReturnType<typeof startSqsEmulator>>;
let client: SQSClient;

beforeAll(async () => {
  sqs = await startSqsEmulator();
  client = new SQSClient(sqs.settings);
  await client.send(new CreateQueueCommand({ QueueName: 'scoring' }));
});
afterAll(async () => {
  client.destroy();
  await sqs.close();
});

async function receiveAll(queueUrl: string): Promise<ArticleIngested[]> {
  const events: ArticleIngested[] = [];
  for (;;) {
    const { Messages: messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 30 }));
    if (messages.length === 0) return events;
    for (const { Body: body = '' } of messages) {
      const { more = [], ...first } = articleIngestedSchema.parse(JSON.parse(body));
      events.push(first, ...more.map((one) => ({ ...first, ...one })));
    }
    await client.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: messages.map(({ ReceiptHandle: handle }, index) => ({ Id: String(index), ReceiptHandle: handle })),
      }),
    );
  }
}

it('puts every event into the queue, once', async () => {
  const events = Array.from(
    { length: 37 },
    (_, index): ArticleIngested => ({ type: 'ArticleIngested', version: 1, articleId: articleIdOf(`article ${index}`), storedAt: index }),
  );
  await new SqsScoringQueue({ client, queueUrl: sqs.urlOf('scoring') }).send(events);
  const received = await receiveAll(sqs.urlOf('scoring'));
  expect(received.sort((a, b) => a.storedAt - b.storedAt)).toEqual(events);
});

it('reports in one line that the queue is missing', async () => {
  const lines: string[] = [];
  const watched = new SQSClient(sqs.settings);
  new FaultWatch({ kind: 'scoring queue', name: 'nowhere', setting: 'SCORING_QUEUE_URL', report: ({ message }) => lines.push(message) }).observe(watched);
  const queue = new SqsScoringQueue({ client: watched, queueUrl: sqs.urlOf('nowhere') });
  await expect(queue.send([{ type: 'ArticleIngested', version: 1, articleId: articleIdOf('x'), storedAt: 1 }])).rejects.toMatchObject({
    name: 'AwsFault',
    kind: 'missing',
  });
  expect(lines).toEqual(['The scoring queue "nowhere" does not exist: deploy the state stack to this account and region, or correct SCORING_QUEUE_URL.']);
  watched.destroy();
});
