import { alarmStates, stateOf, type AlarmRule } from './evaluate-alarm';

const rule: AlarmRule = {
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 3,
  DatapointsToAlarm: 3,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
};
const range = (points: string) => points.split(' ').map((point) => (point === '-' ? undefined : point === 'X' ? 1 : 0));

/** The two tables of "How alarm state is evaluated when data is missing" in the documentation of CloudWatch. */
describe.each([
  [
    3,
    [
      ['0 - X - X', 'OK', 'OK'],
      ['- - - - 0', 'OK', 'OK'],
      ['- - - - -', 'ALARM', 'OK'],
      ['0 X X - X', 'ALARM', 'ALARM'],
      ['- - X - -', 'ALARM', 'OK'],
    ],
  ],
  [
    2,
    [
      ['0 - X - X', 'ALARM', 'ALARM'],
      ['0 0 X 0 X', 'ALARM', 'ALARM'],
      ['0 - X - -', 'ALARM', 'OK'],
      ['- - - - 0', 'ALARM', 'OK'],
      ['- - - X -', 'ALARM', 'OK'],
    ],
  ],
] as const)('%i of 3 datapoints', (needed, rows) => {
  it.each(rows)('%s is %s where missing ones breach, and %s where they do not', (points, breaching, notBreaching) => {
    expect(stateOf({ ...rule, DatapointsToAlarm: needed, TreatMissingData: 'breaching' }, range(points))).toBe(breaching);
    expect(stateOf({ ...rule, DatapointsToAlarm: needed, TreatMissingData: 'notBreaching' }, range(points))).toBe(notBreaching);
  });
});

it('aggregates samples into periods by the statistic', () => {
  const samples = [1, 5, 2, 8].map((value, index) => ({ at: index * 30, value }));
  const one: AlarmRule = { ...rule, EvaluationPeriods: 1, DatapointsToAlarm: 1, TreatMissingData: 'notBreaching' };
  expect(alarmStates({ ...one, Statistic: 'Sum', Threshold: 7 }, samples, 120)).toEqual(['OK', 'ALARM']);
  expect(alarmStates({ ...one, Statistic: 'Maximum', Threshold: 6 }, samples, 120)).toEqual(['OK', 'ALARM']);
  expect(alarmStates({ ...one, Statistic: 'Average', Threshold: 3 }, samples, 120)).toEqual(['ALARM', 'ALARM']);
  const { Statistic: _, ...percentile } = { ...one, ExtendedStatistic: 'p50', Threshold: 2 };
  expect(alarmStates(percentile, samples, 120)).toEqual(['OK', 'ALARM']);
});

it.each([
  [{ TreatMissingData: 'ignore' }, 'treat missing data as "ignore"'],
  [{ TreatMissingData: 'breaching', ComparisonOperator: 'LessThanLowerThreshold' }, 'comparison "LessThanLowerThreshold"'],
  [{ TreatMissingData: 'breaching', Statistic: 'IQM' }, 'statistic "IQM"'],
])('refuses statistics and settings that it does not support: %o', (part, words) => {
  expect(() => alarmStates({ ...rule, ...part }, [{ at: 0, value: 1 }], 60)).toThrow(words);
});
