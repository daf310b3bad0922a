import { SECOND } from '@barometer/kernel';
import { Loops, type Step } from './loops';

beforeEach(() => void jest.useFakeTimers({ now: 0 }));
afterEach(() => void jest.useRealTimers());

/** Repeats steps until stopped. @returns the seconds at which they began */
async function beginnings(steps: (number: number) => Promise<Step>, seconds: number): Promise<readonly number[]> {
  const begun: number[] = [];
  const loops = new Loops(() => undefined);
  const ended = loops.repeat('trying', () => {
    begun.push(Date.now() / SECOND);
    return steps(begun.length);
  });
  await jest.advanceTimersByTimeAsync(seconds * SECOND);
  loops.stop();
  await ended;
  return begun;
}

const fails = () => Promise.reject(new Error('the disk is full'));

it('waits a second after a failure, and twice as long after each further one, up to a minute', async () => {
  expect(await beginnings(fails, 190)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
});

it('waits a second again after a failure that follows a success', async () => {
  expect(await beginnings((number) => (number === 4 ? Promise.resolve('more') : fails()), 10)).toEqual([0, 1, 3, 7, 7, 8, 10]);
});

it('waits a second where there was nothing to do, none where there is more, and ends when all is done', async () => {
  const steps: Step[] = ['more', 'nothing', 'nothing', 'more', 'done'];
  expect(await beginnings(async (number) => steps[number - 1] ?? 'done', 10)).toEqual([0, 0, 1, 2, 2]);
});

it('begins early when woken, and never after a stop', async () => {
  const begun: number[] = [];
  const loops = new Loops(() => undefined);
  const ended = loops.repeat('trying', async () => (begun.push(Date.now()), 'nothing'));
  await jest.advanceTimersByTimeAsync(400);
  loops.wake();
  await jest.advanceTimersByTimeAsync(1);
  loops.stop();
  await ended;
  expect(begun).toEqual([0, 400]);
});
