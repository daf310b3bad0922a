import { ManualClock } from '@barometer/kernel';
import { RunTick, type RunTickDeps } from './run-tick.use-case';

const polled = { polled: 2, failed: 0, notModified: 1, newArticles: 3, skipped: 0, linked: 0 };

function setUp(change: Partial<Record<'deliver' | 'poll' | 'back-fill' | 'expire', Error>> = {}) {
  const steps: string[] = [];
  const step =
    <T>(name: keyof typeof change, answer: T) =>
    async (options?: unknown): Promise<T> => {
      steps.push(`${name} ${JSON.stringify(options ?? null)}`);
      const error = change[name];
      if (error) throw error;
      return answer;
    };
  const deps: RunTickDeps = {
    deliverPending: { execute: step('deliver', { sent: 1, oldestAgeMs: 400_000 }) },
    pollSources: { execute: step('poll', polled) },
    backfillTopics: { execute: step('back-fill', { chunks: 1, matched: 4, finished: 0 }) },
    articles: { removeExpired: step('expire', 5) },
    clock: new ManualClock(7),
  };
  return { steps, deps, tick: new RunTick(deps) };
}

it('does every step, the overdue deliveries first', async () => {
  const { tick, steps } = setUp();
  expect(await tick.execute({ pollConcurrency: 3, overdueMs: 9 })).toEqual({
    delivered: { sent: 1, oldestAgeMs: 400_000 },
    polled,
    backfilled: { chunks: 1, matched: 4, finished: 0 },
    expired: 5,
    problems: [],
  });
  expect(steps).toEqual(['deliver {"overdueMs":9}', 'poll {"concurrency":3}', 'back-fill {}', 'expire 7']);
});

it('sends the hints of the polls after them, whatever their outcome', async () => {
  const error = new Error('no table');
  const { deps, steps } = setUp({ poll: error });
  const hints = { flush: async () => void steps.push('flush') };
  expect((await new RunTick({ ...deps, hints }).execute()).problems).toEqual([{ step: 'poll', error }]);
  expect(steps.map((step) => step.split(' ')[0])).toEqual(['deliver', 'poll', 'flush', 'back-fill', 'expire']);
});

it('sends the canary before the polls, and reports its status', async () => {
  const { deps, steps } = setUp();
  const sendCanary = { execute: async () => (steps.push('canary'), { state: 'none' as const }) };
  expect((await new RunTick({ ...deps, sendCanary }).execute()).canary).toEqual({ state: 'none' });
  expect(steps.map((step) => step.split(' ')[0])).toEqual(['deliver', 'canary', 'poll', 'back-fill', 'expire']);
  const error = new Error('no table');
  expect((await new RunTick({ ...deps, sendCanary: { execute: () => Promise.reject(error) } }).execute()).problems).toEqual([{ step: 'canary', error }]);
});

it('leaves expiry to a store that handles it', async () => {
  const { articles: _none, ...deps } = setUp().deps;
  const report = await new RunTick(deps).execute();
  expect([report.problems, 'expired' in report]).toEqual([[], false]);
});

it('continues after a failed step, and reports which', async () => {
  const error = new Error('no table');
  const { tick, steps } = setUp({ deliver: error, 'back-fill': error });
  expect(await tick.execute()).toEqual({
    polled,
    expired: 5,
    problems: [
      { step: 'deliver', error },
      { step: 'back-fill', error },
    ],
  });
  expect(steps).toHaveLength(4);
});

it('lets a back-fill advance a little when the polls took all the time', async () => {
  const { tick, steps } = setUp();
  await tick.execute({ signal: AbortSignal.abort() });
  expect(steps[2]).toBe('back-fill {"maxChunks":1}');
});
