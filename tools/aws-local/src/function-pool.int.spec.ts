import type { ChildProcess } from 'node:child_process';
import { RuntimeApi, type FunctionHost, type RunningFunction } from '@barometer/lambda-runtime';
import { FunctionPool } from './function-pool';

type Handler = (event: unknown, environment: Readonly<Record<string, string>>) => unknown;

/** Environments inside this process: each polls its Runtime API for events until it is stopped. */
function hostOf(handler: Handler): FunctionHost & { readonly started: RunningFunction[] } {
  const started: RunningFunction[] = [];
  const start: FunctionHost['start'] = async ({ environment }) => {
    const api = await RuntimeApi.listen();
    void work(`http://${api.address}/2018-06-01/runtime/invocation`, (event) => handler(event, environment)).catch(() => undefined);
    const one = { api, process: {} as ChildProcess, stop: () => api.close() };
    started.push(one);
    return one;
  };
  return { how: 'in this process', start, close: async () => undefined, started };
}

async function work(address: string, handler: (event: unknown) => unknown): Promise<never> {
  for (;;) {
    const next = await fetch(`${address}/next`);
    const id = next.headers.get('lambda-runtime-aws-request-id');
    const post = (what: string, body: unknown) => fetch(`${address}/${id}/${what}`, { method: 'POST', body: JSON.stringify(body) });
    try {
      await post('response', await handler(await next.json()));
    } catch (error) {
      await post('error', { errorType: 'Error', errorMessage: (error as Error).message });
    }
  }
}

const pools: FunctionPool[] = [];
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

function poolOf(handler: Handler, more: { concurrency?: number; timeoutMs?: number } = {}) {
  const host = hostOf(handler);
  const pool = new FunctionPool({ app: 'test', host, memoryMb: 128, timeoutMs: 5_000, concurrency: 2, environment: { NAME: 'first' }, ...more });
  pools.push(pool);
  return { pool, host };
}

const never = () => new Promise(() => undefined);

it('starts an environment for each concurrent event, up to its limit, and reuses it', async () => {
  let [now, most] = [0, 0];
  const { pool, host } = poolOf(async (event) => {
    most = Math.max(most, (now += 1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    now -= 1;
    return event;
  });
  expect(await Promise.all([1, 2, 3, 4, 5].map((event) => pool.invoke(event)))).toEqual([1, 2, 3, 4, 5]);
  expect([most, host.started.length]).toEqual([2, 2]);
});

it('passes a thrown error on, and keeps the environment', async () => {
  const { pool, host } = poolOf((event) => {
    if (event === 'bad') throw new Error('no');
    return 'fine';
  });
  await expect(pool.invoke('bad')).rejects.toMatchObject({ name: 'FunctionError', errorType: 'Error', message: 'no' });
  expect([await pool.invoke('good'), host.started.length]).toEqual(['fine', 1]);
});

it('replaces an environment that has ended, busy or idle, or that takes too long', async () => {
  const { pool, host } = poolOf((event) => (event === 'hang' ? never() : 'fine'), { timeoutMs: 200, concurrency: 1 });
  await expect(pool.invoke('hang')).rejects.toMatchObject({ errorType: 'Sandbox.Timedout' });
  expect(await pool.invoke('good')).toBe('fine');
  host.started[1]?.api.processEnded('gone');
  expect([await pool.invoke('good'), host.started.length]).toEqual(['fine', 3]);
});

it('is killed in the middle of its work, with a reason, and works again with other settings', async () => {
  const { pool } = poolOf((event, { NAME: name }) => (event === 'hang' ? never() : name));
  const hanging = expect(pool.invoke('hang')).rejects.toThrow('killed');
  expect(await pool.invoke('good')).toBe('first');
  await pool.kill('killed');
  await hanging;
  await pool.configure({ NAME: 'second' });
  expect(await pool.invoke('good')).toBe('second');
});
