import { Writable } from 'node:stream';
import { SECOND } from '@barometer/kernel';
import type { CliContext } from '../context';
import { runCommandLine } from '../program';

/**
 * Runs `barometer poll` on a store with `pending` articles; each attempt to score leases as many as `leases` says.
 * Answers the times of the attempts, in seconds.
 */
async function poll(leases: readonly number[], pending = 1) {
  jest.useFakeTimers({ now: 0 });
  const [looks, out]: [number[], string[]] = [[], []];
  const look = async () => {
    const leased = leases[looks.length] ?? 0;
    looks.push(Date.now() / SECOND);
    return { leased, scored: leased };
  };
  const system = {
    seed: async () => ({}),
    classifier: { ready: async () => undefined },
    pollSources: { execute: async () => ({ polled: 0, failed: 0, newArticles: 0 }) },
    backfillTopics: { execute: async () => ({ chunks: 0 }) },
    scoreArticles: { execute: look },
    backlog: async () => ({ pending, failed: 0 }),
    runAlerts: { execute: async () => undefined },
    close: async () => undefined,
  };
  const into = new Writable({ write: (chunk, _encoding, done) => (out.push(String(chunk)), done()) });
  const context = {
    version: '1',
    io: { stdout: into, stderr: into },
    stop: new AbortController().signal,
    openSystem: async () => system,
  } as unknown as CliContext;
  const ended = runCommandLine(['poll'], context, () => false);
  await jest.advanceTimersByTimeAsync(60 * SECOND);
  jest.useRealTimers();
  await ended;
  return { looks, out: out.join('') };
}

describe('barometer poll', () => {
  it('tries three times, a second apart, before it leaves pending articles to others', async () => {
    expect(await poll([])).toEqual({ looks: [0, 1, 2], out: 'polled 0, failed 0, new 0, scored 0, waiting 1, failed articles 0\n' });
  });

  it('counts attempts without articles from zero after one with some', async () => {
    expect(await poll([0, 0, 64])).toMatchObject({ looks: [0, 1, 2, 2, 3, 4], out: expect.stringContaining('scored 64, waiting 1') as string });
  });

  it('ends at once if nothing is pending', async () => {
    expect((await poll([3], 0)).looks).toEqual([0, 0]);
  });
});
