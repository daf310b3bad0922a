import type { SendMessageCommand, SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { SqsDeadLetters } from './index';

async function put(body: string, reason: string): Promise<SendMessageCommandInput> {
  let input: SendMessageCommandInput | undefined;
  const client = { send: async (command: SendMessageCommand) => void (input = command.input) };
  await new SqsDeadLetters({ client: client as never, queueUrl: 'https://dead' }).put({
    message: { messageId: 'm1', body, attributes: { ApproximateReceiveCount: '1' } },
    reason,
  });
  if (!input) throw new Error('Nothing was sent.');
  return input;
}

it('keeps the body, with the reason beside it', async () => {
  expect(await put('{', 'The body is not JSON.')).toEqual({
    QueueUrl: 'https://dead',
    MessageBody: '{',
    MessageAttributes: { reason: { DataType: 'String', StringValue: 'The body is not JSON.' }, messageId: { DataType: 'String', StringValue: 'm1' } },
  });
});

it('stays under the size limit of a message, and replaces characters that SQS refuses', async () => {
  const large = await put('é'.repeat(262_144), `odd \u0000 ${'x'.repeat(5_000)}`);
  expect(Buffer.byteLength(`${large.MessageBody}${JSON.stringify(large.MessageAttributes)}`)).toBeLessThan(256 * 1024);
  expect(large.MessageBody).toMatch(/^é+$/);
  expect(large.MessageAttributes?.['reason']?.StringValue).toContain('odd ? x');
  expect((await put('🎉 party \ud800', 'x')).MessageBody).toBe('🎉 party ?');
  expect((await put('', 'The body is not JSON.')).MessageBody).toBe('(empty)');
});
