import { StoreError, systemClock } from '@barometer/kernel';
import { Pipeline, type PipelineSystem } from './pipeline';

const nothingPolled = { polled: 0, failed: 0, notModified: 0, newArticles: 0, skipped: 0, linked: 0 };

type Poll = (options: { onBegun: () => void; onPolled: (source: unknown, outcome: unknown) => void }) => Promise<unknown>;

/** A system with nothing to do, except for the parts that a test replaces. */
function start(parts: {
  poll?: Poll;
  score?: () => Promise<unknown>;
  ready?: () => Promise<void>;
  seed?: () => Promise<unknown>;
  backlog?: () => Promise<unknown>;
  canary?: () => Promise<unknown>;
}) {
  const lines: string[] = [];
  const seeded: unknown[] = [];
  const system = {
    onPending: () => undefined,
    classifier: { ready: parts.ready ?? (async () => undefined) },
    pollSources: { execute: parts.poll ?? (async () => nothingPolled) },
    scoreArticles: { execute: parts.score ?? (async () => ({ leased: 0, scored: 0, failed: 0, retried: 0 })) },
    backfillTopics: { execute: async () => ({ chunks: 0 }) },
    backlog: parts.backlog ?? (async () => ({ pending: 0, failed: 0 })),
    removeExpired: async () => 0,
    runAlerts: { execute: async () => ({ evaluated: 0, opened: 0, closed: 0, published: 0, sent: 0, failed: 0 }) },
    ...(parts.canary && { sendCanary: { execute: parts.canary } }),
    seed: parts.seed ?? (async () => ({ sources: 0, topics: 0 })),
  } as unknown as PipelineSystem;
  const pipeline = new Pipeline({ system, clock: systemClock, concurrency: 2, log: (line) => lines.push(line), onSeeded: (added) => seeded.push(added) });
  return { pipeline, lines, seeded, running: pipeline.start() };
}

const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
};

it('continues to poll while one source is slow, and ends after it', async () => {
  let polls = 0;
  let answer: (report: unknown) => void = () => undefined;
  const slow = new Promise((resolve) => (answer = resolve));
  const { pipeline } = start({
    poll: async ({ onBegun }) => {
      if ((polls += 1) > 1) return nothingPolled;
      onBegun();
      return slow;
    },
  });
  await until(() => polls >= 4);
  let stopped = false;
  const stopping = pipeline.stop().then(() => (stopped = true));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(stopped).toBe(false);
  answer(nothingPolled);
  await stopping;
});

it('counts failed polls by kind of failure', async () => {
  const failures = ['timeout', 'html', 'timeout'];
  const { pipeline } = start({
    poll: async ({ onPolled }) => {
      const failure = failures.pop();
      if (failure !== undefined) onPolled(undefined, { kind: 'failed', newArticles: 0, failure });
      return nothingPolled;
    },
  });
  await until(() => pipeline.progress().polled === 3);
  await pipeline.stop();
  expect(pipeline.progress()).toMatchObject({ pollsFailed: 3, pollFailures: { timeout: 2, html: 1 } });
});

it('reports a failure until that step succeeds, whatever else succeeds, and logs it once', async () => {
  let full = true;
  let scored = 0;
  const { pipeline, lines } = start({
    poll: async () => {
      if (full) throw new Error('the disk is full');
      return nothingPolled;
    },
    score: async () => ({ leased: (scored += 1) < 3 ? 1 : 0, scored: 0, failed: 0, retried: 0 }),
  });
  await until(() => scored >= 3);
  expect(pipeline.progress().message).toBe('polling failed: the disk is full');
  expect(lines).toEqual(['polling failed: the disk is full']);
  full = false;
  await until(() => pipeline.progress().message === undefined);
  await pipeline.stop();
});

it('ends when the model cannot be used, with the reason, but not before the poll in progress', async () => {
  let answered = false;
  const poll = () => new Promise((resolve) => setTimeout(() => resolve(((answered = true), nothingPolled)), 100));
  const ready = () => new Promise<void>((_, reject) => setTimeout(() => reject(new Error('no model here')), 20));
  const { pipeline, running } = start({ poll, ready });
  await expect(running).rejects.toThrow('no model here');
  expect(answered).toBe(false);
  await pipeline.stop();
  expect(answered).toBe(true);
  expect(pipeline.progress()).toMatchObject({ model: 'failed', message: 'loading the model failed: no model here' });
});

it('asks for due sources in one loop at a time, and again only after a pause', async () => {
  let [asking, most, asked] = [0, 0, 0];
  const { pipeline } = start({
    poll: async () => {
      asked += 1;
      most = Math.max(most, (asking += 1));
      await new Promise((resolve) => setTimeout(resolve, 20));
      asking -= 1;
      return nothingPolled;
    },
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect([most, asked]).toEqual([1, 1]);
  await pipeline.stop();
});

it('tries to add the first sources until the store answers, and only then starts the rest', async () => {
  let answers = false;
  const tell = async <T>(answer: T): Promise<T> => {
    if (!answers) throw new StoreError('The store does not answer.');
    return answer;
  };
  let [polls, scored] = [0, 0];
  const { pipeline, lines, seeded } = start({
    seed: () => tell({ sources: 3, topics: 1 }),
    poll: async () => ((polls += 1), nothingPolled),
    score: async () => ((scored += 1), { leased: 0, scored: 0, failed: 0, retried: 0 }),
  });
  await until(() => lines.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([lines, polls, scored]).toEqual([['adding the first sources failed: The store does not answer.'], 0, 0]);
  expect(pipeline.progress().message).toBe('adding the first sources failed: The store does not answer.');
  answers = true;
  await until(() => polls > 0 && pipeline.progress().message === undefined);
  expect(seeded).toEqual([{ sources: 3, topics: 1 }]);
  await pipeline.stop();
});

it('reports once what stops several loops', async () => {
  const fails = () => Promise.reject(new StoreError('The store does not answer.'));
  const { pipeline, lines } = start({ poll: fails, score: fails });
  await until(() => lines.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(lines).toHaveLength(1);
  await pipeline.stop();
});

it('ends where the first sources cannot be read', async () => {
  const { pipeline, running } = start({ seed: () => Promise.reject(new Error('SOURCES_FILE is no list')) });
  await expect(running).rejects.toThrow('SOURCES_FILE is no list');
  await pipeline.stop();
});

it('does not count pending articles while there are none', async () => {
  let [counted, steps] = [0, 0];
  const pendings = [2, 1, 0];
  const { pipeline } = start({
    score: async () => ({ leased: (steps += 1) === 1 ? 1 : 0, scored: 0, failed: 0, retried: 0 }),
    backlog: async () => ((counted += 1), { pending: pendings.shift() ?? 9, failed: 0 }),
  });
  await until(() => steps >= 5);
  expect([counted, pipeline.progress().waiting]).toEqual([3, 0]);
  await pipeline.stop();
});

it('sends the canary while polling hangs, and continues after one that could not be sent', async () => {
  let asked = 0;
  const { pipeline, lines } = start({
    poll: () => new Promise((resolve) => setTimeout(() => resolve(nothingPolled), 400)),
    canary: async () => {
      asked += 1;
      throw new Error('no store');
    },
  });
  await until(() => asked === 1);
  await until(() => lines.length === 1);
  expect(lines).toEqual(['sending the canary failed: no store']);
  await pipeline.stop();
});
