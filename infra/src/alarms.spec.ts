import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alarmStates, type AlarmRule, type Sample } from './drill/evaluate-alarm';
import { alarmsShown } from './constructs/operator-dashboard';
import { awsMetrics } from './drill/aws-metrics';
import { workspaceRoot } from './cdk-context';
import { RecordedTemplates } from './diff/recorded-templates';
import { resourcesOf, textOf, type TemplateJson } from './testing/templates';

/** What an alarm watches: one metric, or the sum of several. */
interface Watched {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: Readonly<Record<string, string>>;
}
interface AlarmProperties extends AlarmRule {
  readonly watched: readonly Watched[];
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly AlarmActions: readonly unknown[];
  readonly OKActions: readonly unknown[];
}

// Another test checks that the recorded templates are up to date; reading them is faster than synthesising.
const recordedIn = (environment: string) =>
  new RecordedTemplates(join(workspaceRoot, 'infra/recorded', environment)).read() as Readonly<Record<string, TemplateJson>>;
function alarmsOf(environment: string): AlarmProperties[] {
  return Object.values(recordedIn(environment)).flatMap((template) =>
    resourcesOf(template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => alarmOf(Properties)),
  );
}

type MetricJson = Omit<Watched, 'Dimensions'> & { readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[] };
interface MetricPart {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: MetricJson; readonly Period: number; readonly Stat: string };
}
const watchedOf = ({ Namespace, MetricName, Dimensions }: MetricJson): Watched => ({
  Namespace,
  MetricName,
  Dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
});

/** An alarm as in its template. A sum of metrics is computed over all of their samples. */
function alarmOf(properties: Record<string, unknown>): AlarmProperties {
  const { Metrics: parts, ...alarm } = properties as unknown as AlarmProperties & MetricJson & { Metrics?: MetricPart[] };
  if (!parts) return { ...alarm, watched: [watchedOf(alarm)] };
  const metrics = parts.flatMap(({ MetricStat: metric, Id }) => (metric ? [{ ...metric, Id }] : []));
  expect(parts.flatMap(({ Expression }) => Expression ?? [])).toEqual([`SUM([${metrics.map(({ Id }) => Id).join(', ')}])`]);
  for (const { Stat } of metrics) expect(Stat).toBe('Sum');
  return { ...alarm, Statistic: 'Sum', Period: metrics[0]!.Period, watched: metrics.map(({ Metric }) => watchedOf(Metric)) };
}
const nameOf = ({ AlarmName }: AlarmProperties) => AlarmName.replace(/^barometer-[a-z0-9]+-/, '');
const named = (environment: string) => alarmsOf(environment).map((alarm) => [nameOf(alarm), alarm] as const);
const alarms = alarmsOf('prod');

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** The values written each minute: none, one or several. */
type Minute = (minute: number) => readonly number[];
const nothing: Minute = () => [];
const each =
  (...values: number[]): Minute =>
  () =>
    values;
const every =
  (minutes: number, ...values: number[]): Minute =>
  (minute) =>
    minute % minutes === 0 ? values : [];

const onTable = (metric: string) => ['store', 'list/store', 'waiting/store', 'directory/store'].map((part) => `DynamoDB ${metric} of ${part}`);

/** For each alarm: what it watches, an ordinary day with small troubles, and the trouble that it is meant for. */
const scenarios: Readonly<
  Record<string, { readonly watches: string | readonly string[]; readonly normal: Minute; readonly trouble: Minute; readonly within: number }>
