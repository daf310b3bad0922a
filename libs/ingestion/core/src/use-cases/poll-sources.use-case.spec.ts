import { DAY, err, ManualClock, MINUTE, ok } from '@barometer/kernel';
import type { Source } from '../domain/source';
import { FakeArticles, FakeQueue, FakeTopics } from '../testing/fake-articles';
import { documentOf, exampleItem, FakeFetcher, FakeReader, type FakeAnswer } from '../testing/fake-feeds';
import { exampleSource, FakeSources } from '../testing/fake-sources';
import { PollSources } from './poll-sources.use-case';

const NOW = Date.UTC(2026, 0, 15, 12);
const url = 'https://gazette.example/rss';

function setUp(answers: Record<string, FakeAnswer>, sources: Source[] = [exampleSource()]) {
  const parts = {
    sources: new FakeSources(...sources),
    fetcher: new FakeFetcher(answers),
    reader: new FakeReader(),
    articles: new FakeArticles(),
    queue: new FakeQueue(),
    topics: new FakeTopics([{ topicId: 'sea', version: 3, anyOf: ['harbour'], allOf: [], noneOf: [] }]),
    clock: new ManualClock(NOW),
    log: jest.fn(),
  };
  const poll = new PollSources({ ...parts, detectLanguage: (_text, sureness) => (sureness === 'sure' ? undefined : 'en'), random: () => 0 });
  const health = async (id = 'gazette') => (await parts.sources.find(id))!.health;
  return { ...parts, poll, health };
}

