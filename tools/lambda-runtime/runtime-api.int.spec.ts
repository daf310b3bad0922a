import { RuntimeApi } from './runtime-api';

describe('RuntimeApi', () => {
  let api: RuntimeApi;
  const url = (path: string) => `http://${api.address}/2018-06-01/runtime/${path}`;
  const next = () => fetch(url('invocation/next'));
  const post = (path: string, body: unknown, headers = {}) => fetch(url(path), { method: 'POST', body: JSON.stringify(body), headers });
  const id = (response: Response) => response.headers.get('lambda-runtime-aws-request-id') ?? '';
  beforeEach(async () => (api = await RuntimeApi.listen()));
  afterEach(() => api.close());

  it('delivers an event with its deadline, and accepts the answer', async () => {
    const outcome = api.invoke({ a: 1 }, { timeoutMs: 5_000 });
    const event = await next();
    expect(await event.json()).toEqual({ a: 1 });
    expect(Number(event.headers.get('lambda-runtime-deadline-ms')) - Date.now()).toBeLessThanOrEqual(5_000);
    expect(event.headers.get('lambda-runtime-trace-id')).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/);
    expect((await post(`invocation/${id(event)}/response`, { b: 2 })).status).toBe(202);
    expect(await outcome).toEqual({ ok: true, payload: { b: 2 } });
  });

  it('delivers the given trace', async () => {
    const trace = 'Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=1';
    void api.invoke({}, { trace });
    expect((await next()).headers.get('lambda-runtime-trace-id')).toBe(trace);
  });

  it('is initialised when the function first requests an event, and delivers events in order, one at a time', async () => {
    const asked = next();
    await api.initialised;
    const outcomes = [api.invoke(1), api.invoke(2)];
    const first = await asked;
    expect(await first.json()).toBe(1);
    await post(`invocation/${id(first)}/response`, 'one');
    const second = await next();
    expect(await second.json()).toBe(2);
    await post(`invocation/${id(second)}/response`, 'two');
    expect(await Promise.all(outcomes)).toEqual([
      { ok: true, payload: 'one' },
      { ok: true, payload: 'two' },
    ]);
  });

  it('reports the error of a handler', async () => {
    const outcome = api.invoke({});
    const event = await next();
    await post(`invocation/${id(event)}/error`, { errorType: 'TypeError', errorMessage: 'no' });
    expect(await outcome).toEqual({ ok: false, error: { errorType: 'TypeError', errorMessage: 'no' } });
  });

  it('rejects with the error of a start', async () => {
    const outcome = api.invoke({});
    await post('init/error', { errorMessage: 'no settings' }, { 'Lambda-Runtime-Function-Error-Type': 'Runtime.Unknown' });
    expect(await outcome).toEqual({ ok: false, error: { errorType: 'Runtime.Unknown', errorMessage: 'no settings' } });
    await expect(api.initialised).rejects.toThrow('Runtime.Unknown: no settings');
  });

  it('ends waiting invocations when the process ends, and later ones too', async () => {
    const outcome = api.invoke({});
    await next();
    api.processEnded('it ended with 137');
    expect(await outcome).toMatchObject({ ok: false, error: { errorType: 'Runtime.ExitError', errorMessage: 'it ended with 137' } });
    expect(await api.invoke({})).toMatchObject({ ok: false });
  });

  it('ends an invocation that exceeds its time limit', async () => {
    const outcome = api.invoke({}, { timeoutMs: 50 });
    await next();
    expect(await outcome).toMatchObject({ error: { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 0.05 seconds' } });
  });

  it('refuses an answer to an unknown invocation', async () => {
    expect((await post('invocation/other/response', {})).status).toBe(400);
    expect((await fetch(url('nothing'))).status).toBe(404);
  });
});
