import { DAY, HOUR, STANDARD_RETENTION, type Clock } from '@barometer/kernel';
import { lastHours, type Period } from '@barometer/reporting';
import type { ApiConfig } from '../dependencies';
import { wrongField } from '../problems/api-problem';

/** The fields of a query for its period, as the schemas allow them. */
export interface PeriodQuery {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly period?: string | undefined;
}

/** The time of the request, and how long counts are kept. */
interface Asked {
  readonly clock: Clock;
  readonly config: Pick<ApiConfig, 'retention'>;
}

const DEFAULT_HOURS = 24;

/**
 * The period of a query for figures; 24 hours by default. Without `to` it ends with the current hour, so that the same
 * query within an hour has the same answer (and the same ETag).
 * @throws ApiProblem naming the field
 */
export function periodOf(query: PeriodQuery, { clock, config }: Asked): Period {
  const now = clock.now();
  return askedPeriod(query, lastHours(1, now).to, (config.retention ?? STANDARD_RETENTION).rollups) ?? lastHours(DEFAULT_HOURS, now);
}

/** The period that a list is limited to; `undefined` for everything that is kept. @throws ApiProblem naming the field */
export function listPeriodOf(query: PeriodQuery, { clock, config }: Asked): Period | undefined {
  return askedPeriod(query, lastHours(1, clock.now()).to, (config.retention ?? STANDARD_RETENTION).rollups);
}

function askedPeriod(query: PeriodQuery, end: number, longest: number): Period | undefined {
  if (query.from === undefined && query.to === undefined && query.period === undefined) return undefined;
  if (query.from !== undefined && query.period !== undefined) throw wrongField('period', 'cannot stand beside from');
  const to = query.to === undefined ? end : Date.parse(query.to);
  const from = query.from === undefined ? to - spanOf(query.period, longest) : Date.parse(query.from);
  if (from >= to) throw wrongField('from', 'must lie before to');
  return { from, to };
}

function spanOf(period: string | undefined, longest: number): number {
  if (period === undefined) return DEFAULT_HOURS * HOUR;
  const span = Number.parseInt(period, 10) * (period.endsWith('d') ? DAY : HOUR);
  if (span > longest) throw wrongField('period', `must be at most ${longest / DAY}d`);
  return span;
}
