import { DAY } from '@barometer/kernel';
import { fakeDependencies } from './testing/fake-dependencies';
import { article, sentiment } from './testing/fake-store';
import { problemOf, testApi } from './testing/test-api';

const api = (path: string) => `/api/v1${path}`;
const routes = [
  api('/mood'),
  api('/timeline'),
  api('/breakdown?by=source'),
  api('/drivers'),
  api('/stories'),
  api('/articles'),
  api('/marks'),
  api('/digests/preview.html'),
  '/feeds/articles.atom',
  '/feeds/stories.json',
  '/feeds/mood.svg',
  '/feeds/mood.html',
];
const withScope = (path: string, scope: string) => `${path}${path.includes('?') ? '&' : '?'}${scope}`;

describe('a scope that does not exist', () => {
  it.each(routes)('is not found by %s', async (path) => {
    const { ask } = await testApi(fakeDependencies().deps);
    for (const [field, id] of [
      ['topic', 'nope'],
      ['source', 'nope'],
    ] as const) {
      expect(problemOf(await ask('GET', withScope(path, `${field}=${id}`)))).toMatchObject({
        status: 404,
        detail: `There is no ${field} nope.`,
        errors: [{ field }],
      });
    }
    expect((await ask('GET', withScope(path, 'topic=energy&source=odd'))).statusCode).toBe(200);
  });

  it("leaves it to the page to say so in the page's own views", async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect((await ask('GET', '/?topic=nope')).headers['content-type']).not.toContain('mood');
    expect((await ask('GET', api('/status'))).statusCode).toBe(200);
  });

  it('is a removed topic, and a removed source once nothing of it is kept', async () => {
    const { deps, store } = fakeDependencies();
    const { ask } = await testApi(deps);
    const status = async (scope: string) => (await ask('GET', api(`/mood?${scope}`))).statusCode;
    expect([await status('topic=energy'), await status('source=daily')]).toEqual([200, 200]);
    await ask('DELETE', api('/topics/energy'));
    await ask('DELETE', api('/sources/daily'));
    expect([await status('topic=energy'), await status('source=daily')]).toEqual([404, 200]);
    store.all = [];
    await ask('DELETE', api('/sources/odd'));
    expect(await status('source=daily')).toBe(404);
  });

  it('is known by counts that outlived its articles', async () => {
    const { deps, store } = fakeDependencies({ retention: { articles: DAY, rollups: 90 * DAY } });
    store.all = [article('a', { state: 'scored', sentiment: sentiment(0.4), sourceIds: ['gone'] })];
    deps.real.articles.execute = async () => ({ ok: true, value: { items: [], searchedTo: 0 } });
    const { ask } = await testApi(deps);
    expect([(await ask('GET', api('/mood?source=gone'))).statusCode, (await ask('GET', api('/mood?source=never'))).statusCode]).toEqual([200, 404]);
  });

  it('is known as soon as it is added, and checked once a minute', async () => {
    const { deps, clock } = fakeDependencies();
    const list = jest.spyOn(deps.real.topics, 'execute');
    const { ask } = await testApi(deps);
    const status = async () => (await ask('GET', api('/mood?topic=rail'))).statusCode;
    expect([await status(), await status(), list.mock.calls.length]).toEqual([404, 404, 1]);
    await ask('POST', api('/topics'), { payload: { name: 'Rail', anyOf: ['train'] } });
    expect([await status(), await status(), list.mock.calls.length]).toEqual([200, 200, 2]);
    clock.advance(61_000);
    expect([await status(), list.mock.calls.length]).toEqual([200, 3]);
  });

  it('shares one list of sources with groups and names, read once as long as nothing changes', async () => {
    const { deps, store, clock } = fakeDependencies();
    const list = jest.spyOn(deps.sources.list, 'execute');
    const { ask } = await testApi(deps);
    for (const path of ['/mood?source=daily', '/mood?group=News', '/stories?source=odd', '/articles?source=daily']) await ask('GET', api(path));
    await ask('GET', '/feeds/mood.svg?source=odd');
    expect(list).toHaveBeenCalledTimes(1);
    clock.advance(61_000);
    await ask('GET', api('/mood?source=daily'));
    expect(list).toHaveBeenCalledTimes(1);
    store.touch();
    clock.advance(61_000);
    await ask('GET', api('/mood?source=daily'));
    expect(list).toHaveBeenCalledTimes(2);
  });
});
