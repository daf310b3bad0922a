import { startThread, threadEntry } from '@barometer/kernel/thread';
import type { Discrepancy } from '@barometer/reporting';
import type { CompareStories } from './check-store';

/**
 * Compares the stories of the store in the file `path` in a thread of their own, with a connection that only reads. Absent
 * for a store in memory, which no other thread can see, and if the bundle lacks the thread's file.
 */
export function storiesInThread(path: string): CompareStories | undefined {
  const entry = path === ':memory:' ? undefined : threadEntry(import.meta.url, 'check-worker');
  return entry && ((stop) => inThread(entry, path, stop));
}

async function inThread(entry: URL, path: string, stop: AbortSignal): Promise<readonly Discrepancy[]> {
  stop.throwIfAborted();
  const thread = startThread(entry, path);
  const end = () => void thread.terminate();
  stop.addEventListener('abort', end);
  let found: readonly Discrepancy[] | undefined;
  let failure: unknown;
  thread.on('message', (message: readonly Discrepancy[]) => (found = message));
  thread.on('error', (error) => (failure = error));
  const exited = Promise.withResolvers<number>();
  thread.on('exit', exited.resolve);
  const code = await exited.promise;
  stop.removeEventListener('abort', end);
  if (!found) throw new Error(`The thread that compares stories ended with code ${code}.`, { cause: failure });
  return found;
}
