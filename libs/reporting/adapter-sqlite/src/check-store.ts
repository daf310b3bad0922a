import { setImmediate } from 'node:timers/promises';
import type { Discrepancy } from '@barometer/reporting';
import type { SqliteDatabase } from '@barometer/storage-sqlite';
import { discrepanciesOfRollups, discrepanciesOfStories, eachOfOneState, type Parts } from './invariant';

/** Compares the totals of all stories with their articles beside the calling thread. A stop ends it; it is over when this settles. */
export type CompareStories = (stop: AbortSignal) => Promise<readonly Discrepancy[]>;

/**
 * All differences, in the order of `findDiscrepancies`; other work gets a turn between two parts. With `compareStories`
 * the stories are compared meanwhile. If that fails, this thread compares them: a failure that lies in the store then
 * fails here, too.
 */
export async function checkStore(
  db: SqliteDatabase,
  now: number,
  compareStories: CompareStories | undefined,
  stop: AbortSignal | undefined,
): Promise<readonly Discrepancy[]> {
  const failure = new AbortController();
  const meanwhile = compareStories?.(AbortSignal.any([failure.signal, ...(stop ? [stop] : [])])).catch(() => undefined);
  try {
    const ofRollups = await inParts(db, discrepanciesOfRollups(db, now), stop);
    const ofStories = (await meanwhile) ?? (await inParts(db, discrepanciesOfStories(db), stop));
    return [...ofRollups, ...ofStories];
  } finally {
    failure.abort();
    await meanwhile;
  }
}

async function inParts(db: SqliteDatabase, parts: Parts, stop: AbortSignal | undefined): Promise<Discrepancy[]> {
  const found: Discrepancy[] = [];
  stop?.throwIfAborted();
  for (const part of eachOfOneState(db, parts)) {
    for (const one of part) found.push(one);
    await setImmediate();
    stop?.throwIfAborted();
  }
  return found;
}
