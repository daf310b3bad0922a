import { analyzeResponseSchema } from '../contract';
import { fakeDependencies } from '../testing/fake-dependencies';
import { problemOf, testApi } from '../testing/test-api';

const analyze = async (payload: unknown, deps = fakeDependencies().deps, type = 'application/json') => {
  const { ask } = await testApi(deps);
  return ask('POST', '/api/v1/analyze', { payload: typeof payload === 'string' ? payload : JSON.stringify(payload), headers: { 'content-type': type } });
};

describe('POST /analyze', () => {
  it('scores texts in their order', async () => {
    const { results, model } = analyzeResponseSchema.parse((await analyze({ texts: ['A breakthrough', 'A disaster'] })).json());
    expect(results.map(({ label }) => label)).toEqual(['positive', 'negative']);
    expect(model).toEqual({ id: 'fake-model', revision: 'r1' });
  });

  it.each([['\ud800 half a pair'], ['\u202e\u0000\u200b x'], ['😀'.repeat(100)], ['x'.repeat(64 * 1024)]])('accepts unusual text (%#)', async (text) => {
    expect((await analyze({ texts: [text] })).statusCode).toBe(200);
  });

  it.each([
    [{ texts: ['fine', ' \n\t'] }, 'texts[1]'],
    [{ texts: [] }, 'texts'],
    [{}, 'texts'],
    [{ texts: 'one' }, 'texts'],
    [{ texts: [1] }, 'texts[0]'],
    [{ texts: ['x'], language: 'en' }, 'language'],
    [null, 'body'],
  ])('refuses %j, naming %s', async (payload, field) => {
    const response = await analyze(payload);
    expect([response.statusCode, problemOf(response).errors?.[0]?.field]).toEqual([400, field]);
  });

  it('answers 413 to too many texts, too long a text and too large a body', async () => {
    expect(problemOf(await analyze({ texts: Array.from({ length: 65 }, () => 'x') }))).toMatchObject({ status: 413, errors: [{ field: 'texts' }] });
    expect(problemOf(await analyze({ texts: ['fine', 'ä'.repeat(32 * 1024 + 1)] }))).toMatchObject({ status: 413, errors: [{ field: 'texts[1]' }] });
    expect(problemOf(await analyze({ texts: ['x'.repeat(4 * 1024 * 1024)] })).status).toBe(413);
  });

  it('accepts 64 texts of 64 KB minus what JSON needs', async () => {
    expect((await analyze({ texts: Array.from({ length: 64 }, () => 'x'.repeat(64 * 1024 - 8)) })).statusCode).toBe(200);
  });

  it('answers 400 to invalid JSON and 415 to another type', async () => {
    expect(problemOf(await analyze('{"texts": [')).status).toBe(400);
    expect(problemOf(await analyze('')).status).toBe(400);
    expect(problemOf(await analyze('texts=x', undefined, 'application/x-www-form-urlencoded')).status).toBe(415);
  });

  it('answers 503 while the model loads and when it cannot be used', async () => {
    const { deps, parts } = fakeDependencies();
    parts.model = { state: 'loading' };
    const loading = await analyze({ texts: ['x'] }, deps);
    expect([loading.statusCode, loading.headers['retry-after'], problemOf(loading).detail]).toEqual([503, '2', 'The model is still loading.']);
    parts.model = { state: 'failed', message: 'its files are damaged' };
    expect(problemOf(await analyze({ texts: ['x'] }, deps)).detail).toBe('The model cannot be used: its files are damaged');
  });
});
