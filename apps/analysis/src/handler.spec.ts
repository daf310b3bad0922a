import { lambdaContext, RecordingTelemetry } from '@barometer/aws/testing';
import { articleIdOf } from '@barometer/kernel';
import type { SentimentClassifier } from '@barometer/sentiment';
import type { RejectedMessage } from '@barometer/sentiment-sqs';
import { MemoryDatabase } from '@barometer/storage-memory';
import { MemoryProbe } from '@barometer/storage-memory/testing';
import { composeAnalysis } from './composition-root';
import { createHandler, type HandlerDeps } from './handler';
import { memoryBindings } from './testing/memory-bindings';
import { testSettings } from './testing/settings';
import { tokens } from './tokens';

const NOW = Date.now();
const titles = { peace: 'Peace at last', war: 'Another war begins', poison: 'This text is poison' };

async function setUp(change: Partial<HandlerDeps> = {}) {
  const database = new MemoryDatabase();
  const probe = new MemoryProbe(database);
  for (const [name, title] of Object.entries(titles)) {
    await probe.addArticle({ id: articleIdOf(name), title, summary: '', publishedAt: NOW, storedAt: NOW, sourceIds: ['a'] });
  }
  const rejected: RejectedMessage[] = [];
  const telemetry = new RecordingTelemetry<'analysis'>();
  const container = composeAnalysis({ settings: testSettings(), telemetry }, memoryBindings(database, rejected));
  refusePoison(container.get(tokens.classifier));
  const handler = createHandler({
    scoreDeliveries: container.get(tokens.scoreDeliveries),
    scoreTexts: container.get(tokens.scoreTexts),
    deadLetters: container.get(tokens.deadLetters),
    telemetry,
    ...change,
  });
  const stateOf = async (name: string) => (await probe.articles()).find(({ id }) => id === articleIdOf(name))?.state;
  const store = container.get(tokens.scoreStore);
  return { handler: (event: unknown) => handler(event, lambdaContext('analysis')), telemetry, rejected, stateOf, store };
}

function refusePoison(classifier: SentimentClassifier): void {
  const classify = classifier.classify.bind(classifier);
  classifier.classify = async (texts) => {
    if (texts.includes(titles.poison)) throw new Error('cannot bear it');
    return classify(texts);
  };
}

const record = (messageId: string, body: unknown, receives = 1) => ({
  messageId,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: { ApproximateReceiveCount: String(receives) },
  eventSource: 'aws:sqs',
});
const delivery = (name: string, receives = 1, messageId = name) =>
  record(messageId, { type: 'ArticleIngested', version: 1, articleId: articleIdOf(name), storedAt: NOW }, receives);

