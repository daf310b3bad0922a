import { err, ManualClock, ok, type Result } from '@barometer/kernel';
import { documentOf, exampleItem, fakeFeedLinks, FakeFetcher, FakeReader, type FakeAnswer } from '../testing/fake-feeds';
import { exampleSource, FakeSources } from '../testing/fake-sources';
import { AddSource } from './add-source.use-case';
import { readSource } from '../domain/stored-source';
import { ChangeSource } from './change-source.use-case';
import { ChangeSources } from './change-sources.use-case';
import { ImportSources } from './import-sources.use-case';
import { ListSources } from './list-sources.use-case';
import { PollSourceNow } from './poll-source-now.use-case';
import { PreviewSource } from './preview-source.use-case';
import { RemoveSource } from './remove-source.use-case';

const clock = new ManualClock(5_000);
const value = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

describe('AddSource', () => {
  const setUp = () => new AddSource({ sources: new FakeSources(exampleSource()), clock });

  it('completes what is left out', async () => {
    expect(value(await setUp().execute({ url: ' www.Example.org/feed#x ' }))).toMatchObject({
      id: 'example-org',
      url: 'https://www.example.org/feed',
      kind: 'feed',
      name: 'example.org',
      intervalMinutes: 15,
      paused: false,
      addedAt: 5_000,
      health: { status: 'never', nextPollAt: 5_000 },
    });
  });

  it.each(['/feed.xml', './feed', '../feed', '?feed=rss2'])('does not take the path %s for a host', async (url) => {
    expect(await setUp().execute({ url })).toEqual(err({ field: 'url', code: 'invalid', message: `"${url}" is not a valid address.` }));
  });

  it('uses the given fields', async () => {
    const given = {
      url: 'newsapi:top-headlines?country=us',
      name: ' Top\nstories ',
      language: 'en-US',
      groups: [' News / World', 'news/world'],
      intervalMinutes: 90,
      homepage: 'https://example.org',
      userAgent: ' Example/1.0 ',
    };
    expect(value(await setUp().execute(given))).toMatchObject({
      id: 'top-stories',
      kind: 'newsapi',
      name: 'Top stories',
      language: 'en',
      groups: ['News/World'],
      intervalMinutes: 90,
      homepage: 'https://example.org/',
      userAgent: 'Example/1.0',
    });
  });

  it('makes the id unique', async () => {
    const add = setUp();
    expect(value(await add.execute({ url: 'https://a.example/', id: 'gazette', name: 'G' })).id).toBe('gazette-2');
    expect(value(await add.execute({ url: 'https://b.example/', name: 'Gazétte' })).id).toBe('gazette-3');
    expect(value(await add.execute({ url: 'https://c.example/', name: '日本' })).id).toBe('source');
  });

  it('tries another id when one is taken meanwhile', async () => {
    const sources = new FakeSources();
    jest.spyOn(sources, 'add').mockResolvedValueOnce(false);
    expect(value(await new AddSource({ sources, clock }).execute({ url: 'https://a.example/' })).id).toBe('a-example');
  });

  it.each([
    [{ url: '' }, 'url', 'required'],
    [{ url: 'ftp://example.org/feed' }, 'url', 'not-http'],
    [{ url: 'javascript:alert(1)' }, 'url', 'not-http'],
    [{ url: 'https://' }, 'url', 'invalid'],
    [{ url: 'https://me:secret@example.org/' }, 'url', 'credentials'],
    [{ url: `https://example.org/${'x'.repeat(3_000)}` }, 'url', 'too-long'],
    [{ url: 'newsapi:' }, 'url', 'invalid'],
    [{ url: 'https://gazette.example/rss' }, 'url', 'already-there'],
    [{ url: 'https://example.org/', kind: 'newsapi' as const }, 'kind', 'invalid'],
    [{ url: 'https://example.org/', language: 'English' }, 'language', 'invalid'],
    [{ url: 'https://example.org/', homepage: 'javascript:alert(1)' }, 'homepage', 'invalid'],
    [{ url: 'https://example.org/', intervalMinutes: 0 }, 'intervalMinutes', 'invalid'],
    [{ url: 'https://example.org/', intervalMinutes: 1_441 }, 'intervalMinutes', 'invalid'],
    [{ url: 'https://example.org/', userAgent: 'a\r\nHost: b' }, 'userAgent', 'invalid'],
    [{ url: 'https://example.org/', userAgent: 'Bär' }, 'userAgent', 'invalid'],
    [{ url: 'https://example.org/', userAgent: 'x'.repeat(301) }, 'userAgent', 'invalid'],
    [{ url: 'https://example.org/', intervalMinutes: Number.NaN }, 'intervalMinutes', 'invalid'],
  ])('refuses %j', async (input, field, code) => {
    expect(await setUp().execute(input)).toEqual(err({ field, code, message: expect.stringMatching(/\.$/) }));
  });

  it.each([['feed://example.org/x'], ['feed:https://example.org/x'], ['example.org/x']])('understands %s', async (url) => {
    expect(value(await setUp().execute({ url })).url).toBe('https://example.org/x');
  });

  it('takes a host with a port without a scheme', async () => {
    expect(value(await setUp().execute({ url: 'localhost:4000/x' })).url).toBe('https://localhost:4000/x');
  });
});

