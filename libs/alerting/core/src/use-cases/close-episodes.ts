import { episodeId } from '../domain/episode';
import type { CloseReason } from '../domain/evaluate';
import type { AlertRule } from '../domain/rule';
import type { Findings } from '../ports/alert-store.port';

/** The ends of all open episodes of a rule. */
export function closedBy(rule: AlertRule, reason: CloseReason, closedAt: number): Findings['closed'] {
  return Object.entries(rule.state.subjects).flatMap(([subject, { openedHour }]) => (openedHour === undefined ? [] : [{ id: episodeId(rule.id, subject, openedHour), closedAt, reason }]));
}

/** The ids of the episodes of rules that are open. */
export const openEpisodes = (rules: readonly AlertRule[]): string[] => rules.flatMap((rule) => closedBy(rule, 'over', 0).map(({ id }) => id));
