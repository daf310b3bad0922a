import { Duration } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledge';
import { AppStack, type AppProps } from '../constructs/app-stack';
import { onQueue, onTable, publishing, readingSecret, throughCustomerKey } from '../constructs/data-access';
import { lambdaAlarm, ownMetricAlarm } from '../constructs/function-alarms';
import type { PackagedFunction } from '../constructs/packaged-function';
import { publicUrlOf } from '../settings';
import { redrive } from '../redrive';

/** Polls every minute, one invocation at a time. */
export class IngestionStack extends AppStack {
  constructor(scope: Construct, props: AppProps) {
    super(scope, 'ingestion', 'polls the sources every minute', props);
    const ingestion = this.createFunction(
      { ...this.settings.ingestion, reservedConcurrency: 1 },
      {
        environment: {
          SCORING_QUEUE_URL: this.queueUrl(this.names.scoringQueue),
          OVERDUE_SECONDS: String(redrive.overdueSeconds(this.settings.analysis)),
          NEWSAPI_SECRET_ID: this.names.newsApiSecret,
          ALERT_SECRETS_ID: this.names.alertSecrets,
          ...(publicUrlOf(this.settings) !== undefined && { PUBLIC_URL: publicUrlOf(this.settings) as string }),
          ...(!this.settings.canary && { CANARY: '0' }),
          ...(this.settings.ingestion.pollConcurrency !== undefined && { POLL_CONCURRENCY: String(this.settings.ingestion.pollConcurrency) }),
          ...(this.settings.userAgent !== undefined && { USER_AGENT: this.settings.userAgent }),
        },
        permissions: [
          ...onTable(this, ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'BatchWriteItem'], ['list', 'waiting', 'directory']),
          onQueue(this, this.names.scoringQueue, ['SendMessage']),
          readingSecret(this, this.names.newsApiSecret),
          readingSecret(this, this.names.alertSecrets),
          publishing(this, this.names.alertTopic),
          ...throughCustomerKey(this, ['dynamodb', 'sqs', 'secretsmanager', 'sns']),
        ],
        whyNoDeadLetters: 'A tick that failed is not worth keeping: the next one does its work a minute later, and alarms tell of failures.',
      },
    );
    this.schedule(ingestion);
    this.createAlarms();
  }

  /** A tick that finds the previous one still running is not worth keeping: the next one follows within a minute. */
  private schedule(ingestion: PackagedFunction): void {
    const functionArn = this.arnOf('lambda', `function:${this.functionName}`);
    const asynchronous = new EventInvokeConfig(this, 'Asynchronous', { function: ingestion.function, retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    acknowledge(
      asynchronous,
      'Serverless-LambdaAsyncFailureDestination',
      'A tick that failed is not worth keeping: the next one does its work a minute later.',
    );
    const role = new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': this.account } } }),
      description: `Lets the scheduler start ${this.functionName}`,
      inlinePolicies: { start: new PolicyDocument({ statements: [new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] })] }) },
    });
    const schedule = new CfnSchedule(this, 'Tick', {
      name: this.names.schedule,
      description: `Starts ${this.functionName}`,
      scheduleExpression: 'rate(1 minute)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: { arn: functionArn, roleArn: role.roleArn, input: '{}', retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 } },
    });
    schedule.node.addDependency(ingestion);
  }

  private createAlarms(): void {
    lambdaAlarm(this, {
      name: 'ingestion-stopped',
      meaning: 'Ingestion has not been started for ten minutes.',
      metric: 'Invocations',
      statistic: 'Sum',
      periodMinutes: 5,
      below: 1,
      periods: 2,
      missing: 'breaching',
    });
    ownMetricAlarm(this, {
      name: 'freshness',
      meaning: 'No source was read for an hour, so the mood is not that of now.',
      metric: 'PollsSucceeded',
      statistic: 'Sum',
      periodMinutes: 15,
      below: 1,
      periods: 4,
      missing: 'breaching',
    });
    if (this.settings.canary) {
      // Within half an hour, since a model that always answers the same is wrong only every other quarter of an hour.
      ownMetricAlarm(this, {
        name: 'canary',
        meaning: 'A sentence with a known tone was scored wrongly, or not in time.',
        metric: 'CanaryFailing',
        statistic: 'Maximum',
        periodMinutes: 5,
        atLeast: 1,
        periods: 2,
        of: 6,
        missing: 'breaching',
      });
    }
    ownMetricAlarm(this, {
      name: 'oldest-pending',
      meaning: 'An article has waited half an hour for its score.',
      metric: 'OldestPendingAge',
      statistic: 'Maximum',
      periodMinutes: 5,
      atLeast: 1_800,
      periods: 2,
      of: 3,
    });
    ownMetricAlarm(this, {
      name: 'failed-articles',
      meaning: 'Ten articles or more could not be scored and wait for a redrive.',
      metric: 'ArticlesFailed',
      statistic: 'Maximum',
      periodMinutes: 5,
      atLeast: 10,
      periods: 3,
    });
    ownMetricAlarm(this, {
      name: 'ingestion-steps',
      meaning: 'A step of the tick fails again and again.',
      metric: 'StepsFailed',
      statistic: 'Sum',
      periodMinutes: 5,
      atLeast: 3,
      periods: 2,
      of: 3,
    });
  }
}