describe('ChangeSource', () => {
  const setUp = () => {
    const health = { ...exampleSource().health, nextPollAt: 999_999, etag: '"1"', status: 'gone' as const };
    return new ChangeSource({ sources: new FakeSources(exampleSource({ health }), exampleSource({ id: 'other', url: 'https://other.example/' })), clock });
  };

  it('changes the given fields', async () => {
    expect(value(await setUp().execute('gazette', { name: 'New', paused: true, groups: undefined }))).toMatchObject({
      name: 'New',
      paused: true,
      health: { nextPollAt: 999_999 },
    });
  });

  it('polls with a new User-Agent at once, and again when that is removed', async () => {
    const change = setUp();
    const named = value(await change.execute('gazette', { userAgent: 'Example/1.0' }));
    expect(named).toMatchObject({ userAgent: 'Example/1.0', health: { nextPollAt: 5_000, etag: '"1"' } });
    expect(value(await change.execute('gazette', { name: 'New' })).userAgent).toBe('Example/1.0');
    expect(value(await change.execute('gazette', { userAgent: '' })).userAgent).toBeUndefined();
  });

  it('polls another address at once, as new', async () => {
    const { health } = value(await setUp().execute('gazette', { url: 'https://gazette.example/atom' }));
    expect(health).toMatchObject({ status: 'never', nextPollAt: 5_000 });
    expect(health.etag).toBeUndefined();
  });

  it.each([
    ['gazette', { url: 'https://other.example/' }, { field: 'url', code: 'already-there' }],
    ['gazette', { url: 'newsapi:x' }, { field: 'url', code: 'invalid' }],
    ['gazette', { groups: ['a', ''] }, { field: 'groups', message: 'The name of a group must not be empty.' }],
    ['gazette', { groups: Array.from({ length: 21 }, (_, index) => `G${index}`) }, { field: 'groups', code: 'too-many' }],
    ['gazette', { intervalMinutes: 0.5 }, { field: 'intervalMinutes' }],
    ['nobody', { name: 'New' }, { code: 'not-found' }],
  ])('refuses %s %j', async (id, change, error) => expect(await setUp().execute(id, change)).toMatchObject({ ok: false, error }));
});

describe('ChangeSources', () => {
  const setUp = () => {
    const full = Array.from({ length: 20 }, (_, index) => `G${index}`);
    const sources = new FakeSources(
      exampleSource({ id: 'a', groups: ['News/World', 'Tech'] }),
      exampleSource({ id: 'b', url: 'https://b.example/', paused: true }),
      exampleSource({ id: 'full', url: 'https://f.example/', groups: full }),
      exampleSource({ id: 'files', kind: 'import', url: 'import:files', paused: true }),
    );
    return { sources, change: new ChangeSources({ sources }), groups: async (id: string) => (await sources.find(id))?.groups };
  };

  it('applies the action to each, and reports those for which it is not possible', async () => {
    const { sources, change, groups } = setUp();
    expect(value(await change.execute(['a', 'nobody', 'a', 'full'], { kind: 'group', group: ' news ' }))).toEqual({
      changed: ['a'],
      unknown: ['nobody'],
      refused: [{ id: 'full', message: 'A source is in at most 20 groups.' }],
    });
    expect(await groups('a')).toEqual(['News/World', 'Tech', 'news']);
    expect(value(await change.execute(['b', 'files'], { kind: 'resume' }))).toEqual({
      changed: ['b'],
      unknown: [],
      refused: [{ id: 'files', message: 'This source is filled from files and has no feed to poll.' }],
    });
    await change.execute(['a'], { kind: 'pause' });
    expect((await sources.list()).map(({ paused }) => paused)).toEqual([true, false, false, true]);
    await change.execute(['a'], { kind: 'ungroup', group: 'NEWS' });
    expect(await groups('a')).toEqual(['Tech']);
    await change.execute(['a', 'full'], { kind: 'move', group: 'One' });
    expect([await groups('a'), await groups('full')]).toEqual([['One'], ['One']]);
    await change.execute(['a'], { kind: 'ungroup' });
    expect(await groups('a')).toBeUndefined();
    expect(value(await change.execute(['a', 'nobody'], { kind: 'remove' }))).toEqual({ changed: ['a'], unknown: ['nobody'], refused: [] });
    expect(await sources.find('a')).toBeUndefined();
  });

  it.each([
    [[], { kind: 'pause' }, { field: 'ids', code: 'required' }],
    [Array.from({ length: 501 }, (_, index) => `s${index}`), { kind: 'pause' }, { field: 'ids', code: 'too-many' }],
    [['a'], { kind: 'move', group: ' / ' }, { field: 'group', message: 'The name of a group must not be empty.' }],
  ] as const)('refuses %j %j', async (ids, action, error) => expect(await setUp().change.execute(ids, action)).toMatchObject({ ok: false, error }));
});

