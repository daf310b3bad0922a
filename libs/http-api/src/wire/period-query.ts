import { DAY, HOUR, RETENTION } from '@barometer/kernel';
import { lastHours, type Period, type Scope } from '@barometer/reporting';
import { wrongField } from '../problems/api-problem';

/** The fields of a query that say what and when, as the schemas let them through. */
export interface ScopeAndPeriodQuery {
  readonly topic?: string | undefined;
  readonly source?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly period?: string | undefined;
}

const DEFAULT_HOURS = 24;

/**
 * The period that a query of figures means; 24 hours by default. Without `to` it ends with the running hour, so that
 * the same question within an hour has the same answer (and the same ETag).
 * @throws ApiProblem naming the field
 */
export function periodOf(query: ScopeAndPeriodQuery, now: number): Period {
  return askedPeriod(query, lastHours(1, now).to) ?? lastHours(DEFAULT_HOURS, now);
}

/** The period that a list is limited to; `undefined` for everything that is kept. @throws ApiProblem naming the field */
export function listPeriodOf(query: ScopeAndPeriodQuery, now: number): Period | undefined {
  return askedPeriod(query, lastHours(1, now).to);
}

function askedPeriod(query: ScopeAndPeriodQuery, end: number): Period | undefined {
  if (query.from === undefined && query.to === undefined && query.period === undefined) return undefined;
  if (query.from !== undefined && query.period !== undefined) throw wrongField('period', 'cannot stand beside from');
  const to = query.to === undefined ? end : Date.parse(query.to);
  const from = query.from === undefined ? to - spanOf(query.period) : Date.parse(query.from);
  if (from >= to) throw wrongField('from', 'must lie before to');
  return { from, to };
}

function spanOf(period: string | undefined): number {
  if (period === undefined) return DEFAULT_HOURS * HOUR;
  const span = Number.parseInt(period, 10) * (period.endsWith('d') ? DAY : HOUR);
  if (span > RETENTION) throw wrongField('period', 'must be at most 90d');
  return span;
}

/** What a query speaks of, in the words of the use cases. */
export function scopeOf({ topic, source }: ScopeAndPeriodQuery): Scope {
  return { ...(topic !== undefined && { topicId: topic }), ...(source !== undefined && { sourceId: source }) };
}

/** What a query spoke of, back on the wire. */
export function wireScope({ topic, source }: ScopeAndPeriodQuery): { topic?: string; source?: string } {
  return { ...(topic !== undefined && { topic }), ...(source !== undefined && { source }) };
}