> = {
  'dead-letters': { watches: 'SQS ApproximateNumberOfMessagesVisible of scoring-dead-letters', normal: each(0), trouble: each(1), within: 2 * MINUTE },
  'scoring-queue-age': {
    watches: 'SQS ApproximateAgeOfOldestMessage of scoring',
    normal: each(300),
    trouble: (minute) => [minute * MINUTE],
    within: 45 * MINUTE,
  },
  'table-read-throttles': { watches: onTable('ReadThrottleEvents'), normal: every(60, 40), trouble: each(20), within: 15 * MINUTE },
  'table-write-throttles': { watches: onTable('WriteThrottleEvents'), normal: every(60, 40), trouble: each(20), within: 15 * MINUTE },
  'ingestion-errors': { watches: 'Lambda Errors of ingestion', normal: every(60, 1), trouble: each(1), within: 10 * MINUTE },
  'ingestion-stopped': { watches: 'Lambda Invocations of ingestion', normal: each(1), trouble: nothing, within: 25 * MINUTE },
  freshness: { watches: 'Barometer PollsSucceeded of ingestion', normal: (minute) => [minute % 15 === 7 ? 4 : 0], trouble: each(0), within: 75 * MINUTE },
  canary: { watches: 'Barometer CanaryFailing of ingestion', normal: each(0), trouble: each(1), within: 15 * MINUTE },
  'oldest-pending': { watches: 'Barometer OldestPendingAge of ingestion', normal: each(120), trouble: (minute) => [minute * MINUTE], within: HOUR },
  'failed-articles': { watches: 'Barometer ArticlesFailed of ingestion', normal: each(3), trouble: each(12), within: 15 * MINUTE },
  'ingestion-steps': { watches: 'Barometer StepsFailed of ingestion', normal: every(20, 1), trouble: each(1), within: 10 * MINUTE },
  'analysis-errors': { watches: 'Lambda Errors of analysis', normal: every(60, 1), trouble: every(3, 1), within: 10 * MINUTE },
  'analysis-throttles': { watches: 'Lambda Throttles of analysis', normal: every(30, 5), trouble: each(5), within: 10 * MINUTE },
  'analysis-retries': { watches: 'Barometer DeliveriesRetried of analysis', normal: every(10, 3), trouble: each(8), within: 15 * MINUTE },
  'model-load': { watches: 'Barometer ModelLoadTime of analysis', normal: every(45, 1_200), trouble: every(10, 12_000), within: 30 * MINUTE },
  'dashboard-errors': { watches: 'Lambda Errors of dashboard', normal: every(60, 1), trouble: every(2, 1), within: 10 * MINUTE },
  'dashboard-throttles': { watches: 'Lambda Throttles of dashboard', normal: every(30, 5), trouble: each(30), within: 10 * MINUTE },
  'dashboard-failures': { watches: 'Barometer RequestsFailed of dashboard', normal: every(30, 1), trouble: each(2), within: 10 * MINUTE },
  'dashboard-slow': { watches: 'Lambda Duration of dashboard', normal: each(40, 60, 900), trouble: each(200, 4_000), within: 15 * MINUTE },
};

/** Six ordinary hours, three of trouble, and six ordinary ones again. */
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
  it('has a scenario for each alarm', () => {
    expect(Object.keys(scenarios).sort()).toEqual(alarms.map(nameOf).sort());
  });

  it.each(named('prod'))('%s watches the metric of its scenario', (name, { watched }) => {
    const told = watched.map(
      ({ Namespace, MetricName, Dimensions: { environment: _every, ...of } }) =>
        `${Namespace.replace('AWS/', '')} ${MetricName} of ${Object.values(of)
          .join('/')
          .replace('barometer-prod-', '')
          .replace(/-(image|zip)$/, '')}`,
    );
    expect(told).toEqual([scenarios[name]?.watches].flat());
  });

  it.each(named('prod'))('%s is quiet on an ordinary day, fires in trouble, and is quiet again', (name, alarm) => {
    const scenario = scenarios[name];
    if (!scenario) throw new Error(`There is no scenario for ${name}.`);
    const states = alarmStates(alarm, samplesOf(scenario), end);
    const between = (from: number, to: number) => states.filter((_, index) => (index + 1) * alarm.Period > from && (index + 1) * alarm.Period <= to);
    expect(new Set(between(HOUR, troubleFrom))).toEqual(new Set(['OK']));
    expect(between(troubleFrom, troubleFrom + scenario.within)).toContain('ALARM');
    expect(between(troubleTo - HOUR / 2, troubleTo)).not.toContain('OK');
    expect(new Set(between(troubleTo + 2 * HOUR, end))).toEqual(new Set(['OK']));
  });

  describe('the canary', () => {
    const alarm = alarms.find((one) => nameOf(one) === 'canary')!;
    const statesOf = (trouble: Minute) => alarmStates(alarm, samplesOf({ normal: each(0), trouble }), end);
    const inTrouble = (states: readonly string[]) =>
      states.filter((_, index) => (index + 1) * alarm.Period > troubleFrom && (index + 1) * alarm.Period <= troubleTo);

    it('fires for one that was late, from five minutes after it was sent until the next is back', () =>
      expect(inTrouble(statesOf((minute) => [Number(minute >= 5 && minute < 16)]))).toContain('ALARM'));

    it('stays on if the model always gives the same answer, which is right every other time', () =>
      expect(inTrouble(statesOf((minute) => [Number(minute % 30 < 15)])).slice(4)).not.toContain('OK'));

    it('fires if no canary is reported any more', () => expect(inTrouble(statesOf(nothing)).at(-1)).toBe('ALARM'));
  });

  it('reports ingestion as stale also when no metric is written at all', () => {
    const alarm = alarms.find((one) => nameOf(one) === 'freshness')!;
    expect(alarm.TreatMissingData).toBe('breaching');
    expect(alarmStates(alarm, samplesOf({ normal: scenarios['freshness']!.normal, trouble: nothing }), troubleTo).at(-1)).toBe('ALARM');
  });
});

/** Metrics that the packaged app writes, with their dimensions; its smoke test waits for them. */
interface SmokeMetrics {
  readonly namespace: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly names: readonly string[];
}
const writtenBy = (app: string) =>
  JSON.parse(readFileSync(join(workspaceRoot, `apps/${app}/smoke.json`), 'utf8')) as { metrics: SmokeMetrics; environment: { ENVIRONMENT: string } };

