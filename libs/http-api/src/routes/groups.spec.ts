import { fakeDependencies, source } from '../testing/fake-dependencies';
import { problemOf, testApi } from '../testing/test-api';

/** In the fake store `daily` lists all articles and is in News/World. */
async function get(path: string, { deps } = fakeDependencies()) {
  const { app, ask } = await testApi(deps);
  const answer = await ask('GET', path);
  await app.close();
  return answer;
}

const read = async (path: string) => (await get(path)).json();

describe('groups', () => {
  it.each(['mood', 'timeline', 'breakdown?by=topic&', 'breakdown?by=source&', 'drivers', 'stories', 'marks'])(
    '%s covers a group and those below it',
    async (path) => {
      const [route = '', query = ''] = path.split('?');
      const inGroup = await read(`/api/v1/${route}?${query}group=news&period=7d`);
      expect(inGroup.group).toBe('news');
      const all = await read(`/api/v1/${route}?${query}source=daily&period=7d`);
      const { group: _group, ...figures } = inGroup;
      const { source: _source, ...same } = all;
      if (route !== 'breakdown') expect(figures).toEqual(same);
    },
  );

  it('are shown side by side', async () => {
    expect(await read('/api/v1/breakdown?by=group&period=7d')).toMatchObject({ by: 'group', left: 0, rows: [{ id: 'News', name: 'News', volume: 2 }] });
    expect((await read('/api/v1/breakdown?by=source&group=News/World&period=7d')).rows.map(({ id }: { id: string }) => id)).toEqual(['daily']);
  });

  it('list their articles, also as feeds, cards and badges', async () => {
    expect((await read('/api/v1/articles?group=News')).items).toHaveLength(4);
    expect(JSON.parse((await get('/feeds/articles.json?group=News/World')).body)).toMatchObject({
      title: 'Barometer · articles · group News/World',
      entries: [{}, {}],
    });
    const card = await get('/feeds/mood.html?group=News');
    expect([card.statusCode, card.body.includes('News'), card.body.includes('?group=News')]).toEqual([200, true, true]);
  });

  it.each([
    '/api/v1/mood',
    '/api/v1/timeline',
    '/api/v1/breakdown?by=topic',
    '/api/v1/drivers',
    '/api/v1/stories',
    '/api/v1/articles',
    '/feeds/articles.atom',
    '/feeds/mood.svg',
  ])('without a source are not found: %s', async (path) => {
    expect(problemOf(await get(`${path}${path.includes('?') ? '&' : '?'}group=Sport`))).toMatchObject({
      status: 404,
      detail: 'There is no group Sport.',
      errors: [{ field: 'group' }],
    });
  });

  it.each([
    ['/api/v1/mood?group=News&source=daily', 'group', 'cannot stand beside source'],
    ['/api/v1/mood?group=', 'group', 'must not be empty'],
    ['/api/v1/articles?group=a/b/c/d/e', 'group', 'must have at most 4 levels'],
    ['/api/v1/digests/preview?group=News&source=daily', 'group', 'cannot stand beside source'],
  ])('%s is refused', async (path, field, message) => {
    expect(problemOf(await get(path))).toMatchObject({ status: 400, errors: [{ field, message }] });
  });

  it('with more sources than one answer can read are refused', async () => {
    const many = Array.from({ length: 301 }, (_, index) => source(`s${index}`, { groups: ['All'] }));
    const fake = fakeDependencies();
    Object.assign(fake.deps.sources, { list: { execute: async () => many } });
    expect(problemOf(await get('/api/v1/mood?group=All', fake))).toMatchObject({
      status: 400,
      errors: [{ field: 'group', message: 'has 301 sources; figures are told of groups of at most 300' }],
    });
  });

  it('follow a change of their sources at once', async () => {
    const { deps, store } = fakeDependencies();
    const { app, ask } = await testApi(deps);
    const volume = async () => (await ask('GET', '/api/v1/mood?group=Sport&period=7d')).json().volume;
    expect(await volume()).toBeUndefined();
    const changed = await ask('POST', '/api/v1/sources/changes', { payload: { action: 'move', ids: ['daily', 'nobody'], group: 'Sport' } });
    expect(changed.json()).toEqual({ changed: ['daily'], unknown: ['nobody'], refused: [] });
    store.touch();
    expect(await volume()).toBe(2);
    expect((await ask('GET', '/api/v1/sources/daily')).json().groups).toEqual(['Sport']);
    await app.close();
  });

  it.each([
    [{ action: 'pause', ids: [] }, 'ids', 'must name at least one source'],
    [{ action: 'pause', ids: Array.from({ length: 501 }, (_, index) => `s${index}`) }, 'ids', 'must name at most 500 sources'],
    [{ action: 'pause', ids: ['a b'] }, 'ids[0]', 'must be an id: letters, digits, dots, dashes'],
    [{ action: 'move', ids: ['daily'] }, 'group', 'is missing'],
    [{ action: 'move', ids: ['daily'], group: 'a\u202eb' }, 'group', 'must have no control characters, and none that hide or turn text'],
    [{ action: 'explode', ids: ['daily'] }, 'action', expect.any(String)],
    [{ action: 'pause', ids: ['daily'], group: 'News' }, expect.any(String), expect.any(String)],
  ])('a change of many like %j is refused', async (payload, field, message) => {
    const { app, ask } = await testApi(fakeDependencies().deps);
    expect(problemOf(await ask('POST', '/api/v1/sources/changes', { payload }))).toMatchObject({ status: 400, errors: [{ field, message }] });
    await app.close();
  });
});
