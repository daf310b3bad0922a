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
  it('lists what several tell', async () => {
    const { ask } = await api();
    const stories = storiesSchema.parse((await ask('GET', '/api/v1/stories?order=weight')).json());
    expect(stories).toMatchObject({
      articles: 3, sample: false,
      stories: [{
        id: first, articles: 2, publishers: 2, tone: -0.6, weight: -0.4, firstAt: '2026-11-23T07:20:00.000Z', lastAt: '2026-11-23T08:20:00.000Z',
        voices: [{ name: 'Daily', articles: 1, tone: -0.8 }, { name: 'Herald', articles: 1, tone: -0.4 }],
      }],
    });
    expect(storiesSchema.parse((await ask('GET', '/api/v1/stories?topic=nothing')).json())).toMatchObject({ topic: 'nothing', stories: [], articles: 0 });
  });

  it('opens one by its id, or by that of any of its articles', async () => {
    const { ask } = await api();
    for (const id of [first, 'd'.repeat(26)]) {
      const story = storyDetailSchema.parse((await ask('GET', `/api/v1/stories/${id}`)).json());
      expect(story).toMatchObject({ id: first, articles: 2, members: [{ id: 'd'.repeat(26), storyId: first }, { id: first, storyId: first }] });
    }
  });

  it('says that there is none, for what is unknown and for what waits for a score', async () => {
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
});
