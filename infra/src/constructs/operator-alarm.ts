import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, MathExpression, Metric, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { EnvironmentStack } from './environment-stack';

type Dimensions = Readonly<Record<string, string>>;

export interface OperatorAlarmProps {
  /** Its section in docs/operations/runbook.md. */
  readonly name: string;
  /** What it means, in one sentence. */
  readonly meaning: string;
  readonly namespace: string;
  readonly metric: string;
  /** The dimensions of the metric; values under several sets of dimensions are added up. */
  readonly dimensions: Dimensions | readonly Dimensions[];
  /** Sum, Maximum, p95 … */
  readonly statistic: string;
  readonly periodMinutes: number;
  /** Breaches if the statistic of a period is at least this, or, with `below`, less than that, for what must not stop. */
  readonly atLeast?: number;
  readonly below?: number;
  /** This many of the last `of` periods have to breach. */
  readonly periods: number;
  readonly of?: number;
  /** Whether a period without data breaches. */
  readonly missing?: 'breaching' | 'notBreaching';
}

/** An alarm that notifies the operators through the environment's topic, both when it begins and when it is over. */
export class OperatorAlarm extends Alarm {
  constructor(stack: EnvironmentStack, props: OperatorAlarmProps) {
    super(stack, `Alarm-${props.name}`, {
      alarmName: stack.names.alarm(props.name),
      alarmDescription: `${props.meaning} See ${runbookOf(stack)}#${props.name}`,
      metric: metricOf(props),
      comparisonOperator: props.below === undefined ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD : ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: thresholdOf(props),
      evaluationPeriods: props.of ?? props.periods,
      datapointsToAlarm: props.periods,
      treatMissingData: props.missing === 'breaching' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    const topic = Topic.fromTopicArn(stack, `AlarmsFor-${props.name}`, stack.arnOf('sns', stack.names.alarmTopic));
    this.addAlarmAction(new SnsAction(topic));
    this.addOkAction(new SnsAction(topic));
  }
}

/** The address of the runbook: in the repository, if one is set. */
function runbookOf({ settings: { github } }: EnvironmentStack): string {
  const file = 'docs/operations/runbook.md';
  return github === undefined ? file : `https://github.com/${github}/blob/main/${file}`;
}

function metricOf({ name, namespace, metric, dimensions, statistic, periodMinutes }: OperatorAlarmProps): IMetric {
  const period = Duration.minutes(periodMinutes);
  const under = (dimensionsMap: Dimensions) => new Metric({ namespace, metricName: metric, dimensionsMap: { ...dimensionsMap }, statistic, period });
  if (!isList(dimensions)) return under(dimensions);
  if (statistic !== 'Sum') throw new Error(`The alarm ${name} adds up what is no sum.`);
  const parts = Object.fromEntries(dimensions.map((one, index) => [`part${index}`, under(one)]));
  return new MathExpression({ expression: `SUM([${Object.keys(parts).join(', ')}])`, usingMetrics: parts, period, label: metric });
}

const isList = (dimensions: OperatorAlarmProps['dimensions']): dimensions is readonly Dimensions[] => Array.isArray(dimensions);

function thresholdOf({ name, atLeast, below }: OperatorAlarmProps): number {
  const threshold = atLeast ?? below;
  if (threshold === undefined || (atLeast !== undefined && below !== undefined)) throw new Error(`The alarm ${name} needs one of atLeast and below.`);
  return threshold;
}