describe('PollSources', () => {
  it('stores what a feed lists, sends hints and keeps the validators', async () => {
    const document = documentOf(url, { items: [exampleItem('harbour', { publishedAt: NOW - MINUTE }), exampleItem('b', { language: 'fr' })] }, { etag: '"1"' });
    const { poll, articles, queue, health } = setUp({ [url]: ok(document) });
    expect(await poll.execute()).toEqual({ polled: 1, failed: 0, notModified: 0, newArticles: 2, skipped: 1, linked: 0 });
    const [second, first] = [...articles.stored.values()];
    expect(first).toMatchObject({
      title: 'The story of harbour',
      sourceIds: ['gazette'],
      topics: [{ topicId: 'sea', version: 3 }],
      status: { state: 'pending' },
    });
    expect(second).toMatchObject({ status: { state: 'skipped', reason: 'language' }, topics: [], publishedAt: NOW, dated: false });
    expect(queue.sent).toEqual([{ type: 'ArticleIngested', version: 1, articleId: first!.id, storedAt: NOW }]);
    expect(await health()).toMatchObject({ status: 'ok', etag: '"1"', articles: 2, nextPollAt: NOW + 15 * MINUTE });
    expect(articles.observed).toEqual(['gazette']);
  });

  it('sends the validators and counts a 304 as observed', async () => {
    const source = exampleSource({ health: { ...exampleSource().health, etag: '"1"', lastModified: 'Thu', lastBytes: 500, ttlMs: 60 * MINUTE } });
    const { poll, fetcher, articles, health } = setUp({ [url]: ok({ kind: 'not-modified' }) }, [source]);
    expect(await poll.execute()).toMatchObject({ polled: 1, notModified: 1, failed: 0 });
    expect(fetcher.requests).toEqual([{ url, etag: '"1"', lastModified: 'Thu' }]);
    expect(await health()).toMatchObject({ status: 'not-modified', bytesSaved: 500, etag: '"1"', nextPollAt: NOW + 60 * MINUTE });
    expect(articles.observed).toEqual(['gazette']);
  });

  it('uses the User-Agent of the source itself', async () => {
    const { poll, fetcher } = setUp({ [url]: {} }, [exampleSource({ userAgent: 'Example/1.0' })]);
    await poll.execute();
    expect(fetcher.requests).toEqual([{ url, userAgent: 'Example/1.0' }]);
  });

  it('polls every source though some fail, throw or cannot be read', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const sources = names.map((id) => exampleSource({ id, url: `https://${id}.example/rss` }));
    const { poll, health, log } = setUp(
      {
        'https://a.example/rss': err({ code: 'timeout', message: 'The server did not answer in time.' }),
        'https://b.example/rss': new Error('a bug'),
        'https://c.example/rss': ok({ ...documentOf('', {}), kind: 'document', body: new TextEncoder().encode('<html>'), url: '', httpStatus: 200 }),
        'https://d.example/rss': { items: [exampleItem('d')] },
      },
      sources,
    );
    expect(await poll.execute({ concurrency: 1 })).toMatchObject({ polled: 4, failed: 3, newArticles: 1 });
    expect(await health('a')).toMatchObject({ status: 'failed', failures: 1, message: 'The server did not answer in time.' });
    expect(await health('b')).toMatchObject({ status: 'failed', message: 'The poll failed unexpectedly: a bug' });
    expect(await health('c')).toMatchObject({ status: 'failed', message: 'The document is no feed.', httpStatus: 200 });
    expect((await health('d')).status).toBe('ok');
    expect(log).toHaveBeenCalledTimes(1);
  });

  it('keeps no validators of a document whose articles could not be stored', async () => {
    const { poll, articles, health } = setUp({ [url]: ok(documentOf(url, { items: [exampleItem('a')] }, { etag: '"new"' })) });
    jest.spyOn(articles, 'addAll').mockRejectedValueOnce(new Error('disk full'));
    expect(await poll.execute()).toMatchObject({ polled: 1, failed: 1 });
    expect((await health()).etag).toBeUndefined();
    expect(articles.observed).toEqual([]);
  });

  it('stores articles before it ends the lease', async () => {
    const { poll, articles, sources } = setUp({ [url]: { items: [exampleItem('a')] } });
    const add = jest.spyOn(articles, 'addAll');
    const complete = jest.spyOn(sources, 'complete');
    await poll.execute();
    expect(add.mock.invocationCallOrder[0]).toBeLessThan(complete.mock.invocationCallOrder[0]!);
  });

  it('continues when the queue is down', async () => {
    const { poll, queue, articles, health, log } = setUp({ [url]: { items: [exampleItem('a', { publishedAt: NOW - MINUTE })] } });
    queue.broken = true;
    expect(await poll.execute()).toMatchObject({ newArticles: 1, failed: 0 });
    expect([articles.stored.size, (await health()).status]).toEqual([1, 'ok']);
    expect(log).toHaveBeenCalledWith(expect.stringContaining('the queue is down'));
  });

  it('reports when even the failure cannot be stored, and lets the lease expire', async () => {
    const { poll, sources, log } = setUp({ [url]: new Error('a bug') });
    jest.spyOn(sources, 'complete').mockRejectedValue(new Error('disk full'));
    expect(await poll.execute()).toMatchObject({ polled: 1, failed: 1 });
    expect(log).toHaveBeenCalledTimes(2);
  });

  it('throws when the sources cannot be leased at all', async () => {
    const { poll, sources } = setUp({});
    jest.spyOn(sources, 'leaseDue').mockRejectedValue(new Error('disk full'));
    await expect(poll.execute()).rejects.toThrow('disk full');
  });

  it('takes only the newest 100 at first and leaves the older ones out for good', async () => {
    const items = Array.from({ length: 150 }, (_, index) => exampleItem(`n${index}`, { publishedAt: NOW - index * MINUTE }));
    const { poll, articles, clock } = setUp({ [url]: { items: items.toReversed() } });
    await poll.execute();
    clock.advance(DAY);
    await poll.execute();
    expect(articles.stored.size).toBe(100);
    expect(Math.min(...[...articles.stored.values()].map(({ publishedAt }) => publishedAt))).toBe(NOW - 99 * MINUTE);
  });

  it('does so for undated items too, and takes a new one later', async () => {
    const items = Array.from({ length: 150 }, (_, index) => exampleItem(`n${index}`));
    const answers: Record<string, FakeAnswer> = { [url]: { items } };
    const { poll, articles, clock } = setUp(answers);
    await poll.execute();
    answers[url] = { items: [exampleItem('fresh'), ...items] };
    clock.advance(DAY);
    expect(await poll.execute()).toMatchObject({ newArticles: 1 });
    expect(articles.stored.size).toBe(101);
  });

  it('lists items that are undated at the first poll without ever counting them; later undated ones count from when they were seen', async () => {
    const answers: Record<string, FakeAnswer> = { [url]: err({ code: 'timeout', message: 'The server did not answer in time.' }) };
    const { poll, articles, queue, clock } = setUp(answers);
    // A failed poll does not count as the first.
    await poll.execute();
    answers[url] = { items: [exampleItem('old'), exampleItem('dated', { publishedAt: NOW - MINUTE })] };
    clock.advance(DAY);
    await poll.execute();
    const named = (name: string) => [...articles.stored.values()].find(({ title }) => title === `The story of ${name}`);
    expect([named('old')?.status, named('dated')?.status]).toEqual([{ state: 'skipped', reason: 'undated' }, { state: 'pending' }]);
    answers[url] = { items: [exampleItem('young'), exampleItem('old', { title: 'The story of old, again' })] };
    clock.advance(DAY);
    expect(await poll.execute()).toMatchObject({ newArticles: 1, skipped: 0 });
    expect(named('young')).toMatchObject({ status: { state: 'pending' }, publishedAt: NOW + 2 * DAY, dated: false });
    expect(queue.sent).toHaveLength(2);
  });

  it('reports a source of which almost nothing can be scored, and withdraws that later', async () => {
    const items = Array.from({ length: 12 }, (_, index) => exampleItem(`n${index}`, { language: 'es' }));
    const answers: Record<string, FakeAnswer> = { [url]: { items } };
    const { poll, health, clock } = setUp(answers);
    await poll.execute();
    expect((await health()).notices).toEqual(['12 of its 12 items are not in English (most: Spanish), so they are listed without a score.']);
    answers[url] = { items: items.map(({ language: _language, ...item }) => item) };
    clock.advance(DAY);
    await poll.execute();
    expect((await health()).notices).toBeUndefined();
  });

  it('stores nothing older than 30 days', async () => {
    const { poll, articles } = setUp({
      [url]: { items: [exampleItem('old', { publishedAt: NOW - 31 * DAY }), exampleItem('ok', { publishedAt: NOW - 29 * DAY })] },
    });
    await poll.execute();
    expect([...articles.stored.values()].map(({ title }) => title)).toEqual(['The story of ok']);
  });

  it('ends polling after a 410', async () => {
    const { poll, health, fetcher, clock } = setUp({ [url]: err({ code: 'gone', message: 'The feed is gone.', httpStatus: 410 }) });
    await poll.execute();
    clock.advance(30 * DAY);
    expect(await poll.execute()).toMatchObject({ polled: 0 });
    expect([(await health()).status, fetcher.requests.length]).toEqual(['gone', 1]);
  });

  it('follows a permanent move and takes the feed’s title where no name was given', async () => {
    const moved = 'https://gazette.example/new.xml';
    const document = documentOf(url, { title: 'The <b>Gazette</b>' }, { movedTo: moved });
    const { poll, sources } = setUp({ [url]: ok(document) }, [exampleSource({ name: 'gazette.example' })]);
    await poll.execute();
    expect(await sources.find('gazette')).toMatchObject({ url: moved, name: 'The Gazette' });
  });

  it('starts no source after the signal and no more than the limit', async () => {
    const sources = ['a', 'b', 'c'].map((id) => exampleSource({ id, url: `https://${id}.example/rss` }));
    const stop = new AbortController();
    const { poll } = setUp({}, sources);
    expect(await poll.execute({ limit: 1 })).toMatchObject({ polled: 1 });
    const polled: string[] = [];
    await poll.execute({
      concurrency: 1,
      signal: stop.signal,
      onPolled: ({ id }) => {
        polled.push(id);
        stop.abort();
      },
    });
    expect(polled).toEqual(['b']);
  });

  it('polls a source again three minutes after a poll of it was killed, and not before', async () => {
    const { poll, fetcher, clock } = setUp({});
    jest.spyOn(fetcher, 'fetch').mockReturnValueOnce(new Promise(() => undefined));
    void poll.execute();
    await new Promise(setImmediate);
    clock.advance(3 * MINUTE - 1);
    expect(await poll.execute()).toMatchObject({ polled: 0 });
    clock.advance(1);
    expect(await poll.execute()).toMatchObject({ polled: 1 });
  });

  it('reports the start of a poll before the feed is requested', async () => {
    const told: string[] = [];
    const { poll, fetcher } = setUp({});
    jest.spyOn(fetcher, 'fetch').mockImplementation(async () => (told.push('asked'), err({ code: 'timeout', message: 'Too slow.' })));
    await poll.execute({ onBegun: ({ id }) => told.push(`begun ${id}`) });
    expect(told).toEqual(['begun gazette', 'asked']);
  });

  it('does not count a query without a due source against the limit', async () => {
    const { poll } = setUp(
      {},
      ['a', 'b'].map((id) => exampleSource({ id, url: `https://one.example/${id}` })),
    );
    expect(await poll.execute({ limit: 2, concurrency: 2 })).toMatchObject({ polled: 2 });
  });

  it('does not count a 304 as a success if it could not be stored as observed', async () => {
    const { poll, articles, health } = setUp({ [url]: ok({ kind: 'not-modified' }) });
    jest.spyOn(articles, 'markObserved').mockImplementationOnce(() => new Promise((_, fail) => setImmediate(() => fail(new Error('disk full')))));
    expect(await poll.execute()).toMatchObject({ polled: 1, failed: 1, notModified: 0 });
    expect((await health()).lastSuccessAt).toBeUndefined();
  });

  it('polls two sources of one host one after the other', async () => {
    let [running, most] = [0, 0];
    const sources = ['a', 'b'].map((id) => exampleSource({ id, url: `https://one.example/${id}` }));
    const { poll, fetcher } = setUp({}, sources);
    jest.spyOn(fetcher, 'fetch').mockImplementation(async () => {
      most = Math.max(most, (running += 1));
      await Promise.resolve();
      running -= 1;
      return err({ code: 'timeout', message: 'Too slow.' });
    });
    expect([(await poll.execute()).polled, most]).toEqual([2, 1]);
  });
});
