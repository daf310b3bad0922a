import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { articleIdOf, systemClock } from '@barometer/kernel';
import { DynamoDbReportStore } from '@barometer/reporting-dynamodb';
import { readDeployment } from './deployment';
import { startLocalAws, type LocalAws } from './local-aws';
import { addWriteKey } from './seed-table';
import { lethal, poisonedInference, unbearable } from './testing/poisoned-inference';
import { labelOf, poison, startStoryFeeds } from './testing/story-feeds';

jest.setTimeout(600_000);

const ROOT = join(__dirname, '../../..');
const KILLED = 'killed by the test';
/** Messages, each of sixteen stories. */
const [LOST, REPEATED] = [5, 3];
/** The waits of what is deployed are minutes; everything else is as the templates say. */
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

/** Asks the packaged dashboard at its address. */
async function ask(path: string, body?: object, method = body ? 'POST' : 'GET'): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(`${aws.address}${path}`, {
    method, headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const tick = () => aws.functions.ingestion.invoke({});

/** Ticks until nothing waits any more. */
async function settle(): Promise<void> {
  for (const end = Date.now() + 400_000; Date.now() < end; await wait(1_000)) {
    await tick();
    if ((await reports.status()).pending === 0) return;
  }
}

describe('the packaged functions, as the templates put them together', () => {
  it('store each story once, however many feeds tell it', async () => {
    for (const url of feeds.urls) expect((await ask('/api/v1/sources', { url })).status).toBe(201);
    expect(await tick()).toMatchObject({ polled: { polled: feeds.urls.length, failed: 0, newArticles: feeds.stories } });
    expect(feeds.stories).toBe(500);
  });

  it('score or fail every story, whatever is lost, repeated, poison or killed', async () => {
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

  it('give the reason of each that failed, and the real sentiment of the others', async () => {
    const noAnswer = `No answer from the scorer after ${aws.environmentOf('analysis')['MAX_RECEIVES']} deliveries.`;
    for (const number of poison.lethal) expect((await reports.article(idOf(number)))?.reason).toBe(noAnswer);
    // One whose last attempt was cut off by somebody else's crash has that for its reason.
    for (const number of poison.unbearable) expect([unbearable.error, noAnswer]).toContain((await reports.article(idOf(number)))?.reason);
    for (const number of [1, 2, 3, 301, 302, 303]) {
      expect((await ask(`/api/v1/articles/${idOf(number)}`)).body).toMatchObject({ state: 'scored', sentiment: { label: labelOf(number), model: { id: 'barometer-distilbert-news' } } });
    }
  });

  it('put aside what nobody understands, with its reason', async () => {
    const reasons = await reasonsIn(aws.deadLetterQueueUrl);
    // Once more where the process was ended before it had answered for its batch, in which there are many articles now.
    expect(reasons.filter((reason) => reason === 'The body is not JSON.').length).toBeGreaterThanOrEqual(1);
    expect(reasons.filter((reason) => reason?.includes('ArticleIngested')).length).toBeGreaterThanOrEqual(2);
  });

  it('score what failed once it is redriven and the cause is mended', async () => {
    await aws.functions.analysis.configure(aws.environmentOf('analysis'));
    for (const number of poisonous) expect((await ask(`/api/v1/articles/${idOf(number)}/redrive`, {})).status).toBeLessThan(300);
    await settle();
    expect((await ask('/api/v1/status')).body).toMatchObject({ waiting: 0, counts: { scored: feeds.stories, failed: 0 } });
    expect(await reports.check()).toEqual([]);
  });

  it('analyse a text that the page sends, by way of the function that has the model', async () => {
    expect(await ask('/api/v1/analyze', { texts: ['The rescue was a complete success and everyone is safe.'] })).toMatchObject({ status: 200, body: { results: [{ label: 'positive' }] } });
  });

  it('do all that the page and the schedule ask of them within what their roles allow', async () => {
    const { body: { items: [source] } } = (await ask('/api/v1/sources')) as { body: { items: [{ id: string }] } };
    const { body: topic } = (await ask('/api/v1/topics', { name: 'Story', anyOf: ['story'] })) as { body: { id: string } };
    expect((await ask(`/api/v1/topics/${topic.id}`, { name: 'Stories', anyOf: ['story', 'stories'] }, 'PUT')).status).toBe(200);
    await tick();
    const scopes = ['', `source=${source.id}`, `topic=${topic.id}`, `source=${source.id}&topic=${topic.id}`];
    const reads = ['mood', 'timeline', 'articles'].flatMap((name) => scopes.map((scope) => `${name}?${scope}`));
    for (const path of [...reads, 'articles?q=story', 'articles?state=failed', 'breakdown?by=topic', 'breakdown?by=source', 'topics', `topics/${topic.id}`, `sources/${source.id}`, 'status', 'capabilities']) {
      expect([path, (await ask(`/api/v1/${path}`)).status]).toEqual([path, 200]);
    }
    expect((await ask(`/api/v1/sources/${source.id}/poll`, {})).status).toBe(202);
    expect((await ask(`/api/v1/sources/${source.id}`, { paused: true }, 'PATCH')).status).toBe(200);
    for (const path of [`topics/${topic.id}`, `sources/${source.id}`]) expect((await ask(`/api/v1/${path}`, undefined, 'DELETE')).status).toBe(204);
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

/** Ends the processes of Analysis shortly after the batch with this number has reached one. */
function killInTheMiddleOfBatch(number: number): void {
  const { analysis } = aws.functions;
  const invoke = analysis.invoke.bind(analysis);
  let batches = 0;
  let killed = false;
  analysis.invoke = (event) => {
    batches += 1;
    const running = invoke(event);
    if (batches < number || killed) return running;
    // A batch may be over by then, by itself or by what it scored: then the next one has its turn.
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
    const { Messages: messages = [] } = await aws.queues.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60, MessageAttributeNames: ['All'] }));
    if (messages.length === 0) return reasons;
    reasons.push(...messages.map(({ MessageAttributes: attributes }) => attributes?.['reason']?.StringValue));
  }
}
