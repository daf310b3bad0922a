import { topicListSchema, topicPreviewSchema, topicSchema } from '../contract';
import { fakeDependencies, readModels } from '../testing/fake-dependencies';
import { article, FakeReportStore, FakeTopicStore, sentiment, topic } from '../testing/fake-store';
import { problemOf, testApi } from '../testing/test-api';

const topics = '/api/v1/topics';

describe('topics', () => {
  it('adds, shows, changes and removes one', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const added = await ask('POST', topics, { payload: { name: 'Space flight', anyOf: ['rocket', 'orbit'] } });
    expect([added.statusCode, added.headers.location]).toEqual([201, '/api/v1/topics/space-flight']);
    expect(topicSchema.parse(added.json())).toMatchObject({ version: 1, backfilling: true, allOf: [], noneOf: [] });
    const changed = await ask('PUT', `${topics}/space-flight`, { payload: { name: 'Space', anyOf: ['rocket'], noneOf: ['salad'] } });
    expect(topicSchema.parse(changed.json())).toMatchObject({ name: 'Space', version: 2, noneOf: ['salad'] });
    const list = topicListSchema.parse((await ask('GET', topics)).json());
    expect(list.items.map(({ name }) => name)).toEqual(['Energy', 'Space']);
    expect((await ask('DELETE', `${topics}/space-flight`)).statusCode).toBe(204);
    for (const [method, options] of [
      ['GET', {}],
      ['DELETE', {}],
      ['PUT', { payload: { name: 'x', anyOf: ['y'] } }],
    ] as const) {
      expect(problemOf(await ask(method, `${topics}/space-flight`, options)).status).toBe(404);
    }
  });

  it.each([
    [{ name: 'Empty' }, 'anyOf'],
    [{ name: '', anyOf: ['x'] }, 'name'],
    [{ name: 'x', anyOf: ['ok', ''] }, 'anyOf[1]'],
    [{ name: 'x', anyOf: ['!!'] }, 'anyOf'],
    [{ anyOf: ['x'] }, 'name'],
    [{ name: 'x', anyOf: 'x' }, 'anyOf'],
    [{ name: 'x', anyOf: ['x'], id: 'mine' }, 'id'],
  ])('refuses %j', async (payload, field) => {
    const { ask } = await testApi(fakeDependencies().deps);
    const response = await ask('POST', topics, { payload });
    expect([response.statusCode, problemOf(response).errors?.[0]?.field]).toEqual([400, field]);
  });

  it('previews what would match', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const preview = topicPreviewSchema.parse((await ask('POST', `${topics}/preview`, { payload: { anyOf: ['title b', 'title c'] } })).json());
    expect(preview).toMatchObject({ matched: 2, searched: 4, sample: false });
    expect(preview.examples.map(({ id }) => id[0])).toEqual(['c', 'b']);
    expect(problemOf(await ask('POST', `${topics}/preview`, { payload: {} })).errors?.[0]?.field).toBe('anyOf');
  });
});

describe('the sample', () => {
  const withSample = () => {
    const fakes = fakeDependencies();
    const sample = new FakeReportStore([article('s', { state: 'scored', sentiment: sentiment(0.5), topicIds: ['space'] })]);
    fakes.store.all = [article('c')];
    const deps = { ...fakes.deps, sample: readModels(sample, new FakeTopicStore(new Map([['space', topic('space', ['x'])]])), fakes.clock) };
    return { ...fakes, deps };
  };

  it('answers while nothing real is scored, and is marked as the sample', async () => {
    const { deps } = withSample();
    const { ask } = await testApi(deps);
    for (const path of ['mood', 'timeline', 'breakdown?by=topic', 'articles', 'topics', 'status', 'capabilities']) {
      expect([path, (await ask('GET', `/api/v1/${path}`)).json().sample]).toEqual([path, true]);
    }
    expect((await ask('GET', '/api/v1/mood')).json().volume).toBe(1);
    expect((await ask('GET', '/api/v1/status')).json().counts).toEqual({ pending: 1, scored: 0, failed: 0, skipped: 0 });
  });

  it('shows real topics beside its own, and opens real articles', async () => {
    const { ask } = await testApi(withSample().deps);
    expect((await ask('GET', topics)).json().items.map(({ id }: { id: string }) => id)).toEqual(['energy', 'space']);
    expect((await ask('GET', `/api/v1/articles/${'c'.repeat(26)}`)).statusCode).toBe(200);
    expect((await ask('GET', `/api/v1/articles/${'s'.repeat(26)}`)).statusCode).toBe(200);
  });

  it('gives way to the first real score, with another ETag', async () => {
    const { deps, store } = withSample();
    const { ask } = await testApi(deps);
    const etag = String((await ask('GET', '/api/v1/mood')).headers.etag);
    store.all.push(article('a', { state: 'scored', sentiment: sentiment(-0.5) }));
    const after = await ask('GET', '/api/v1/mood', { headers: { 'if-none-match': etag } });
    expect([after.statusCode, after.json().sample, after.json().tone]).toEqual([200, false, -0.5]);
  });
});
