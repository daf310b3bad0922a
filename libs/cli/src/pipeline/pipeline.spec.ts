import { systemClock } from '@barometer/kernel';
import type { System } from '../context';
import { Pipeline } from './pipeline';

const nothingPolled = { polled: 0, failed: 0, notModified: 0, newArticles: 0, skipped: 0, linked: 0 };

/** A system that finds nothing to do, but for what a test puts in its place. */
function start(parts: { poll?: () => Promise<unknown>; score?: () => Promise<unknown>; ready?: () => Promise<void> }) {
  const lines: string[] = [];
  const system = {
    onPending: () => undefined,
    classifier: { ready: parts.ready ?? (async () => undefined) },
    pollSources: { execute: parts.poll ?? (async () => nothingPolled) },
    scoreArticles: { execute: parts.score ?? (async () => ({ leased: 0, scored: 0, failed: 0, retried: 0 })) },
    backfillTopics: { execute: async () => ({ chunks: 0 }) },
    backlog: async () => ({ pending: 0, failed: 0 }),
    removeExpired: async () => 0,
  } as unknown as System;
  const pipeline = new Pipeline({ system, clock: systemClock, concurrency: 2, log: (line) => lines.push(line) });
  return { pipeline, lines, running: pipeline.start() };
}

const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
};

it('goes on polling while one source is slow, and ends after it', async () => {
  let polls = 0;
  let answer: (report: unknown) => void = () => undefined;
  const slow = new Promise((resolve) => (answer = resolve));
  const { pipeline } = start({ poll: async () => ((polls += 1) === 1 ? slow : nothingPolled) });
  await until(() => polls >= 4);
  let stopped = false;
  const stopping = pipeline.stop().then(() => (stopped = true));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(stopped).toBe(false);
  answer(nothingPolled);
  await stopping;
});

it('says what fails until that does well, whatever else does well, and logs it once', async () => {
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

it('ends when the model cannot be used, with the reason, but not before the poll that is under way', async () => {
  let answered = false;
  const poll = () => new Promise((resolve) => setTimeout(() => resolve(((answered = true), nothingPolled)), 100));
  const { pipeline, running } = start({ poll, ready: () => Promise.reject(new Error('no model here')) });
  await expect(running).rejects.toThrow('no model here');
  expect(answered).toBe(false);
  await pipeline.stop();
  expect(answered).toBe(true);
  expect(pipeline.progress()).toMatchObject({ model: 'failed', message: 'loading the model failed: no model here' });
});
