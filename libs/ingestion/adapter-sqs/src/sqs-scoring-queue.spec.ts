import type { SendMessageBatchCommand, SendMessageBatchResult } from '@aws-sdk/client-sqs';
import { articleIngestedSchema, type ArticleIngested } from '@barometer/events';
import { ScoringQueueError, SqsScoringQueue } from './index';

const event = (index: number): ArticleIngested => ({ type: 'ArticleIngested', version: 1, articleId: String(index).padStart(26, 'a'), storedAt: index });
const events = (count: number) => Array.from({ length: count }, (_, index) => event(index));

type Answer = (bodies: readonly string[], call: number) => Partial<SendMessageBatchResult> | Error;

/** A queue that refuses the entries that `answer` names, by their `Id`s within the call. */
function setUp(answer: Answer = () => ({ Successful: [], Failed: [] })) {
  const calls: string[][] = [];
  const pauses: number[] = [];
  const client = {
    send: async ({ input }: SendMessageBatchCommand) => {
      const bodies = (input.Entries ?? []).map(({ MessageBody: body = '' }) => body);
      expect(new Set(input.Entries?.map(({ Id: id }) => id)).size).toBe(bodies.length);
      calls.push(bodies);
      const result = answer(bodies, calls.length);
      if (result instanceof Error) throw result;
      return result;
    },
  };
  const queue = new SqsScoringQueue({
    client: client as never,
    queueUrl: 'https://queue',
    random: () => 0,
    pause: async (milliseconds) => pauses.push(milliseconds),
  });
  const sent = () => calls.flat().map((body) => (JSON.parse(body) as ArticleIngested).storedAt);
  return { queue, calls, pauses, sent };
}

const failed = (id: string, senderFault = false) => ({
  Successful: [],
  Failed: [{ Id: id, SenderFault: senderFault, Code: 'InternalError', Message: 'try again' }],
});

describe('SqsScoringQueue', () => {
  it('sends messages of sixteen articles in batches of ten, each as JSON', async () => {
    const { queue, calls } = setUp();
    await queue.send(events(400));
    expect(calls.map((call) => call.length).sort()).toEqual([10, 10, 5]);
    const bodies = calls.flat().map((body) => articleIngestedSchema.parse(JSON.parse(body)));
    expect(new Set(bodies.map(({ more = [] }) => more.length + 1))).toEqual(new Set([16]));
    const sent = bodies.flatMap(({ more = [], ...first }) => [first, ...more.map((one) => ({ ...first, ...one }))]);
    expect(sent.sort((one, other) => one.storedAt - other.storedAt)).toEqual(events(400));
  });

  it.each([
    [1, [1]],
    [16, [16]],
    [17, [9, 8]],
    [33, [11, 11, 11]],
  ])('sends %d articles in messages of about the same size', async (count, sizes) => {
    const { queue, calls } = setUp();
    await queue.send(events(count));
    expect(calls.flat().map((body) => ((JSON.parse(body) as ArticleIngested).more ?? []).length + 1)).toEqual(sizes);
  });

  it('sends nothing without events', async () => {
    const { queue, calls } = setUp();
    await queue.send([]);
    expect(calls).toEqual([]);
  });

  it('keeps every batch below the size limit of a call', async () => {
    const { queue, calls } = setUp();
    const large = events(64).map((one) => ({ ...one, articleId: 'x'.repeat(10_000) }));
    await queue.send(large);
    expect(Math.max(...calls.map((call) => call.join('').length))).toBeLessThanOrEqual(256 * 1024);
    expect(calls.map((call) => call.length)).toEqual([1, 1, 1, 1]);
  });

  it('resends only the entries that a batch left out, with growing pauses', async () => {
    const { queue, sent, pauses } = setUp((_bodies, call) => (call < 3 ? failed('1') : {}));
    await queue.send(events(48));
    expect(sent()).toEqual([0, 16, 32, 16, 16]);
    expect(pauses).toEqual([100, 200]);
  });

  it('gives up after four attempts, says why, and still sends the other batches', async () => {
    const { queue, calls } = setUp((bodies) => (bodies.some((body) => body.includes('"storedAt":0')) ? failed('0') : {}));
    await expect(queue.send(events(320))).rejects.toThrow(
      new ScoringQueueError('The scoring queue did not take 1 messages (InternalError: try again); they stay in the pending index and are sent again later.'),
    );
    expect(calls).toHaveLength(5);
  });

  it("does not resend entries that are the sender's fault", async () => {
    const { queue, calls } = setUp(() => failed('0', true));
    await expect(queue.send(events(1))).rejects.toThrow(ScoringQueueError);
    expect(calls).toHaveLength(1);
  });

  it('passes on errors of the client', async () => {
    const { queue } = setUp(() => new Error('no such queue'));
    await expect(queue.send(events(1))).rejects.toThrow('no such queue');
  });
});