describe('ImportSources', () => {
  const setUp = (sources = new FakeSources(exampleSource())) => ({ sources, importSources: new ImportSources({ sources, clock }) });

  it('adds what it can and reports the other entries', async () => {
    const { sources, importSources } = setUp();
    const report = await importSources.execute({
      sources: [
        { url: 'https://a.example/', language: 'unknown' },
        { url: 'https://a.example/' },
        { url: 'https://gazette.example/rss' },
        { url: 'ftp://b.example/', name: 'B', place: 'line 4' },
        { url: '', name: 'Nowhere', place: 'line 5' },
      ],
    });
    expect(report).toEqual({
      added: 1,
      alreadyThere: 2,
      grouped: 0,
      leftOut: [],
      refused: [
        { place: 'line 4', name: 'B', url: 'ftp://b.example/', message: 'The address must begin with http:// or https://.' },
        { place: 'line 5', name: 'Nowhere', url: '', message: 'The address must not be empty.' },
      ],
    });
    expect(await new ListSources({ sources, clock }).execute()).toHaveLength(2);
  });

  it.each([
    [{ homepage: 'N/A' }, 'The home page must be an http or https address; "N/A" was left out.'],
    [{ homepage: '/about' }, 'The home page must be an http or https address; "/about" was left out.'],
    [{ homepage: 'javascript:alert(1)' }, 'The home page must be an http or https address; "javascript:alert(1)" was left out.'],
    [{ language: 'English' }, 'The language must be a code such as en; "English" was left out.'],
    [{ userAgent: 'a\nb' }, 'The User-Agent must be 1 to 300 printable ASCII characters; "a\nb" was left out.'],
    [{ intervalMinutes: 0 }, 'The interval must be a whole number of minutes from 1 to 1440; "0" was left out.'],
  ])('adds a feed without its invalid field %j', async (field, message) => {
    const { sources, importSources } = setUp();
    const report = await importSources.execute({ sources: [{ url: 'https://a.example/feed', name: 'A', groups: ['World'], place: 'line 3', ...field }] });
    expect(report).toEqual({
      added: 1,
      alreadyThere: 0,
      grouped: 0,
      refused: [],
      leftOut: [{ place: 'line 3', name: 'A', url: 'https://a.example/feed', message }],
    });
    expect(await sources.find('a')).toEqual(
      exampleSource({
        id: 'a',
        name: 'A',
        url: 'https://a.example/feed',
        groups: ['World'],
        addedAt: 5_000,
        health: { ...exampleSource().health, nextPollAt: 5_000 },
      }),
    );
  });

  it.each([
    [{ homepage: 'www.two.example' }, { homepage: 'https://www.two.example/' }],
    [{ homepage: 'two.example:8080/news' }, { homepage: 'https://two.example:8080/news' }],
    [{ kind: 'newsapi' as const }, { kind: 'feed' }],
    [{ name: 'x'.repeat(500) }, { name: expect.stringMatching(/^x{190,199}/) }],
    [{ name: ' <b>Caf&eacute;</b>\u0000\n' }, { name: 'Café' }],
    [{ name: ' ', groups: [], language: '' }, { name: 'a.example' }],
  ])('understands %j', async (field, expected) => {
    const { sources, importSources } = setUp();
    expect(await importSources.execute({ sources: [{ url: 'https://a.example/feed', id: 'a', ...field }] })).toMatchObject({ added: 1, leftOut: [] });
    expect(await sources.find('a')).toMatchObject(expected);
  });

  it('puts an address in several folders into several groups, and an existing one without a group into those of the list', async () => {
    const { sources, importSources } = setUp(new FakeSources(exampleSource(), exampleSource({ id: 'kept', url: 'https://kept.example/', groups: ['Mine'] })));
    const report = await importSources.execute({
      sources: [
        { url: 'https://a.example/', groups: ['News/World'] },
        { url: 'https://a.example/', groups: ['news/world', 'Tech'] },
        { url: 'https://a.example/' },
        { url: 'https://gazette.example/rss', groups: ['Daily'] },
        { url: 'https://gazette.example/rss', groups: ['Local'] },
        { url: 'https://kept.example/', groups: ['Daily'] },
        { url: 'https://b.example/', groups: ['a/b/c/d/e'], place: 'line 9' },
      ],
    });
    expect(report).toMatchObject({
      added: 2,
      alreadyThere: 5,
      grouped: 1,
      leftOut: [{ place: 'line 9', message: 'The name of a group must have at most 4 levels; "a/b/c/d/e" was left out.' }],
    });
    const groups = async (id: string) => (await sources.find(id))?.groups;
    expect([await groups('a-example'), await groups('gazette'), await groups('kept'), await groups('b-example')]).toEqual([
      ['News/World', 'Tech'],
      ['Daily', 'Local'],
      ['Mine'],
      undefined,
    ]);
  });

  describe('of groups that are too many', () => {
    const names = (from: number, count: number) => Array.from({ length: count }, (_, index) => `g${from + index}`);

    it('keeps the first twenty, and says which of an address were left out, once', async () => {
      const { sources, importSources } = setUp();
      const report = await importSources.execute({
        sources: [
          { url: 'https://a.example/', name: 'A', place: 'line 2', groups: names(1, 22) },
          { url: 'https://b.example/', place: 'line 3', groups: names(1, 19) },
          { url: 'HTTPS://b.example', place: 'line 4', groups: ['G1', 'g20'] },
          { url: 'https://b.example/', place: 'line 5', groups: ['g21', 'g1'] },
          { url: 'https://gazette.example/rss', place: 'line 6', groups: names(1, 20) },
          { url: 'https://gazette.example/rss', place: 'line 7', groups: names(20, 42) },
          { url: 'ftp://c.example/', groups: names(1, 30) },
        ],
      });
      expect(report).toMatchObject({ added: 2, alreadyThere: 4, grouped: 1, refused: [{ url: 'ftp://c.example/' }] });
      const last = `41 were left out: ${names(21, 20)
        .map((name) => `"${name}"`)
        .join(', ')} and 21 more.`;
      expect(report.leftOut).toEqual([
        { place: 'line 2', name: 'A', url: 'https://a.example/', message: 'A source is in at most 20 groups; 2 were left out: "g21", "g22".' },
        { place: 'line 3', url: 'https://b.example/', message: 'A source is in at most 20 groups; 1 was left out: "g21".' },
        { place: 'line 7', url: 'https://gazette.example/rss', message: `A source is in at most 20 groups; ${last}` },
      ]);
      for (const id of ['a', 'b-example', 'gazette']) expect((await sources.find(id))?.groups).toEqual(names(1, 20));
    });

    it('says nothing of those of a source that keeps its own', async () => {
      const { importSources } = setUp(new FakeSources(exampleSource({ groups: ['Mine'] })));
      const report = await importSources.execute({ sources: [{ url: exampleSource().url, groups: names(1, 30) }] });
      expect(report).toMatchObject({ alreadyThere: 1, grouped: 0, leftOut: [] });
    });
  });

  it('gives sources with the same name an id each, and reports progress', async () => {
    const { sources, importSources } = setUp();
    const progress: number[][] = [];
    const list = Array.from({ length: 600 }, (_, index) => ({ url: `https://${index}.example/`, name: 'Gazette' }));
    expect(await importSources.execute({ sources: list }, { onProgress: (...far) => progress.push(far) })).toMatchObject({ added: 600 });
    expect(new Set((await sources.list()).map(({ id }) => id)).size).toBe(601);
    expect(progress).toEqual([
      [500, 600],
      [600, 600],
    ]);
  });

  it('reads existing sources once, however long the list is', async () => {
    const { sources, importSources } = setUp();
    const [list, add] = [jest.spyOn(sources, 'list'), jest.spyOn(sources, 'addAll')];
    await importSources.execute({ sources: Array.from({ length: 1_000 }, (_, index) => ({ url: `https://${index}.example/` })) });
    expect([list.mock.calls.length, add.mock.calls.length]).toEqual([1, 2]);
  });

  it('chooses another id if one was taken meanwhile, and passes on what could not be read', async () => {
    const { sources, importSources } = setUp();
    jest.spyOn(sources, 'list').mockResolvedValueOnce([]);
    const unread = [{ place: 'line 9', url: '', message: 'The list breaks off here.' }];
    const report = await importSources.execute({ sources: [{ url: 'https://a.example/', name: 'Gazette' }, { url: 'https://gazette.example/rss' }], unread });
    expect(report).toEqual({ added: 1, alreadyThere: 1, grouped: 0, refused: unread, leftOut: [] });
    expect((await sources.find('gazette-2'))?.url).toBe('https://a.example/');
  });
});

