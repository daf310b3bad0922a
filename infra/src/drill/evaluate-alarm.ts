/** The properties of an alarm, with CloudFormation's names, that decide its state. */
export interface AlarmRule {
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  /** Seconds. */
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly Threshold: number;
  readonly ComparisonOperator: string;
  readonly TreatMissingData?: string;
}

/** A value written to the metric; `at` in seconds. */
export interface Sample {
  readonly at: number;
  readonly value: number;
}

export type AlarmState = 'OK' | 'ALARM';

/**
 * CloudWatch reads more periods than it evaluates, so that single gaps do not decide. It does not document how many
 * more; the examples in its documentation ("Configuring how CloudWatch alarms treat missing data") show two.
 */
const EXTRA_PERIODS = 2;

/** The state at the end of each period from 0 to `until` (seconds), by CloudWatch's documented rules. */
export function alarmStates(rule: AlarmRule, samples: readonly Sample[], until: number): AlarmState[] {
  const points = datapoints(rule, samples, until);
  return points.map((_, index) => stateOf(rule, points.slice(Math.max(0, index + 1 - rule.EvaluationPeriods - EXTRA_PERIODS), index + 1)));
}

/**
 * The state for a range of datapoints, the newest last, `undefined` if missing. If there are enough real ones, the
 * newest of them are evaluated; otherwise all of them, with as few substitutes for missing ones as necessary.
 */
export function stateOf(rule: AlarmRule, range: readonly (number | undefined)[]): AlarmState {
  const real = range.filter((point) => point !== undefined).slice(-rule.EvaluationPeriods);
  const missing = rule.EvaluationPeriods - real.length;
  const breaching = real.filter((point) => breaches(rule, point)).length + (missingBreaches(rule) ? missing : 0);
  return breaching >= (rule.DatapointsToAlarm ?? rule.EvaluationPeriods) ? 'ALARM' : 'OK';
}

function missingBreaches({ TreatMissingData: treatment = 'missing' }: AlarmRule): boolean {
  if (treatment !== 'breaching' && treatment !== 'notBreaching') throw new Error(`The drill does not know how to treat missing data as "${treatment}".`);
  return treatment === 'breaching';
}

function datapoints(rule: AlarmRule, samples: readonly Sample[], until: number): (number | undefined)[] {
  const periods: number[][] = Array.from({ length: Math.floor(until / rule.Period) }, () => []);
  for (const { at, value } of samples) periods[Math.floor(at / rule.Period)]?.push(value);
  return periods.map((values) => (values.length === 0 ? undefined : aggregate(rule.Statistic ?? rule.ExtendedStatistic ?? '', values)));
}

function aggregate(statistic: string, values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  if (statistic === 'Sum') return sum;
  if (statistic === 'Average') return sum / values.length;
  if (statistic === 'Maximum') return Math.max(...values);
  if (statistic === 'Minimum') return Math.min(...values);
  const percentile = /^p(\d+(?:\.\d+)?)$/.exec(statistic)?.[1];
  if (percentile === undefined) throw new Error(`The drill does not know the statistic "${statistic}".`);
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((Number(percentile) / 100) * sorted.length) - 1)] ?? 0;
}

function breaches({ ComparisonOperator: operator, Threshold: threshold }: AlarmRule, value: number): boolean {
  switch (operator) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
    default:
      throw new Error(`The drill does not know the comparison "${operator}".`);
  }
}
