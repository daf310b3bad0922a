import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { ListSources, PollSources, type ArticleStore, type SourceStore, type TopicCatalog } from '@barometer/ingestion';
import { detectLanguage, FeedsmithFeedReader, HttpFeedFetcher } from '@barometer/ingestion-http';
import { MemoryArticleStore, MemorySourceStore, MemoryTopicCatalog } from '@barometer/ingestion-memory';
import { SqliteArticleStore, SqliteSourceStore, SqliteTopicCatalog } from '@barometer/ingestion-sqlite';
import { FakeQueue, NOW, sourceNamed } from '@barometer/ingestion/testing';
import { HOUR, ManualClock, MINUTE } from '@barometer/kernel';
import { MemoryDatabase } from '@barometer/storage-memory';
import { openDatabase } from '@barometer/storage-sqlite';

interface Stores {
  readonly sources: SourceStore;
  readonly articles: ArticleStore;
  readonly topics: TopicCatalog;
}

const inMemory = (): Stores => {
  const db = new MemoryDatabase();
  return { sources: new MemorySourceStore(db), articles: new MemoryArticleStore(db), topics: new MemoryTopicCatalog(db) };
};
const inSqlite = (): Stores => {
  const db = openDatabase(':memory:');
  return { sources: new SqliteSourceStore(db), articles: new SqliteArticleStore(db), topics: new SqliteTopicCatalog(db) };
};

const FEED = '<rss version="2.0"><channel><title>T</title><item><title>Second feed of the host</title><link>https://ra.example/1</link></item></channel></rss>';
const ok = `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: ${FEED.length}\r\nConnection: close\r\n\r\n${FEED}`;
const refusal = (status: string, retryAfter?: string) =>
  `HTTP/1.1 ${status}\r\n${retryAfter === undefined ? '' : `Retry-After: ${retryAfter}\r\n`}Content-Length: 0\r\nConnection: close\r\n\r\n`;

/** The path of each request, by the host that it was sent to. */
const asked: string[] = [];
const answers = new Map<string, string>();
let server: Server;
beforeAll(async () => {
  server = createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      const [, path = '', host = ''] = /^GET (\S+)[^]*?\r\nhost: ([^:\r]+)/i.exec(data.toString('latin1')) ?? [];
      asked.push(`${host}${path}`);
      socket.end(answers.get(`${host}${path}`) ?? ok);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe.each<[string, () => Stores]>([
  ['memory', inMemory],
  ['SQLite', inSqlite],
])('two feeds of one host, in %s', (_store, open) => {
  const hours = (count: number) => new Date(NOW + count * HOUR).toUTCString();

  it.each<[string, string, number]>([
    ['429 and seconds', refusal('429 Too Many Requests', '7200'), 120],
    ['429 and a date', refusal('429 Too Many Requests', hours(2)), 120],
    ['503 and seconds', refusal('503 Service Unavailable', '3600'), 60],
    ['503 and a date', refusal('503 Service Unavailable', hours(1)), 60],
    ['403 and seconds', refusal('403 Forbidden', '3600'), 60],
    ['429 and far too many seconds', refusal('429 Too Many Requests', '99999999999999999999'), 24 * 60],
    ['429 and a date in years', refusal('429 Too Many Requests', hours(100_000)), 24 * 60],
    ['429 and a date that has passed', refusal('429 Too Many Requests', hours(-5)), 15],
    ['429 and no time that can be read', refusal('429 Too Many Requests', 'soon'), 15],
    ['429 alone', refusal('429 Too Many Requests'), 15],
  ])('after %s the other feed waits as well, and other hosts do not', async (_answer, refused, minutes) => {
    const [stores, clock] = [open(), new ManualClock(NOW)];
    const at = (path: string) => `http://${path.replace('/', `:${(server.address() as AddressInfo).port}/`)}`;
    await stores.sources.addAll([
      sourceNamed('a', { url: at('ra.example/a') }, { nextPollAt: NOW - HOUR }),
      sourceNamed('b', { url: at('ra.example/b') }),
      sourceNamed('c', { url: at('other.example/c') }),
    ]);
    const fetcher = new HttpFeedFetcher({
      allowPrivate: true,
      clock,
      lookup: (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    const poll = new PollSources({ ...stores, fetcher, reader: new FeedsmithFeedReader(), queue: new FakeQueue(), clock, detectLanguage, random: () => 0 });
    const askedAt = async (minute: number) => {
      clock.set(NOW + minute * MINUTE);
      asked.length = 0;
      await poll.execute({ concurrency: 1 });
      return [...asked].sort();
    };
    answers.set('ra.example/a', refused);
    expect(await askedAt(0)).toEqual(['other.example/c', 'ra.example/a']);
    const waiting = (await new ListSources({ sources: stores.sources, clock }).execute()).find(({ id }) => id === 'b');
    expect(waiting?.health).toMatchObject({
      nextPollAt: NOW + minutes * MINUTE,
      notices: [expect.stringMatching(/^ra\.example asked for fewer requests\. No feed of ra\.example is asked before /)],
    });
    expect((await askedAt(minutes - 1)).filter((one) => one !== 'other.example/c')).toEqual([]);
    answers.delete('ra.example/a');
    expect(await askedAt(minutes + 1)).toEqual(expect.arrayContaining(['ra.example/a', 'ra.example/b']));
    await fetcher.close();
  });
});
