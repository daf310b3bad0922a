import { HOUR } from '@barometer/kernel';
import { storiesSchema, storyDetailSchema } from '../contract';
import { fakeDependencies } from '../testing/fake-dependencies';
import { article, NOW, sentiment } from '../testing/fake-store';
import { problemOf, testApi } from '../testing/test-api';

const first = 'c'.repeat(26);
const told = [
  article('c', { title: 'Ferry sinks off Zanzibar', state: 'scored', sentiment: sentiment(-0.8), storyId: first, publisher: 'Daily' }, NOW - 3 * HOUR),
  article('d', { title: 'Zanzibar ferry sinks in storm', state: 'scored', sentiment: sentiment(-0.4), storyId: first, publisher: 'Herald' }, NOW - 2 * HOUR),
  article('e', { state: 'scored', sentiment: sentiment(0.4), storyId: 'e'.repeat(26) }),
  article('f'),
];

async function api() {
  const { deps, store } = fakeDependencies();
  store.all = [...told];
  return testApi(deps);
}

describe('stories', () => {
  it('lists what several publishers report', async () => {
    const { ask } = await api();
    const stories = storiesSchema.parse((await ask('GET', '/api/v1/stories?order=weight')).json());
    expect(stories).toMatchObject({
      articles: 3,
      sample: false,
      stories: [
        {
          id: first,
          articles: 2,
          publishers: 2,
          tone: -0.6,
          weight: -0.4,
          firstAt: '2026-11-23T07:20:00.000Z',
          lastAt: '2026-11-23T08:20:00.000Z',
          voices: [
            { name: 'Daily', articles: 1, tone: -0.8 },
            { name: 'Herald', articles: 1, tone: -0.4 },
          ],
        },
      ],
    });
    expect((await ask('GET', '/api/v1/stories?topic=nothing')).statusCode).toBe(404);
  });

  it('rounds weights to millionths', async () => {
    const { deps, store } = fakeDependencies();
    const others = ['g', 'h', 'i', 'j'].map((letter) => article(letter, { state: 'scored', sentiment: sentiment(0.1), storyId: letter.repeat(26) }));
    store.all = [...told, ...others];
    const { ask } = await testApi(deps);
    expect(storiesSchema.parse((await ask('GET', '/api/v1/stories?order=weight')).json()).stories[0]?.weight).toBe(-0.171429);
  });

  it('opens one by its id, or by the id of any of its articles', async () => {
    const { ask } = await api();
    for (const id of [first, 'd'.repeat(26)]) {
      const story = storyDetailSchema.parse((await ask('GET', `/api/v1/stories/${id}`)).json());
      expect(story).toMatchObject({
        id: first,
        articles: 2,
        members: [
          { id: 'd'.repeat(26), storyId: first },
          { id: first, storyId: first },
        ],
      });
    }
  });

  it('answers that there is none for an unknown article and for a pending one', async () => {
    const { ask } = await api();
    for (const id of ['z'.repeat(26), 'f'.repeat(26)]) {
      const response = await ask('GET', `/api/v1/stories/${id}`);
      expect([response.statusCode, problemOf(response).detail]).toEqual([404, expect.stringMatching(/There is no story .*no score yet/)]);
    }
    expect((await ask('GET', '/api/v1/stories/x')).statusCode).toBe(400);
    for (const query of ['limit=51', 'limit=0', 'order=colour', 'period=91d']) expect((await ask('GET', `/api/v1/stories?${query}`)).statusCode).toBe(400);
  });

  it('answers 304 while nothing has changed', async () => {
    const { ask } = await api();
    const { headers } = await ask('GET', '/api/v1/stories');
    expect((await ask('GET', '/api/v1/stories', { headers: { 'if-none-match': String(headers.etag) } })).statusCode).toBe(304);
  });

  it('calls a source by its name where its feed names no publisher, and reads the names when something has changed', async () => {
    const { deps, store } = fakeDependencies();
    store.all = told.map(({ publisher: _, ...one }) => one);
    const list = jest.spyOn(deps.sources.list, 'execute');
    const { ask } = await testApi(deps);
    const names = async (path: string) => (await ask('GET', path)).json<{ voices: { name: string }[] }>().voices.map(({ name }) => name);
    const [found] = storiesSchema.parse((await ask('GET', '/api/v1/stories')).json()).stories;
    expect(found?.voices).toMatchObject([{ name: 'The daily', sourceId: 'daily', articles: 2 }]);
    expect(await names(`/api/v1/stories/${first}`)).toEqual(['The daily']);
    expect(list).toHaveBeenCalledTimes(1);
    store.touch();
    await names(`/api/v1/stories/${first}`);
    expect(list).toHaveBeenCalledTimes(2);
    await ask('DELETE', '/api/v1/sources/daily');
    expect(await names(`/api/v1/stories/${first}`)).toEqual(['daily']);
  });

  it('reads no names where every feed names its publisher', async () => {
    const { deps, store } = fakeDependencies();
    store.all = [...told];
    const list = jest.spyOn(deps.sources.list, 'execute');
    await (await testApi(deps)).ask('GET', '/api/v1/stories');
    expect(list).not.toHaveBeenCalled();
  });
});
