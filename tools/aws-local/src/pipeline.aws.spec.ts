import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { CANARY_EVERY, CANARY_LATE } from '@barometer/canary';
import { articleIdOf, MINUTE, SECOND, systemClock } from '@barometer/kernel';
import { DynamoDbReportStore } from '@barometer/reporting-dynamodb';
import { DynamoDbCanaryStore } from '@barometer/storage-dynamodb';
import { readDeployment } from './deployment';
import { startLocalAws, type LocalAws } from './local-aws';
import { addWriteKey } from './seed-table';
import { lethal, poisonedInference, unbearable } from './testing/poisoned-inference';
import { labelOf, poison, startStoryFeeds } from './testing/story-feeds';

jest.setTimeout(600_000);

const ROOT = join(__dirname, '../../..');
const KILLED = 'killed by the test';
/** Numbers of messages, with sixteen stories each. */
const [LOST, REPEATED] = [5, 3];
/** Deployed, these times are minutes; everything else is as in the templates. */
const [VISIBILITY_SECONDS, OVERDUE_SECONDS] = [3, 8];

const idOf = (number: number) => articleIdOf(`https://stories.example/${number}`);
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const poisonous = [...poison.unbearable, ...poison.lethal];

let aws: LocalAws;
let reports: DynamoDbReportStore;
let feeds: Awaited<ReturnType<typeof startStoryFeeds>>;
let key: string;
const lines: string[] = [];

beforeAll(async () => {
  const deployment = readDeployment(join(ROOT, 'dist/infra/dev'), 'dev');
  const dynamoDb = process.env['DYNAMODB_ENDPOINT'];
  aws = await startLocalAws({
    root: ROOT,
    deployment: { ...deployment, eventSource: { ...deployment.eventSource, visibilitySeconds: VISIBILITY_SECONDS } },
    settings: { TABLE_NAME: `barometer-${randomUUID()}`, OVERDUE_SECONDS: String(OVERDUE_SECONDS), ALLOW_PRIVATE_SOURCES: '1' },
    ...(dynamoDb && { dynamoDb }),
    log: (line) => lines.push(line),
  });
  reports = new DynamoDbReportStore(aws.table, systemClock);
  feeds = await startStoryFeeds();
  key = await addWriteKey(aws.table);
});

afterAll(async () => {
  feeds.close();
  await aws.close();
});

