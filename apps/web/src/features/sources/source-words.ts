import type { Source } from '@barometer/http-api/contract';
import { formatWhen } from '../../format/times';
import { t } from '../../i18n/translate';

/** The state of a source, in a word or two: `ok`, `HTTP 429`, `no answer`. */
export function sourceWord({ kind, state, health }: Pick<Source, 'kind' | 'state' | 'health'>): string {
  if (kind === 'import') return t('sources.state.imported');
  if (state === 'failing' && health.httpStatus && health.httpStatus >= 400) return `HTTP ${health.httpStatus}`;
  return t(`sources.state.${state}`);
}

/** When the source is polled or tried next, in words. */
export function nextText({ kind, state, health }: Pick<Source, 'kind' | 'state' | 'health'>, now: number): string {
  if (kind === 'import') return t('sources.fromFiles');
  const next = Date.parse(health.nextPollAt);
  if (state === 'paused') return t('sources.notPolled');
  if (state === 'gone') return t('sources.takenAway');
  if (next <= now) return t('sources.due');
  return t(state === 'failing' ? 'sources.retry' : 'sources.next', { time: formatWhen(next, now) });
}

const order: Record<Source['state'], number> = { failing: 0, gone: 1, new: 2, ok: 3, paused: 3 };

/** Sources with problems first, then by name. */
export const byConcern = (a: Source, b: Source): number => order[a.state] - order[b.state] || a.name.localeCompare(b.name);

/** `19 ok · 2 failing`, without states that no source has. */
export function healthLine(sources: readonly Source[]): string {
  const counted = (['ok', 'failing', 'new', 'paused', 'gone'] as const).map(
    (state) => [state, sources.filter((source) => source.state === state).length] as const,
  );
  return counted
    .filter(([, count]) => count > 0)
    .map(([state, count]) => t(`sources.count.${state}`, { count }))
    .join(' · ');
}
