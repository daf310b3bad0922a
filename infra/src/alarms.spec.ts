import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alarmStates, type AlarmRule, type Sample } from './drill/evaluate-alarm';
import { awsMetrics } from './drill/aws-metrics';
import { workspaceRoot } from './cdk-context';
import { RecordedTemplates } from './diff/recorded-templates';
import { resourcesOf, textOf, type TemplateJson } from './testing/templates';

interface AlarmProperties extends AlarmRule {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  readonly AlarmActions: readonly unknown[];
  readonly OKActions: readonly unknown[];
}

// Another test sees to it that what is recorded is what the stacks give; reading it is faster than making it.
const recorded = new RecordedTemplates(join(workspaceRoot, 'infra/recorded/prod')).read() as Readonly<Record<string, TemplateJson>>;
const alarms = Object.values(recorded).flatMap((template) => resourcesOf(template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties as AlarmProperties));
const nameOf = ({ AlarmName }: AlarmProperties) => AlarmName.replace('barometer-prod-', '');
const named = alarms.map((alarm) => [nameOf(alarm), alarm] as const);

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** What is written each minute: nothing, one value or several. */
type Minute = (minute: number) => readonly number[];
const nothing: Minute = () => [];
const each = (...values: number[]): Minute => () => values;
const every = (minutes: number, ...values: number[]): Minute => (minute) => (minute % minutes === 0 ? values : []);

/** For each alarm an ordinary day, with its small troubles, and the trouble that it is for. */
const scenarios: Readonly<Record<string, { readonly normal: Minute; readonly trouble: Minute; readonly within: number }>> = {
  'dead-letters': { normal: each(0), trouble: each(1), within: 2 * MINUTE },
  'scoring-queue-age': { normal: each(300), trouble: (minute) => [minute * MINUTE], within: 45 * MINUTE },
  'table-read-throttles': { normal: every(60, 40), trouble: each(20), within: 15 * MINUTE },
  'table-write-throttles': { normal: every(60, 40), trouble: each(20), within: 15 * MINUTE },
  'ingestion-errors': { normal: every(60, 1), trouble: each(1), within: 10 * MINUTE },
  'ingestion-stopped': { normal: each(1), trouble: nothing, within: 25 * MINUTE },
  freshness: { normal: (minute) => [minute % 15 === 7 ? 4 : 0], trouble: each(0), within: 75 * MINUTE },
  'oldest-pending': { normal: each(120), trouble: (minute) => [minute * MINUTE], within: HOUR },
  'failed-articles': { normal: each(3), trouble: each(12), within: 15 * MINUTE },
  'ingestion-steps': { normal: every(20, 1), trouble: each(1), within: 10 * MINUTE },
  'analysis-errors': { normal: every(60, 1), trouble: every(3, 1), within: 10 * MINUTE },
  'analysis-throttles': { normal: every(30, 5), trouble: each(5), within: 10 * MINUTE },
  'analysis-retries': { normal: every(10, 3), trouble: each(8), within: 15 * MINUTE },
  'model-load': { normal: every(45, 1_200), trouble: every(10, 12_000), within: 30 * MINUTE },
  'dashboard-errors': { normal: every(60, 1), trouble: every(2, 1), within: 10 * MINUTE },
  'dashboard-throttles': { normal: every(30, 5), trouble: each(30), within: 10 * MINUTE },
  'dashboard-failures': { normal: every(30, 1), trouble: each(2), within: 10 * MINUTE },
  'dashboard-slow': { normal: each(40, 60, 900), trouble: each(200, 4_000), within: 15 * MINUTE },
};

/** Six hours of the ordinary, three of trouble, six of the ordinary again. */
const [troubleFrom, troubleTo, end] = [6 * HOUR, 9 * HOUR, 15 * HOUR];

function samplesOf({ normal, trouble }: { normal: Minute; trouble: Minute }): Sample[] {
  const minutes = Array.from({ length: end / MINUTE }, (_, minute) => minute * MINUTE);
  return minutes.flatMap((at) => {
    const inTrouble = at >= troubleFrom && at < troubleTo;
    const values = inTrouble ? trouble((at - troubleFrom) / MINUTE) : normal(at / MINUTE);
    return values.map((value) => ({ at, value }));
  });
}

describe('a drill of every alarm', () => {
  it('has a scenario for each', () => {
    expect(Object.keys(scenarios).sort()).toEqual(alarms.map(nameOf).sort());
  });

  it.each(named)('%s is quiet on an ordinary day, rings in trouble, and is quiet again', (name, alarm) => {
    const scenario = scenarios[name];
    if (!scenario) throw new Error(`There is no scenario for ${name}.`);
    const states = alarmStates(alarm, samplesOf(scenario), end);
    const between = (from: number, to: number) => states.filter((_, index) => (index + 1) * alarm.Period > from && (index + 1) * alarm.Period <= to);
    expect(new Set(between(HOUR, troubleFrom))).toEqual(new Set(['OK']));
    expect(between(troubleFrom, troubleFrom + scenario.within)).toContain('ALARM');
    expect(between(troubleTo - HOUR / 2, troubleTo)).not.toContain('OK');
    expect(new Set(between(troubleTo + 2 * HOUR, end))).toEqual(new Set(['OK']));
  });

  it('finds ingestion stale also when nothing is written at all', () => {
    const alarm = alarms.find((one) => nameOf(one) === 'freshness')!;
    expect(alarm.TreatMissingData).toBe('breaching');
    expect(alarmStates(alarm, samplesOf({ normal: scenarios['freshness']!.normal, trouble: nothing }), troubleTo).at(-1)).toBe('ALARM');
  });
});

describe('every alarm', () => {
  const catalogue = JSON.parse(readFileSync(join(workspaceRoot, 'libs/shared/aws/src/metrics.json'), 'utf8')) as {
    namespace: string; dimension: string; services: Record<string, Record<string, unknown>>;
  };

  it.each(named)('%s watches a metric that AWS documents or an app writes, under its dimensions', (_name, { Namespace, MetricName, Dimensions }) => {
    const names = Dimensions.map(({ Name }) => Name);
    if (Namespace === catalogue.namespace) {
      expect(names).toEqual([catalogue.dimension]);
      expect(Object.keys(catalogue.services[Dimensions[0]!.Value] ?? {})).toContain(MetricName);
    } else {
      expect(awsMetrics[Namespace]?.[MetricName]).toEqual(names);
    }
  });

  it.each(named)('%s names a resource of its environment, and tells the operators when it begins and when it is over', (_name, alarm) => {
    const topic = 'arn:${Partition}:sns:${Region}:${AccountId}:barometer-prod-alarms';
    expect([alarm.AlarmActions, alarm.OKActions].map((actions) => actions.map(textOf))).toEqual([[topic], [topic]]);
    if (alarm.Namespace !== catalogue.namespace) expect(alarm.Dimensions.every(({ Value }) => /^barometer-prod-/.test(Value))).toBe(true);
  });

  it('has a section in the runbook, which has no others', () => {
    const runbook = readFileSync(join(workspaceRoot, 'docs/operations/runbook.md'), 'utf8');
    const sections = [...runbook.matchAll(/^### ([a-z-]+)$/gm)].map(([, name]) => name);
    expect(sections.sort()).toEqual(alarms.map(nameOf).sort());
    for (const alarm of alarms) expect(alarm.AlarmDescription).toContain(`docs/operations/runbook.md#${nameOf(alarm)}`);
  });
});