/** Sends a request to the packaged dashboard. */
async function ask(path: string, body?: object, method = body ? 'POST' : 'GET'): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(`${aws.address}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** Asks again while the answer is "try again": on a busy machine Analysis may need more time to start than a request may take. */
async function askUntilReady(path: string, body?: object): ReturnType<typeof ask> {
  for (const end = Date.now() + 120_000; ; await wait(1_000)) {
    const answer = await ask(path, body);
    if (answer.status !== 503 || Date.now() >= end) return answer;
  }
}

const tick = () => aws.functions.ingestion.invoke({});

/** Runs ticks until nothing is pending any more. */
async function settle(): Promise<void> {
  for (const end = Date.now() + 400_000; Date.now() < end; await wait(1_000)) {
    await tick();
    if ((await reports.status()).pending === 0) return;
  }
}

describe('the packaged functions, connected as in the templates', () => {
  it('store each story once, however many feeds contain it', async () => {
    for (const url of feeds.urls) expect((await ask('/api/v1/sources', { url })).status).toBe(201);
    expect(await tick()).toMatchObject({ polled: { polled: feeds.urls.length, failed: 0, newArticles: feeds.stories } });
    expect(feeds.stories).toBe(500);
  });

  it('score or fail every story, even if messages are lost or repeated, texts are poison, or processes are killed', async () => {
    await loseAndRepeat();
    for (const body of ['{', '{"type":"Other"}', 'null']) await aws.queues.send(new SendMessageCommand({ QueueUrl: aws.scoringQueueUrl, MessageBody: body }));
    await aws.functions.analysis.configure({ ...aws.environmentOf('analysis'), ...poisonedInference() });
    killInTheMiddleOfBatch(2);
    aws.poller.start();
    await settle();

    expect(lines).toContainEqual(expect.stringContaining(KILLED));
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`comes again.*ended with ${lethal.exitCode}`)));
    const { pending, scored, failed } = await reports.status();
    expect({ pending, scored, failed }).toEqual({ pending: 0, scored: feeds.stories - poisonous.length, failed: poisonous.length });
    expect(await reports.check()).toEqual([]);
  });

  it('give the reason of each failed one, and the real sentiment of the others', async () => {
    const noAnswer = `No answer from the scorer after ${aws.environmentOf('analysis')['MAX_RECEIVES']} deliveries.`;
    for (const number of poison.lethal) expect((await reports.article(idOf(number)))?.reason).toBe(noAnswer);
    // If another article's crash cut off its last attempt, that is its reason.
    for (const number of poison.unbearable) expect([unbearable.error, noAnswer]).toContain((await reports.article(idOf(number)))?.reason);
    for (const number of [1, 2, 3, 301, 302, 303]) {
      expect((await ask(`/api/v1/articles/${idOf(number)}`)).body).toMatchObject({
        state: 'scored',
        sentiment: { label: labelOf(number), model: { id: 'barometer-distilbert-news' } },
      });
    }
  });

  it('move malformed messages to the dead-letter queue, with the reason', async () => {
    const reasons = await reasonsIn(aws.deadLetterQueueUrl);
    // More than once if the process ended before it answered for its batch.
    expect(reasons.filter((reason) => reason === 'The body is not JSON.').length).toBeGreaterThanOrEqual(1);
    expect(reasons.filter((reason) => reason?.includes('ArticleIngested')).length).toBeGreaterThanOrEqual(2);
  });

  it('score failed articles when they are redriven after the cause is fixed', async () => {
    await aws.functions.analysis.configure(aws.environmentOf('analysis'));
    for (const number of poisonous) expect((await ask(`/api/v1/articles/${idOf(number)}/redrive`, {})).status).toBeLessThan(300);
    await settle();
    expect((await ask('/api/v1/status')).body).toMatchObject({ waiting: 0, counts: { scored: feeds.stories, failed: 0 } });
    expect(await reports.check()).toEqual([]);
  });

  it('analyse a text from the page, through the function that has the model', async () => {
    expect(await askUntilReady('/api/v1/analyze', { texts: ['The rescue was a complete success and everyone is safe.'] })).toMatchObject({
      status: 200,
      body: { results: [{ label: 'positive' }] },
    });
  });

  it('send a canary through the pipeline, outside every count, and report it when it is late', async () => {
    const canaries = new DynamoDbCanaryStore(aws.table);
    const canaryOf = async () => ((await ask('/api/v1/status')).body as { canary: { state: string } }).canary;
    /** Makes the last canary older by this time, as if it had not been answered. */
    const age = async (ms: number) => {
      const { answer: _answer, before: _before, ...last } = (await canaries.read())!;
      await canaries.send({ ...last, sentAt: systemClock.now() - ms }, last.id);
    };
    const { pending, scored, failed } = await reports.status();
    const watermark = await reports.watermark();
    await age(CANARY_LATE + SECOND);
    expect(await canaryOf()).toMatchObject({ state: 'late' });
    await age(CANARY_EVERY + CANARY_LATE + MINUTE);
    expect(await canaryOf()).toMatchObject({ state: 'stopped' });
    await tick();
    for (const end = Date.now() + 60_000; (await canaryOf()).state !== 'right' && Date.now() < end; ) await wait(250);
    expect(await canaryOf()).toMatchObject({ state: 'right', tookMs: expect.any(Number) });
    expect(await reports.status()).toMatchObject({ pending, scored, failed });
    expect(await reports.watermark()).toBe(watermark);
    expect(await reports.check()).toEqual([]);
  });

  it('do everything that the page and the schedule require within the permissions of their roles', async () => {
    const {
      body: {
        items: [source],
      },
    } = (await ask('/api/v1/sources')) as { body: { items: [{ id: string }] } };
    const { body: topic } = (await ask('/api/v1/topics', { name: 'Story', anyOf: ['story'] })) as { body: { id: string } };
    expect((await ask(`/api/v1/topics/${topic.id}`, { name: 'Stories', anyOf: ['story', 'stories'] }, 'PUT')).status).toBe(200);
    await tick();
    const scopes = ['', `source=${source.id}`, `topic=${topic.id}`, `source=${source.id}&topic=${topic.id}`];
    const id = idOf(1);
    for (const [path, body, method, status] of [
      ['alerts/channels', { id: 'hook', name: 'Hook', target: { kind: 'webhook', url: 'http://127.0.0.1:1/' } }, 'POST', 201],
      ['alerts/rules', { name: 'Silent', condition: { kind: 'silence' }, channelIds: ['hook'] }, 'POST', 201],
      ['digests', { name: 'Morning', timeZone: 'UTC', channelIds: ['hook'], scope: { topicId: topic.id } }, 'POST', 201],
      ['marks', { text: 'Vote', topic: topic.id }, 'POST', 201],
      [`articles/${id}/judgement`, { label: 'neutral' }, 'PUT', 200],
    ] as const) {
      expect([path, (await ask(`/api/v1/${path}`, body, method)).status]).toEqual([path, status]);
    }
    await tick();
    const reads = ['mood', 'timeline', 'articles'].flatMap((name) => scopes.map((scope) => `${name}?${scope}`));
    for (const path of [
      ...reads,
      'articles?q=story',
      'articles?state=failed',
      'drivers',
      'stories',
      'judgements',
      'marks',
      'digests',
      'digests/preview',
      'alerts/rules',
      'alerts/episodes',
      'alerts/deliveries',
      `articles/${id}/explanation`,
      'breakdown?by=topic',
      'breakdown?by=source',
      'topics',
      `topics/${topic.id}`,
      `sources/${source.id}`,
      'status',
      'capabilities',
    ]) {
      expect([path, (await askUntilReady(`/api/v1/${path}`)).status]).toEqual([path, 200]);
    }
    expect((await ask(`/api/v1/sources/${source.id}/poll`, {})).status).toBe(202);
    expect((await ask(`/api/v1/sources/${source.id}`, { paused: true }, 'PATCH')).status).toBe(200);
    for (const path of [`topics/${topic.id}`, `sources/${source.id}`]) expect((await ask(`/api/v1/${path}`, undefined, 'DELETE')).status).toBe(204);
    expect((await ask(`/api/v1/articles/${id}/judgement`, undefined, 'DELETE')).status).toBe(200);
    await tick();
    expect(lines.filter((line) => line.includes('denied:'))).toEqual([]);
  });
});

/** What a queue may do: lose messages, and deliver them twice. */
async function loseAndRepeat(): Promise<void> {
  const QueueUrl = aws.scoringQueueUrl;
  for (let taken = 0; taken < LOST + REPEATED; taken += 1) {
    const { Messages: [message] = [] } = await aws.queues.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: taken < LOST ? 60 : 0 }));
    if (!message) throw new Error(`Only ${taken} messages were in the queue.`);
    if (taken < LOST) await aws.queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
    else await aws.queues.send(new SendMessageCommand({ QueueUrl, MessageBody: message.Body }));
  }
}

/** Kills the processes of Analysis shortly after the batch with this number has reached one of them. */
function killInTheMiddleOfBatch(number: number): void {
  const { analysis } = aws.functions;
  const invoke = analysis.invoke.bind(analysis);
  let batches = 0;
  let killed = false;
  analysis.invoke = (event) => {
    batches += 1;
    const running = invoke(event);
    if (batches < number || killed) return running;
    // If the batch is over by then, the next one is tried.
    let ended = false;
    void running.catch(() => undefined).finally(() => (ended = true));
    setTimeout(() => {
      if (ended || killed) return;
      killed = true;
      void analysis.kill(KILLED);
    }, 30);
    return running;
  };
}

async function reasonsIn(queueUrl: string): Promise<(string | undefined)[]> {
  const reasons: (string | undefined)[] = [];
  for (;;) {
    const { Messages: messages = [] } = await aws.queues.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60, MessageAttributeNames: ['All'] }),
    );
    if (messages.length === 0) return reasons;
    reasons.push(...messages.map(({ MessageAttributes: attributes }) => attributes?.['reason']?.StringValue));
  }
}
