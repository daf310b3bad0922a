import { Alarm, AlarmStatusWidget, Dashboard, GraphWidget, Metric, type IMetric, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib';
import type { AppName } from '../names';
import type { EnvironmentStack } from './environment-stack';

/**
 * Every alarm in the order in which an operator would look: whether the whole works, then each part. A test compares
 * the list with the alarms that exist.
 */
export const alarmsShown = [
  'canary',
  'freshness',
  'oldest-pending',
  'ingestion-stopped',
  'ingestion-errors',
  'ingestion-steps',
  'failed-articles',
  'analysis-errors',
  'analysis-throttles',
  'analysis-retries',
  'model-load',
  'dead-letters',
  'scoring-queue-age',
  'table-read-throttles',
  'table-write-throttles',
  'dashboard-errors',
  'dashboard-failures',
  'dashboard-slow',
  'dashboard-throttles',
] as const;

const PERIOD = Duration.minutes(5);

/** One page in CloudWatch with the few figures that matter: active alarms, and whether news is collected, scored and readable. */
export class OperatorDashboard extends Dashboard {
  constructor(stack: EnvironmentStack) {
    super(stack, 'Operators', { dashboardName: stack.names.operatorDashboard, defaultInterval: Duration.days(1) });
    const { deadLetterQueue, scoringQueue, table } = stack.names;
    const own = (service: AppName, metricName: string, statistic: string) =>
      new Metric({ namespace: 'Barometer', metricName, dimensionsMap: { service, environment: stack.names.environment }, statistic, period: PERIOD });
    const queue = (QueueName: string, metricName: string) =>
      new Metric({ namespace: 'AWS/SQS', metricName, dimensionsMap: { QueueName }, statistic: 'Maximum', period: PERIOD });
    const throttles = (metricName: string) =>
      new Metric({ namespace: 'AWS/DynamoDB', metricName, dimensionsMap: { TableName: table }, statistic: 'Sum', period: PERIOD });
    const shown = alarmsShown.filter((name) => name !== 'canary' || stack.settings.canary);
    this.addWidgets(
      new AlarmStatusWidget({
        title: 'What rings',
        width: 24,
        height: 4,
        alarms: shown.map((name) => Alarm.fromAlarmArn(stack, `Shown-${name}`, stack.arnOf('cloudwatch', `alarm:${stack.names.alarm(name)}`))),
      }),
    );
    const canary = graph('Known answer: ms, and whether it fails', [own('ingestion', 'CanaryTime', 'Maximum')], [own('ingestion', 'CanaryFailing', 'Maximum')]);
    this.addWidgets(
      ...(stack.settings.canary ? [canary] : []),
      graph('Articles stored and scored', [own('ingestion', 'ArticlesStored', 'Sum'), own('analysis', 'ArticlesScored', 'Sum')]),
      graph(
        'Waiting: how many, and seconds of the oldest',
        [own('ingestion', 'ArticlesPending', 'Maximum')],
        [own('ingestion', 'OldestPendingAge', 'Maximum')],
      ),
    );
    this.addWidgets(
      graph('Polls', [own('ingestion', 'PollsSucceeded', 'Sum'), own('ingestion', 'PollsFailed', 'Sum')]),
      graph(
        'Queue: seconds of the oldest message, and what was set aside',
        [queue(scoringQueue, 'ApproximateAgeOfOldestMessage')],
        [queue(deadLetterQueue, 'ApproximateNumberOfMessagesVisible')],
      ),
      graph(
        'Requests, and ms of one in twenty',
        [own('dashboard', 'Requests', 'Sum'), own('dashboard', 'RequestsFailed', 'Sum')],
        [own('dashboard', 'RequestTime', 'p95')],
      ),
    );
    this.addWidgets(graph('Table: requests turned away', [throttles('ReadThrottleEvents'), throttles('WriteThrottleEvents')]));
  }
}

const graph = (title: string, left: IMetric[], right: IMetric[] = []): IWidget =>
  new GraphWidget({ title, left, right, width: 8, height: 6, leftYAxis: { min: 0 }, rightYAxis: { min: 0 } });
