import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startSqsEmulator } from '@barometer/aws/testing';
import { SqsDeadLetters } from './index';

jest.setTimeout(60_000);

it.each([
  ['what is no JSON', '{', 'The body is not JSON.'],
  ['a large body', 'x'.repeat(256 * 1024), 'The body is not JSON.'],
  ['odd characters', '{"title": "\u0000"}', 'The body is no event: \u0000 is odd.'],
])('puts %s into the dead-letter queue with its reason', async (_what, body, reason) => {
  const sqs = await startSqsEmulator();
  const client = new SQSClient(sqs.settings);
  try {
    await client.send(new CreateQueueCommand({ QueueName: 'dead' }));
    await new SqsDeadLetters({ client, queueUrl: sqs.urlOf('dead') }).put({
      message: { messageId: 'm1', body, attributes: { ApproximateReceiveCount: '1' } },
      reason,
    });
    const { Messages: messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: sqs.urlOf('dead'), MessageAttributeNames: ['All'] }));
    expect(messages).toHaveLength(1);
    expect(messages[0]?.MessageAttributes?.['reason']?.StringValue).toBe(reason.replace('\u0000', '?'));
    expect(body.startsWith(messages[0]?.Body?.slice(0, 5) ?? '-')).toBe(true);
  } finally {
    client.destroy();
    await sqs.close();
  }
});
