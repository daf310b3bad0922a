import { marksSchema, markSchema, type Marks } from '../contract';
import { fakeDependencies, READ_KEY, WRITE_KEY } from '../testing/fake-dependencies';
import { problemOf, testApi } from '../testing/test-api';

const marks = (body: string): Marks => marksSchema.parse(JSON.parse(body));

describe('marks', () => {
  it('list the automatic ones', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect(marks((await ask('GET', '/api/v1/marks')).body)).toMatchObject({
      period: { from: '2026-11-22T11:00:00.000Z' },
      left: 0,
      items: [
        { kind: 'model', at: '2026-11-23T05:20:00.000Z', text: 'From here on fake-model (r1) scores' },
        {
          kind: 'source-failing',
          at: '2026-11-23T08:20:00.000Z',
          until: '2026-11-23T08:40:00.000Z',
          text: 'Could not be read: The Daily',
          source: 'daily',
          count: 1,
        },
        { kind: 'source-added', at: '2026-11-23T09:20:00.000Z', text: 'Source added: The Daily' },
      ],
    });
  });

  it('are added by hand, shown in their scope and period, and removed', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const added = await ask('POST', '/api/v1/marks', { payload: { text: ' Vote <b>\n passed ', at: '2026-11-23T10:00:00+01:00', topic: 'energy' } });
    expect([added.statusCode, added.headers.location]).toEqual([201, '/api/v1/marks']);
    const note = markSchema.parse(added.json());
    expect(note).toEqual({
      kind: 'note',
      id: expect.stringMatching(/^\d{13}-[0-9a-f]{8}$/),
      at: '2026-11-23T09:00:00.000Z',
      text: 'Vote <b> passed',
      topic: 'energy',
    });
    await ask('POST', '/api/v1/topics', { payload: { name: 'War', anyOf: ['war'] } });
    const shown = async (query: string) => marks((await ask('GET', `/api/v1/marks${query}`)).body).items.filter(({ kind }) => kind === 'note');
    expect([await shown(''), await shown('?topic=energy'), await shown('?topic=war'), await shown('?to=2026-11-23T09:00:00Z')]).toEqual([
      [note],
      [note],
      [],
      [],
    ]);
    expect((await ask('DELETE', `/api/v1/marks/${note.id}`)).statusCode).toBe(204);
    expect(problemOf(await ask('DELETE', `/api/v1/marks/${note.id}`)).status).toBe(404);
    expect(await shown('')).toEqual([]);
  });

  it('are set to the present time by default', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect((await ask('POST', '/api/v1/marks', { payload: { text: 'Now' } })).json()).toMatchObject({ at: '2026-11-23T10:20:00.000Z' });
  });

  it('answer 304 until something changes', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const headers = { 'if-none-match': String((await ask('GET', '/api/v1/marks')).headers.etag) };
    expect((await ask('GET', '/api/v1/marks', { headers })).statusCode).toBe(304);
    await ask('POST', '/api/v1/marks', { payload: { text: 'New' } });
    expect((await ask('GET', '/api/v1/marks', { headers })).statusCode).toBe(200);
  });

  it.each([
    [{ text: ' ' }, 'text'],
    [{ text: 'x'.repeat(281) }, 'text'],
    [{}, 'text'],
    [{ text: 'x', at: 'noon' }, 'at'],
    [{ text: 'x', at: '2020-01-01' }, 'at'],
    [{ text: 'x', at: '2027-01-01' }, 'at'],
    [{ text: 'x', topic: 'none' }, 'topic'],
    [{ text: 'x', source: 'none' }, 'source'],
    [{ text: 'x', colour: 'red' }, 'colour'],
  ])('refuse %j', async (payload, field) => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect(problemOf(await ask('POST', '/api/v1/marks', { payload }))).toMatchObject({ status: 400, errors: [{ field }] });
  });

  it('refuse an invalid id', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect(problemOf(await ask('DELETE', '/api/v1/marks/..%2fkeys')).status).toBe(400);
  });

  it('need a write key', async () => {
    const { ask } = await testApi(fakeDependencies({ loopback: false }).deps);
    const by = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
    expect((await ask('GET', '/api/v1/marks', by(READ_KEY))).statusCode).toBe(200);
    expect(problemOf(await ask('POST', '/api/v1/marks', { ...by(READ_KEY), payload: { text: 'x' } })).status).toBe(403);
    expect(problemOf(await ask('DELETE', '/api/v1/marks/1763892000000-0a1b2c3d', by(READ_KEY))).status).toBe(403);
    expect((await ask('POST', '/api/v1/marks', { ...by(WRITE_KEY), payload: { text: 'x' } })).statusCode).toBe(201);
  });
});
