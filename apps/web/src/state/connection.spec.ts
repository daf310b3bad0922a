import type { ApiClient } from '../api/client';
import { ProblemError, UnreachableError } from '../api/errors';
import { Connection } from './connection';

const capabilities = { live: 'poll', pollMs: 60_000 };
const status = { sample: false, progress: { phase: 'idle' }, model: { state: 'ready' }, counts: {}, sources: {} };

/** A page whose server answers each request for its status with `answer`; also records the time of each request, in seconds. */
function open(answer: (asked: number) => unknown) {
  const asked: number[] = [];
  const get = async (url: string) => {
    if (url.endsWith('/capabilities')) return capabilities;
    asked.push(Date.now() / 1_000);
    const given = answer(asked.length);
    if (given instanceof Error) throw given;
    return given;
  };
  const connection = new Connection({ get } as unknown as ApiClient);
  const close = connection.start();
  return { connection, asked, close };
}

const gone = new UnreachableError(undefined);

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  Object.assign(globalThis, { document: { visibilityState: 'visible', addEventListener: () => undefined, removeEventListener: () => undefined } });
});

afterEach(() => {
  jest.useRealTimers();
  Reflect.deleteProperty(globalThis, 'document');
});

it('asks a silent server again after a second, then twice as long each time, up to fifteen', async () => {
  const { connection, asked, close } = open(() => gone);
  await jest.advanceTimersByTimeAsync(62_000);
  expect(asked).toEqual([0, 1, 3, 7, 15, 30, 45, 60]);
  expect(connection.current()).toMatchObject({ link: 'offline', retryAt: 75_000 });
  close();
});

it('starts from one second again after an answer, which has everything on the page read again', async () => {
  const { connection, asked, close } = open((number) => (number === 3 ? status : gone));
  await jest.advanceTimersByTimeAsync(3_000);
  const { version } = connection.current();
  expect(connection.current()).toMatchObject({ link: 'polling', contactAt: 3_000 });
  await jest.advanceTimersByTimeAsync(1_500);
  expect(connection.current().version).toBe(version + 1);
  await jest.advanceTimersByTimeAsync(61_000);
  expect(asked).toEqual([0, 1, 3, 63, 64]);
  close();
});

it('reads everything again after a failure though nothing has changed, and not without one', async () => {
  const { connection, close } = open((number) => (number === 3 ? gone : status));
  await jest.advanceTimersByTimeAsync(62_000);
  const { version } = connection.current();
  // The third request fails, and the fourth gets the same answer as the second.
  await jest.advanceTimersByTimeAsync(58_000 + 1_000 + 1_500);
  expect(connection.current().version).toBe(version + 1);
  await jest.advanceTimersByTimeAsync(60_000 + 1_500);
  expect(connection.current().version).toBe(version + 1);
  close();
});

it('waits for a key once one is required, and sends no more requests', async () => {
  const { connection, asked, close } = open(() => new ProblemError({ type: '', title: 'An access key is needed', status: 401, detail: '', instance: '' }));
  await jest.advanceTimersByTimeAsync(120_000);
  expect([connection.current().link, asked]).toEqual(['locked', [0]]);
  close();
});
