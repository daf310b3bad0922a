import { articlePageSchema, articleSchema } from '../contract';
import { fakeDependencies } from '../testing/fake-dependencies';
import { article, NOW, sentiment } from '../testing/fake-store';
import { problemOf, testApi } from '../testing/test-api';

const list = '/api/v1/articles';

describe('articles', () => {
  it('lists them newest first, page by page', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const first = articlePageSchema.parse((await ask('GET', `${list}?limit=3`)).json());
    const second = articlePageSchema.parse((await ask('GET', `${list}?limit=3&cursor=${first.cursor}`)).json());
    expect(first.items.map(({ id }) => id[0])).toEqual(['d', 'c', 'a']);
    expect(second.items.map(({ id }) => id[0])).toEqual(['b']);
    expect(second.cursor).toBeUndefined();
    expect(first.searchedTo).toBe('2026-11-23T09:20:00.000Z');
  });

  it.each([
    ['label=negative', ['a']],
    ['state=failed', ['d']],
    ['topic=energy', ['a']],
    ['source=odd', []],
    ['q=Title%20C', ['c']],
    ['q=', ['d', 'c', 'a', 'b']],
    ['to=2026-11-23T09:00:00Z', ['b']],
    ['period=1h', []],
    ['period=2h', ['d', 'c', 'a']],
  ])('filters by %s', async (query, ids) => {
    const { ask } = await testApi(fakeDependencies().deps);
    const page = articlePageSchema.parse((await ask('GET', `${list}?${query}`)).json());
    expect(page.items.map(({ id }) => id[0])).toEqual(ids);
  });

  it.each([
    ['cursor=nonsense', 'cursor'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=ten', 'limit'],
    ['label=angry', 'label'],
    ['state=x', 'state'],
    [`q=${'x'.repeat(201)}`, 'q'],
    ['page=2', 'page'],
  ])('refuses %s', async (query, field) => {
    const { ask } = await testApi(fakeDependencies().deps);
    const response = await ask('GET', `${list}?${query}`);
    expect(response.statusCode).toBe(400);
    expect(problemOf(response).errors?.[0]?.field).toBe(field);
  });

  it('shows one with its journey', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const one = articleSchema.parse((await ask('GET', `${list}/${'a'.repeat(26)}`)).json());
    expect(one).toMatchObject({ state: 'scored', sentiment: { tone: -0.8 }, journey: { storedAt: '2026-11-23T09:20:00.002Z', dated: true } });
    expect(problemOf(await ask('GET', `${list}/${'z'.repeat(26)}`)).status).toBe(404);
    expect(problemOf(await ask('GET', `${list}/short`)).errors?.[0]?.field).toBe('id');
  });

  it('scores a failed one again on request, and no other', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect((await ask('POST', `${list}/${'d'.repeat(26)}/redrive`)).json()).toEqual({ redriven: 1 });
    expect(problemOf(await ask('POST', `${list}/${'a'.repeat(26)}/redrive`)).status).toBe(409);
    expect(problemOf(await ask('POST', `${list}/${'z'.repeat(26)}/redrive`)).status).toBe(404);
  });

  it('answers 304 until something changes', async () => {
    const { deps, store } = fakeDependencies();
    const { ask } = await testApi(deps);
    const first = await ask('GET', `${list}?limit=2`);
    const etag = String(first.headers.etag);
    expect((await ask('GET', `${list}?limit=2`, { headers: { 'if-none-match': `"x", ${etag}` } })).statusCode).toBe(304);
    expect((await ask('GET', `${list}?limit=3`, { headers: { 'if-none-match': etag } })).statusCode).toBe(200);
    store.touch();
    expect((await ask('GET', `${list}?limit=2`, { headers: { 'if-none-match': etag } })).statusCode).toBe(200);
  });

  it('survives unusual Unicode in stored articles', async () => {
    const { deps, store } = fakeDependencies();
    store.all = [article('e', { title: '\ud800 half a pair \u0000', state: 'scored', sentiment: sentiment(0) }, NOW)];
    const { ask } = await testApi(deps);
    expect((await ask('GET', list)).statusCode).toBe(200);
  });
});
