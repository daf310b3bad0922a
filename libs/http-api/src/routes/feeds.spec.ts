import { fakeDependencies, READ_KEY } from '../testing/fake-dependencies';
import { article, NOW, sentiment } from '../testing/fake-store';
import { problemOf, testApi } from '../testing/test-api';

const elsewhere = { loopback: false };
const FEED_KEY = 'bm_feed0000_secret';
const entriesOf = (body: string) => (JSON.parse(body) as { entries: { id: string; title: string; url: string; html: string; categories: string[] }[] }).entries;

describe('feeds out', () => {
  it.each([
    ['atom', 'application/atom+xml; charset=utf-8'],
    ['json', 'application/feed+json; charset=utf-8'],
  ])('offers what was scored as %s', async (format, type) => {
    const { ask } = await testApi(fakeDependencies().deps);
    const response = await ask('GET', `/feeds/articles.${format}?label=negative`);
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, type]);
    expect(JSON.parse(response.body)).toMatchObject({
      format,
      title: 'Barometer · articles · label negative',
      selfUrl: `http://127.0.0.1:4600/feeds/articles.${format}?label=negative`,
      pageUrl: 'http://127.0.0.1:4600/?label=negative',
    });
    expect(entriesOf(response.body)).toMatchObject([
      { title: 'Title a of the day', categories: ['negative', 'energy'], html: expect.stringContaining('negative, tone −0.80') },
    ]);
  });

  it('gives an article the same id at every address, and shows no markup of a feed', async () => {
    const { deps, store } = fakeDependencies();
    store.all.push(
      article('e', { title: 'Fresh <b>', summary: '<script>alert(1)</script>', publisher: 'Us', url: '', state: 'scored', sentiment: sentiment(0.9) }),
    );
    const { ask } = await testApi(deps);
    const [here, there] = await Promise.all(
      ['127.0.0.1:4600', 'localhost:80'].map((host) => ask('GET', '/feeds/articles.json?tone=0.85', { headers: { host } })),
    );
    const [one] = entriesOf(here!.body);
    expect(one).toMatchObject({
      id: expect.stringMatching(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      url: `http://127.0.0.1:4600/?article=${'e'.repeat(26)}`,
      html: expect.stringContaining('&lt;script&gt;'),
    });
    expect(entriesOf(there!.body)[0]?.id).toBe(one?.id);
    expect(there!.headers.etag).not.toBe(here!.headers.etag);
  });

  it('respects the minimum tone', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const tones = async (query: string) => entriesOf((await ask('GET', `/feeds/articles.json?${query}`)).body).length;
    expect([await tones('tone=-1'), await tones('tone=0'), await tones('tone=0.99')]).toEqual([2, 1, 0]);
    expect(await tones('tone=-1&limit=1')).toBe(1);
  });

  it('offers the stories that several publishers report', async () => {
    const { deps, store } = fakeDependencies();
    const told = { state: 'scored' as const, sentiment: sentiment(-0.5), storyId: 'e'.repeat(26) };
    store.all.push(article('e', { ...told, publisher: 'One' }), article('f', { ...told, publisher: 'Two' }));
    const { ask } = await testApi(deps);
    const [story, ...others] = entriesOf((await ask('GET', '/feeds/stories.json')).body);
    expect(others).toEqual([]);
    expect(story).toMatchObject({ html: expect.stringMatching(/^<p>2 articles, mean tone −0.50<\/p><ul><li>One: −0.50<\/li><li>Two: −0.50<\/li><\/ul>$/) });
  });

  it('names topics, sources and publishers', async () => {
    const { deps, store } = fakeDependencies();
    const [source] = await deps.sources.list.execute();
    const told = { state: 'scored' as const, sentiment: sentiment(-0.5), storyId: 'e'.repeat(26), topicIds: ['energy'] };
    store.all.push(article('e', { ...told, sourceIds: [source!.id] }), article('f', { ...told, publisher: 'Two' }));
    const { ask } = await testApi(deps);
    const [articles, stories, ofSource] = await Promise.all(
      ['articles.json?topic=energy', 'stories.json?topic=energy', `articles.json?source=${source!.id}`].map(
        async (path) => JSON.parse((await ask('GET', `/feeds/${path}`)).body) as { title: string; entries: { authors: string[]; html: string }[] },
      ),
    );
    const topic = (await deps.real.topics.execute()).find(({ id }) => id === 'energy')!.name;
    expect([articles!.title, stories!.title, ofSource!.title]).toEqual([
      `Barometer · articles · topic ${topic}`,
      `Barometer · stories · topic ${topic}`,
      `Barometer · articles · source ${source!.name}`,
    ]);
    expect(articles!.entries.map(({ authors }) => authors)).toEqual(expect.arrayContaining([[source!.name], ['Two']]));
    expect(stories!.entries[0]?.html).toContain(`<li>${source!.name}: −0.50</li>`);
    expect(source!.name).not.toBe(source!.id);
  });

  it('answers 304 until something changes', async () => {
    const { deps, store } = fakeDependencies();
    const { ask } = await testApi(deps);
    const headers = { 'if-none-match': String((await ask('GET', '/feeds/articles.atom')).headers.etag) };
    expect((await ask('GET', '/feeds/articles.atom', { headers })).statusCode).toBe(304);
    store.touch();
    expect((await ask('GET', '/feeds/articles.atom', { headers })).statusCode).toBe(200);
  });

  it.each([
    ['tone=2', 'tone'],
    ['tone=x', 'tone'],
    ['label=angry', 'label'],
    ['limit=0', 'limit'],
    ['page=2', 'page'],
  ])('refuses %s', async (query, field) => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect(problemOf(await ask('GET', `/feeds/articles.atom?${query}`)).errors?.[0]?.field).toBe(field);
  });

  describe('where keys are needed', () => {
    async function api() {
      const { deps, roles } = fakeDependencies(elsewhere);
      roles.set(FEED_KEY, { role: 'feed', feed: 'articles?label=positive&tone=0.5' });
      return { roles, ...(await testApi(deps)) };
    }
    const at = (query: string, list = 'articles.atom') => `/feeds/${list}?${query}`;

    it('accept a key for that feed, with its filters in any order and in either format', async () => {
      const { ask } = await api();
      const asked = [at(`key=${FEED_KEY}&tone=0.50&label=positive`), at(`label=positive&tone=0.5&limit=10&key=${FEED_KEY}`, 'articles.json')];
      for (const url of asked) {
        const response = await ask('GET', url);
        expect(response.statusCode).toBe(200);
        expect(response.body).not.toContain(FEED_KEY);
      }
    });

    it('refuse it for any other feed, and for anything else', async () => {
      const { ask } = await api();
      const others = [
        at(`key=${FEED_KEY}`),
        at(`label=positive&key=${FEED_KEY}`),
        at(`label=positive&tone=0.5&topic=energy&key=${FEED_KEY}`),
        at(`label=positive&tone=0.5&key=${FEED_KEY}`, 'stories.atom').replace('&tone=0.5', '').replace('label=positive&', ''),
      ];
      for (const url of others) expect(problemOf(await ask('GET', url)).status).toBe(403);
      const headers = { authorization: `Bearer ${FEED_KEY}` };
      for (const url of ['/api/v1/mood', '/api/v1/articles', '/readyz', at('label=negative')])
        expect(problemOf(await ask('GET', url, { headers })).status).toBe(403);
      expect(problemOf(await ask('POST', '/api/v1/analyze', { headers, payload: { texts: ['x'] } })).status).toBe(403);
      expect((await ask('GET', at('label=positive&tone=0.5'), { headers })).statusCode).toBe(200);
    });

    it('accept a read key in a header, and refuse it in an address', async () => {
      const { ask } = await api();
      expect((await ask('GET', '/feeds/articles.atom', { headers: { authorization: `Bearer ${READ_KEY}` } })).statusCode).toBe(200);
      expect(problemOf(await ask('GET', at(`key=${READ_KEY}`))).detail).toContain('Only a key that is for a feed');
    });

    it('refuse requests without a key, with a wrong or a revoked one, and signing in with the key of a feed', async () => {
      const { ask, roles } = await api();
      expect(problemOf(await ask('POST', '/api/v1/session', { payload: { key: FEED_KEY } })).errors?.[0]?.message).toBe('is for one feed');
      roles.delete(FEED_KEY);
      for (const query of ['', 'key=', 'key=nonsense', `label=positive&tone=0.5&key=${FEED_KEY}`, 'key=a&key=b'])
        expect(problemOf(await ask('GET', at(query))).status).toBe(401);
    });

    it('refuse it in the address of anything but a feed', async () => {
      const { ask } = await api();
      expect(problemOf(await ask('GET', `/api/v1/articles?key=${FEED_KEY}`)).status).toBe(401);
    });
  });

  it('never offers the sample', async () => {
    const { deps } = fakeDependencies();
    const { deps: empty, store } = fakeDependencies();
    store.all.splice(0);
    const { ask } = await testApi({ ...empty, sample: deps.real });
    expect(entriesOf((await ask('GET', '/feeds/articles.atom')).body)).toEqual([]);
    expect(JSON.parse((await ask('GET', '/feeds/articles.atom')).body)).toMatchObject({ updatedAt: NOW - (NOW % 3_600_000) });
  });
});
