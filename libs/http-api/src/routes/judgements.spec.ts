import { articleSchema, judgementPageSchema, statusSchema } from '../contract';
import { fakeDependencies, READ_KEY, WRITE_KEY } from '../testing/fake-dependencies';
import { article } from '../testing/fake-store';
import { problemOf, testApi } from '../testing/test-api';

const path = (letter: string) => `/api/v1/articles/${letter.repeat(26)}/judgement`;
const says = (label: unknown) => ({ payload: JSON.stringify({ label }), headers: { 'content-type': 'application/json' } });

describe('judgements', () => {
  it("count at once, beside the model's score, and can be withdrawn", async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const judged = articleSchema.parse((await ask('PUT', path('a'), says('positive'))).json());
    expect(judged).toMatchObject({
      judgement: { label: 'positive', at: '2026-11-23T10:20:00.000Z' },
      sentiment: { label: 'positive', tone: 0.62 },
      modelSentiment: { tone: -0.8 },
    });
    expect(articleSchema.parse((await ask('GET', `/api/v1/articles/${'a'.repeat(26)}`)).json())).toEqual(judged);
    const back = articleSchema.parse((await ask('DELETE', path('a'))).json());
    expect([back.judgement, back.modelSentiment, back.sentiment?.tone]).toEqual([undefined, undefined, -0.8]);
    expect((await ask('DELETE', path('a'))).statusCode).toBe(200);
  });

  it('are listed, and counted with how often the model agrees', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const agreement = async () => statusSchema.parse((await ask('GET', '/api/v1/status')).json()).judgements;
    expect(await agreement()).toEqual({ judged: 0, agreed: 0, agreement: null });
    expect((await ask('GET', '/api/v1/judgements')).json()).toEqual({ items: [] });
    for (const [letter, label] of [
      ['a', 'negative'],
      ['b', 'neutral'],
    ])
      await ask('PUT', path(letter!), says(label));
    const page = judgementPageSchema.parse((await ask('GET', '/api/v1/judgements')).json());
    expect(page.items.map(({ id, judgement }) => [id[0], judgement?.label])).toEqual([
      ['a', 'negative'],
      ['b', 'neutral'],
    ]);
    expect(await agreement()).toEqual({ judged: 2, agreed: 1, agreement: 0.5 });
  });

  it('are refused without a score, for an unknown article and for an unknown label', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect(problemOf(await ask('PUT', path('c'), says('neutral')))).toMatchObject({
      status: 409,
      detail: 'Only an article that has a score can be judged: the article still waits for its score.',
    });
    for (const method of ['PUT', 'DELETE'] as const) expect(problemOf(await ask(method, path('z'), method === 'PUT' ? says('neutral') : {})).status).toBe(404);
    for (const label of ['angry', undefined, 1]) expect(problemOf(await ask('PUT', path('a'), says(label))).errors?.[0]?.field).toBe('label');
    expect(problemOf(await ask('GET', '/api/v1/judgements?cursor=nonsense')).errors?.[0]?.field).toBe('cursor');
    expect(problemOf(await ask('GET', '/api/v1/judgements?limit=101')).errors?.[0]?.field).toBe('limit');
  });

  it('make an article count that was skipped for its language, until they are withdrawn', async () => {
    const fake = fakeDependencies();
    const skipped = article('e', { title: 'Sánchez disaster', state: 'skipped', reason: 'language' });
    fake.store.all = [...fake.store.all, skipped, article('f', { state: 'skipped', reason: 'too-short' })];
    const { ask } = await testApi(fake.deps);
    const counts = articleSchema.parse((await ask('PUT', path('e'), says('negative'))).json());
    expect(counts).not.toHaveProperty('reason');
    expect(articleSchema.parse((await ask('GET', `/api/v1/articles/${'e'.repeat(26)}`)).json())).toEqual(counts);
    expect(counts).toMatchObject({
      state: 'scored',
      judgement: { label: 'negative' },
      sentiment: { tone: -0.82 },
      modelSentiment: { tone: -0.9 },
    });
    const back = articleSchema.parse((await ask('DELETE', path('e'))).json());
    expect([back.state, back.reason, back.sentiment, back.judgement]).toEqual(['skipped', 'language', undefined, undefined]);
    expect(problemOf(await ask('PUT', path('f'), says('neutral')))).toMatchObject({
      status: 409,
      detail: 'Only an article that has a score can be judged: the article was not scored (too-short).',
    });
    fake.parts.model = { state: 'loading' };
    expect(problemOf(await ask('PUT', path('e'), says('neutral'))).status).toBe(503);
  });

  it('need a write key', async () => {
    const { ask } = await testApi(fakeDependencies({ loopback: false }).deps);
    const by = async (key: string) =>
      (await ask('PUT', path('a'), { ...says('neutral'), headers: { ...says(1).headers, authorization: `Bearer ${key}` } })).statusCode;
    expect([await by(READ_KEY), await by(WRITE_KEY)]).toEqual([403, 200]);
  });
});