it('a source stored before there were groups is in the group of its field', () => {
  const old = { ...exampleSource(), field: 'world' };
  expect(readSource(JSON.stringify(old))).toEqual(exampleSource({ groups: ['world'] }));
  expect(readSource(JSON.stringify(exampleSource({ groups: ['News'] })))).toEqual(exampleSource({ groups: ['News'] }));
});

it('RemoveSource and PollSourceNow report whether the source existed', async () => {
  const sources = new FakeSources(exampleSource({ health: { ...exampleSource().health, nextPollAt: 9_999 } }));
  const pollNow = new PollSourceNow({ sources, clock });
  const remove = new RemoveSource({ sources });
  expect(await pollNow.execute('gazette')).toBe(true);
  expect((await sources.find('gazette'))?.health.nextPollAt).toBe(5_000);
  expect([await remove.execute('gazette'), await remove.execute('gazette'), await pollNow.execute('gazette')]).toEqual([true, false, false]);
});

describe('PreviewSource', () => {
  const url = 'https://gazette.example/rss';
  const preview = (answers: Record<string, FakeAnswer>, given = url) =>
    new PreviewSource({ fetcher: new FakeFetcher(answers), reader: new FakeReader(), findFeedLinks: fakeFeedLinks, clock, detectLanguage: () => 'en' }).execute(
      given,
    );

  it('shows the first ten items as they would be stored', async () => {
    const items = [
      exampleItem('a', { title: 'A &amp; B - The Gazette', link: '/a?utm_source=x', summary: '<p>More</p>' }),
      ...Array.from({ length: 11 }, (_, n) => exampleItem(`${n}`)),
    ];
    const shown = value(await preview({ [url]: { title: 'The Gazette', language: 'en-GB', homepage: 'https://gazette.example/', items } }));
    expect(shown).toMatchObject({ title: 'The Gazette', format: 'rss', language: 'en', homepage: 'https://gazette.example/', itemCount: 12 });
    expect(shown.items).toHaveLength(10);
    expect(shown.items[0]).toEqual({ title: 'A & B', url: 'https://gazette.example/a', summary: 'More' });
  });

  it('names a feed without a title by its host and detects its language', async () => {
    expect(value(await preview({ [url]: {} }))).toMatchObject({ title: 'gazette.example', language: 'en', items: [] });
  });

  it.each<[string, FakeAnswer, string]>([
    ['an unreachable one', err({ code: 'dns', message: 'No such host.' }), 'dns'],
    ['a document that is no feed', ok({ ...documentOf(url, {}), kind: 'document', body: new Uint8Array(), url, httpStatus: 200 }), 'not-a-feed'],
    ['a strange 304', ok({ kind: 'not-modified' }), 'not-modified'],
  ])('reports the reason: %s', async (_what, answer, code) => {
    expect(await preview({ [url]: answer })).toMatchObject({ ok: false, error: { field: 'url', code } });
  });

  it('uses the given User-Agent', async () => {
    const fetcher = new FakeFetcher({ [url]: {} });
    const preview = new PreviewSource({ fetcher, reader: new FakeReader(), findFeedLinks: fakeFeedLinks, clock, detectLanguage: () => 'en' });
    await preview.execute(url, { userAgent: ' Example/1.0 ' });
    expect(fetcher.requests).toEqual([{ url, userAgent: 'Example/1.0' }]);
    expect(await preview.execute(url, { userAgent: 'ä' })).toMatchObject({ ok: false, error: { field: 'userAgent', code: 'invalid' } });
  });

  it('refuses an invalid address', async () => expect(await preview({}, 'https://')).toMatchObject({ ok: false, error: { code: 'invalid' } }));
});
