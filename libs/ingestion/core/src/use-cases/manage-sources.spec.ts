import { err, ManualClock, ok, type Result } from '@barometer/kernel';
import { documentOf, exampleItem, fakeFeedLinks, FakeFetcher, FakeReader, type FakeAnswer } from '../testing/fake-feeds';
import { exampleSource, FakeSources } from '../testing/fake-sources';
import { AddSource } from './add-source.use-case';
import { ChangeSource } from './change-source.use-case';
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
      id: 'example-org', url: 'https://www.example.org/feed', kind: 'feed', name: 'example.org', intervalMinutes: 15, paused: false, addedAt: 5_000,
      health: { status: 'never', nextPollAt: 5_000 },
    });
  });

  it.each(['/feed.xml', './feed', '../feed', '?feed=rss2'])('does not take the path %s for a host', async (url) => {
    expect(await setUp().execute({ url })).toEqual(err({ field: 'url', code: 'invalid', message: `"${url}" is not a valid address.` }));
  });

  it('takes what is given', async () => {
    const given = { url: 'newsapi:top-headlines?country=us', name: ' Top\nstories ', language: 'en-US', field: 'World', intervalMinutes: 90, homepage: 'https://example.org', userAgent: ' Example/1.0 ' };
    expect(value(await setUp().execute(given))).toMatchObject({
      id: 'top-stories', kind: 'newsapi', name: 'Top stories', language: 'en', field: 'world', intervalMinutes: 90, homepage: 'https://example.org/', userAgent: 'Example/1.0',
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

  it('changes what is given', async () => {
    expect(value(await setUp().execute('gazette', { name: 'New', paused: true, field: undefined }))).toMatchObject({ name: 'New', paused: true, health: { nextPollAt: 999_999 } });
  });

  it('asks under another name at once, and again when that is taken away', async () => {
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
    ['gazette', { intervalMinutes: 0.5 }, { field: 'intervalMinutes' }],
    ['nobody', { name: 'New' }, { code: 'not-found' }],
  ])('refuses %s %j', async (id, change, error) => expect(await setUp().execute(id, change)).toMatchObject({ ok: false, error }));
});

describe('ImportSources', () => {
  const setUp = (sources = new FakeSources(exampleSource())) => ({ sources, importSources: new ImportSources({ sources, clock }) });

  it('adds what it can and says what became of the others', async () => {
    const { sources, importSources } = setUp();
    const report = await importSources.execute({ sources: [
      { url: 'https://a.example/', language: 'unknown' }, { url: 'https://a.example/' }, { url: 'https://gazette.example/rss' },
      { url: 'ftp://b.example/', name: 'B', place: 'line 4' }, { url: '', name: 'Nowhere', place: 'line 5' },
    ] });
    expect(report).toEqual({
      added: 1, alreadyThere: 2, leftOut: [],
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
  ])('takes a feed without its field %j', async (field, message) => {
    const { sources, importSources } = setUp();
    const report = await importSources.execute({ sources: [{ url: 'https://a.example/feed', name: 'A', field: 'world', place: 'line 3', ...field }] });
    expect(report).toEqual({ added: 1, alreadyThere: 0, refused: [], leftOut: [{ place: 'line 3', name: 'A', url: 'https://a.example/feed', message }] });
    expect(await sources.find('a')).toEqual(exampleSource({ id: 'a', name: 'A', url: 'https://a.example/feed', field: 'world', addedAt: 5_000, health: { ...exampleSource().health, nextPollAt: 5_000 } }));
  });

  it.each([
    [{ homepage: 'www.two.example' }, { homepage: 'https://www.two.example/' }],
    [{ homepage: 'two.example:8080/news' }, { homepage: 'https://two.example:8080/news' }],
    [{ kind: 'newsapi' as const }, { kind: 'feed' }],
    [{ name: 'x'.repeat(500) }, { name: expect.stringMatching(/^x{190,199}/) }],
    [{ name: ' <b>Caf&eacute;</b>\u0000\n' }, { name: 'Café' }],
    [{ name: ' ', field: '', language: '' }, { name: 'a.example' }],
  ])('understands %j', async (field, expected) => {
    const { sources, importSources } = setUp();
    expect(await importSources.execute({ sources: [{ url: 'https://a.example/feed', id: 'a', ...field }] })).toMatchObject({ added: 1, leftOut: [] });
    expect(await sources.find('a')).toMatchObject(expected);
  });

  it('gives sources of one name an id each, and says how far it is', async () => {
    const { sources, importSources } = setUp();
    const progress: number[][] = [];
    const list = Array.from({ length: 600 }, (_, index) => ({ url: `https://${index}.example/`, name: 'Gazette' }));
    expect(await importSources.execute({ sources: list }, { onProgress: (...far) => progress.push(far) })).toMatchObject({ added: 600 });
    expect(new Set((await sources.list()).map(({ id }) => id)).size).toBe(601);
    expect(progress).toEqual([[500, 600], [600, 600]]);
  });

  it('reads what is there once, however long the list is', async () => {
    const { sources, importSources } = setUp();
    const [list, add] = [jest.spyOn(sources, 'list'), jest.spyOn(sources, 'addAll')];
    await importSources.execute({ sources: Array.from({ length: 1_000 }, (_, index) => ({ url: `https://${index}.example/` })) });
    expect([list.mock.calls.length, add.mock.calls.length]).toEqual([1, 2]);
  });

  it('gives one another id whose own was taken meanwhile, and passes on what could not be read', async () => {
    const { sources, importSources } = setUp();
    jest.spyOn(sources, 'list').mockResolvedValueOnce([]);
    const unread = [{ place: 'line 9', url: '', message: 'The list breaks off here.' }];
    const report = await importSources.execute({ sources: [{ url: 'https://a.example/', name: 'Gazette' }, { url: 'https://gazette.example/rss' }], unread });
    expect(report).toEqual({ added: 1, alreadyThere: 1, refused: unread, leftOut: [] });
    expect((await sources.find('gazette-2'))?.url).toBe('https://a.example/');
  });
});

it('RemoveSource and PollSourceNow say whether there was one', async () => {
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
    new PreviewSource({ fetcher: new FakeFetcher(answers), reader: new FakeReader(), findFeedLinks: fakeFeedLinks, clock, detectLanguage: () => 'en' }).execute(given);

  it('shows the first ten items as they would be stored', async () => {
    const items = [exampleItem('a', { title: 'A &amp; B - The Gazette', link: '/a?utm_source=x', summary: '<p>More</p>' }), ...Array.from({ length: 11 }, (_, n) => exampleItem(`${n}`))];
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
  ])('says why: %s', async (_what, answer, code) => {
    expect(await preview({ [url]: answer })).toMatchObject({ ok: false, error: { field: 'url', code } });
  });

  it('asks under the name that it is told', async () => {
    const fetcher = new FakeFetcher({ [url]: {} });
    const preview = new PreviewSource({ fetcher, reader: new FakeReader(), findFeedLinks: fakeFeedLinks, clock, detectLanguage: () => 'en' });
    await preview.execute(url, { userAgent: ' Example/1.0 ' });
    expect(fetcher.requests).toEqual([{ url, userAgent: 'Example/1.0' }]);
    expect(await preview.execute(url, { userAgent: 'ä' })).toMatchObject({ ok: false, error: { field: 'userAgent', code: 'invalid' } });
  });

  it('refuses an address that is none', async () => expect(await preview({}, 'https://')).toMatchObject({ ok: false, error: { code: 'invalid' } }));
});
