import { endOf, episodeId } from '../domain/episode';
import type { CloseReason } from '../domain/evaluate';
import type { AlertRule } from '../domain/rule';
import type { Findings } from '../ports/alert-store.port';

/** Closes all open episodes of a rule; none ends before it began, whatever the clock says. */
export function closedBy(rule: AlertRule, reason: CloseReason, closedAt: number): Findings['closed'] {
  return Object.entries(rule.state.subjects).flatMap(([subject, { openedHour }]) =>
    openedHour === undefined ? [] : [{ id: episodeId(rule.id, subject, openedHour), closedAt: Math.max(closedAt, endOf(openedHour)), reason }],
  );
}

/** The ids of the open episodes of these rules. */
export const openEpisodes = (rules: readonly AlertRule[]): string[] => rules.flatMap((rule) => closedBy(rule, 'over', 0).map(({ id }) => id));
