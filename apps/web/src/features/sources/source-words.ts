import type { Source } from '@barometer/http-api/contract';
import { formatWhen } from '../../format/times';

/** How a source is, in a word or two: `ok`, `HTTP 429`, `no answer`. */
export function sourceWord({ state, health }: Pick<Source, 'state' | 'health'>): string {
  if (state === 'failing') return health.httpStatus && health.httpStatus >= 400 ? `HTTP ${health.httpStatus}` : 'failing';
  return { new: 'not read yet', ok: 'ok', paused: 'paused', gone: 'gone' }[state];
}

/** When something happens next, in words. */
export function nextText({ state, health }: Pick<Source, 'state' | 'health'>, now: number): string {
  const next = Date.parse(health.nextPollAt);
  if (state === 'paused') return 'not polled';
  if (state === 'gone') return 'the publisher took it away';
  if (next <= now) return 'due now';
  return `${state === 'failing' ? 'retry' : 'next'} ${formatWhen(next, now)}`;
}

const order: Record<Source['state'], number> = { failing: 0, gone: 1, new: 2, ok: 3, paused: 3 };

/** Those that need a look come first, then by name. */
export const byConcern = (a: Source, b: Source): number => order[a.state] - order[b.state] || a.name.localeCompare(b.name);

/** `19 ok · 2 failing`, without what is none. */
export function healthLine(sources: readonly Source[]): string {
  const counted = (['ok', 'failing', 'new', 'paused', 'gone'] as const).map((state) => [state, sources.filter((source) => source.state === state).length] as const);
  return counted.filter(([, count]) => count > 0).map(([state, count]) => `${count} ${state}`).join(' · ');
}