describe('a batch of the scoring queue', () => {
  it('is scored, and no message is delivered again', async () => {
    const { handler, telemetry, stateOf } = await setUp();
    expect(await handler({ Records: [delivery('peace'), delivery('war'), delivery('peace', 1, 'twice'), delivery('gone')] })).toEqual({
      batchItemFailures: [],
    });
    expect([await stateOf('peace'), await stateOf('war')]).toEqual(['scored', 'scored']);
    expect(telemetry.metrics).toEqual({ ArticlesScored: 2, ArticlesFailed: 0, DeliveriesKnown: 1, DeliveriesRetried: 0 });
    expect(telemetry.ended).toBe(1);
  });

  it('moves malformed messages to the dead-letter queue with the reason, and scores the others', async () => {
    const { handler, rejected, telemetry, stateOf } = await setUp();
    expect(await handler({ Records: [record('bad', '{'), delivery('peace'), record('odd', { type: 'Other' })] })).toEqual({ batchItemFailures: [] });
    expect(rejected.map(({ message, reason }) => [message.messageId, message.body, reason])).toEqual([
      ['bad', '{', 'The body is not JSON.'],
      ['odd', '{"type":"Other"}', expect.stringContaining('type')],
    ]);
    expect(await stateOf('peace')).toBe('scored');
    expect(telemetry.lines.filter((line) => line.startsWith('warn: a message was put aside'))).toHaveLength(2);
    expect(telemetry.metrics).toMatchObject({ MessagesRejected: 2, ArticlesScored: 1 });
  });

  it('leaves malformed messages in the queue while the dead-letter queue does not accept them', async () => {
    const { handler, telemetry } = await setUp({ deadLetters: { put: () => Promise.reject(new Error('denied')) } });
    expect(await handler({ Records: [record('bad', '{'), delivery('peace')] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'bad' }] });
    expect(telemetry.lines.filter((line) => line.startsWith('warn'))).toEqual([
      'warn: a malformed message stays in the queue: The body is not JSON. It could not be put aside: denied {"messageId":"bad"}',
    ]);
    expect(telemetry.metrics).toMatchObject({ MessagesRejected: 0, ArticlesScored: 1 });
  });

  it('scores while a dead-letter queue never answers, and waits for it only once', async () => {
    const states: unknown[] = [];
    const put = (_message: RejectedMessage, limit?: AbortSignal) =>
      new Promise<never>((_resolve, reject) =>
        limit?.addEventListener('abort', () => void stateOf('peace').then((state) => (states.push(state), reject(limit.reason)))),
      );
    const { handler, telemetry, stateOf } = await setUp({ deadLetters: { put }, putAsideLimitMs: 200 });
    const malformed = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => record(id, '{'));
    expect(await handler({ Records: [...malformed, delivery('peace')] })).toEqual({
      batchItemFailures: malformed.map(({ messageId }) => ({ itemIdentifier: messageId })),
    });
    expect(states).toEqual(malformed.map(() => 'scored'));
    expect(telemetry.lines.filter((line) => line.includes('did not take it within 0.2 s'))).toHaveLength(7);
    expect(telemetry.metrics).toMatchObject({ MessagesRejected: 0 });
  }, 10_000);

  it('returns only the text that the model fails on', async () => {
    const { handler, telemetry, stateOf } = await setUp();
    expect(await handler({ Records: [delivery('peace'), delivery('poison'), delivery('war')] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'poison' }] });
    expect([await stateOf('peace'), await stateOf('poison'), await stateOf('war')]).toEqual(['scored', 'pending', 'scored']);
    expect(telemetry.metrics).toMatchObject({ ArticlesScored: 2, DeliveriesRetried: 1 });
  });

  it('scores every article of a message, and has the message delivered again while one of them failed', async () => {
    const { handler, telemetry, stateOf } = await setUp();
    const of = (name: string) => ({ articleId: articleIdOf(name), storedAt: 1 });
    const message = (receives: number) =>
      record('together', JSON.stringify({ type: 'ArticleIngested', version: 1, ...of('peace'), more: [of('poison'), of('war')] }), receives);
    expect(await handler({ Records: [message(1)] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'together' }] });
    expect([await stateOf('peace'), await stateOf('poison'), await stateOf('war')]).toEqual(['scored', 'pending', 'scored']);
    expect(telemetry.metrics).toMatchObject({ ArticlesScored: 2, DeliveriesRetried: 1 });
    for (const receives of [2, 3, 4]) await handler({ Records: [message(receives)] });
    expect(await handler({ Records: [message(5)] })).toEqual({ batchItemFailures: [] });
    expect(await stateOf('poison')).toBe('failed');
  });

  it('fails an article on its last attempt', async () => {
    const { handler, telemetry, stateOf } = await setUp();
    for (const receives of [1, 2, 3, 4])
      expect(await handler({ Records: [delivery('poison', receives)] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'poison' }] });
    expect(await handler({ Records: [delivery('poison', 5)] })).toEqual({ batchItemFailures: [] });
    expect(await stateOf('poison')).toBe('failed');
    expect(telemetry.metrics).toMatchObject({ ArticlesFailed: 1 });
  });

  it('fails an article whose last attempt ended the process', async () => {
    const { handler, stateOf, store } = await setUp();
    for (let attempts = 0; attempts < 5; attempts += 1) await store.attempt(articleIdOf('peace'), { now: NOW, maxReceives: 5 });
    await handler({ Records: [delivery('peace', 7)] });
    expect(await stateOf('peace')).toBe('failed');
  });

  it('fails when the store accepts nothing', async () => {
    const { handler, store, telemetry } = await setUp();
    store.apply = () => Promise.reject(new Error('no table'));
    await expect(handler({ Records: [delivery('peace')] })).rejects.toThrow('no table');
    expect(telemetry.metrics).toMatchObject({ DeliveriesRetried: 1 });
  });

  it('counts what an outage left over when a part is done', async () => {
    const { handler, store, telemetry } = await setUp();
    const apply = store.apply.bind(store);
    let calls = 0;
    store.apply = (scores, now) => ((calls += 1) === 1 ? apply(scores, now) : Promise.reject(new Error('no table')));
    expect(await handler({ Records: [delivery('peace'), delivery('war', 2)] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'war' }] });
    expect(telemetry.lines.at(-1)).toBe('error: the store kept a part of the batch from being scored: no table');
  });
});

describe('a direct invocation', () => {
  it('scores texts', async () => {
    const { handler } = await setUp();
    expect(await handler({ texts: ['Peace at last', 'A terrible crash'] })).toMatchObject({ results: [{ label: 'positive' }, { label: 'negative' }] });
    expect(await handler({ texts: [] })).toEqual({ results: [] });
  });

  it.each([[{}], [{ texts: 'one' }], [null], [{ Records: [{ body: 'x' }] }]])('refuses %j in one sentence', async (event) => {
    const { handler, telemetry } = await setUp();
    await expect(handler(event)).rejects.toThrow('The event is neither a batch of SQS messages');
    expect(telemetry.ended).toBe(1);
  });
});