describe.each(['dev', 'prod'])('every alarm of %s', (environment) => {
  it.each(named(environment))('%s watches a metric that AWS documents or that the packaged app writes, under its dimensions', (_name, { watched }) => {
    const [{ Namespace, MetricName, Dimensions }] = watched as [Watched];
    if (Namespace.startsWith('AWS/')) {
      for (const one of watched) expect(awsMetrics[one.Namespace]?.[one.MetricName]).toContainEqual(Object.keys(one.Dimensions).sort().reverse());
      return;
    }
    expect(watched).toHaveLength(1);
    const app = Dimensions['service'] ?? 'none';
    const { metrics, environment: set } = writtenBy(app);
    expect(metrics.namespace).toBe(Namespace);
    expect(metrics.names).toContain(MetricName);
    // The smoke test uses a different environment name; an app takes the name from its settings, which its stack sets.
    expect(metrics.dimensions).toEqual({ service: app, environment: set.ENVIRONMENT });
    const [lambda] = resourcesOf(recordedIn(environment)[`barometer-${environment}-${app}`], 'AWS::Lambda::Function');
    expect(Dimensions).toStrictEqual({ service: app, environment: lambda?.Properties['Environment'].Variables.ENVIRONMENT as unknown });
  });

  it.each(named(environment))('%s names a resource of its environment, and notifies the operators when it begins and when it is over', (_name, alarm) => {
    const topic = `arn:\${Partition}:sns:\${Region}:\${AccountId}:barometer-${environment}-alarms`;
    expect([alarm.AlarmActions, alarm.OKActions].map((actions) => actions.map(textOf))).toEqual([[topic], [topic]]);
    expect(alarm.AlarmName).toBe(`barometer-${environment}-${nameOf(alarm)}`);
    const resources = Object.values(recordedIn(environment)).flatMap(({ Resources }) => Object.values(Resources).map(({ Properties }) => Properties));
    for (const {
      Namespace,
      Dimensions: { GlobalSecondaryIndexName: index, ...of },
    } of alarm.watched) {
      if (!Namespace.startsWith('AWS/')) return expect(of['environment']).toBe(environment);
      const named = resources.filter((properties) => Object.entries(of).every(([name, value]) => properties[name] === value));
      expect(named).toHaveLength(1);
      if (index !== undefined) expect(named[0]?.['GlobalSecondaryIndexes']).toContainEqual(expect.objectContaining({ IndexName: index }));
    }
  });
});

describe("the operators' dashboard", () => {
  const [dashboard] = resourcesOf(recordedIn('prod')['barometer-prod-state'], 'AWS::CloudWatch::Dashboard');
  const { widgets } = JSON.parse(textOf(dashboard?.Properties['DashboardBody'])) as {
    widgets: { type: string; properties: { title: string; alarms?: string[]; metrics?: [string, string, ...unknown[]][] } }[];
  };

  it('begins with every alarm', () => {
    expect([...alarmsShown].sort()).toEqual(alarms.map(nameOf).sort());
    expect(widgets[0]?.properties.alarms?.map((arn) => arn.split(':alarm:barometer-prod-')[1])).toEqual([...alarmsShown]);
  });

  it('shows metrics that the apps write or AWS documents, few enough to be free of charge', () => {
    const { services } = JSON.parse(readFileSync(join(workspaceRoot, 'libs/shared/aws/src/metrics.json'), 'utf8')) as { services: Record<string, object> };
    const shown = widgets.flatMap(({ properties: { metrics = [] } }) => metrics);
    expect(shown.length).toBeLessThanOrEqual(50);
    for (const [namespace, name, ...rest] of shown) {
      if (namespace !== 'Barometer') expect(awsMetrics[namespace]).toHaveProperty(name);
      else {
        const service = rest[rest.indexOf('service') + 1] as string;
        expect(services[service]).toHaveProperty(name);
      }
    }
  });

  it('is created if the settings say so', () => expect(resourcesOf(recordedIn('dev')['barometer-dev-state'], 'AWS::CloudWatch::Dashboard')).toEqual([]));
});

describe('all alarms together', () => {
  it('watch nothing of another environment, so that one account can hold two', () => {
    const watched = (environment: string) =>
      alarmsOf(environment).flatMap(({ watched }) =>
        watched.map(({ Namespace, MetricName, Dimensions }) => JSON.stringify([Namespace, MetricName, Object.entries(Dimensions).sort()])),
      );
    expect(watched('dev').filter((metric) => watched('prod').includes(metric))).toEqual([]);
  });

  it('have one section each in the runbook, which has no others', () => {
    const runbook = readFileSync(join(workspaceRoot, 'docs/operations/runbook.md'), 'utf8');
    const sections = [...runbook.matchAll(/^### ([a-z-]+)$/gm)].map(([, name]) => name);
    expect(sections.sort()).toEqual(alarms.map(nameOf).sort());
    for (const alarm of alarms) expect(alarm.AlarmDescription).toContain(`docs/operations/runbook.md#${nameOf(alarm)}`);
  });
});
