import { Duration } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledge';
import { AppStack, type AppProps } from '../constructs/app-stack';
import { onQueue, onTable, throughCustomerKey } from '../constructs/data-access';
import { ownMetricAlarm, throttleAlarm } from '../constructs/function-alarms';
import { redrive } from '../redrive';

/** Scores what the queue delivers, and the texts of /analyze in direct invocations. */
export class AnalysisStack extends AppStack {
  constructor(scope: Construct, props: AppProps) {
    super(scope, 'analysis', 'scores articles with the model', props);
    const { analysis } = this.settings;
    const { scoringQueue, deadLetterQueue } = this.names;
    const packaged = this.createFunction(analysis, {
      environment: { DEAD_LETTER_QUEUE_URL: this.queueUrl(deadLetterQueue), MAX_RECEIVES: String(redrive.attempts), ...this.scoredText() },
      permissions: [
        ...onTable(this, ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'], ['waiting']),
        onQueue(this, scoringQueue, ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'ChangeMessageVisibility']),
        onQueue(this, deadLetterQueue, ['SendMessage']),
        ...throughCustomerKey(this, ['dynamodb', 'sqs']),
      ],
      whyNoDeadLetters: 'Its asynchronous callers are none: the queue has a dead-letter queue of its own, and /analyze waits for the answer.',
    });
    const mapping = new EventSourceMapping(this, 'FromQueue', {
      target: packaged.function,
      eventSourceArn: Queue.fromQueueArn(this, 'Scoring', this.arnOf('sqs', scoringQueue)).queueArn,
      batchSize: analysis.batchSize,
      maxBatchingWindow: Duration.seconds(analysis.batchWindowSeconds),
      reportBatchItemFailures: true,
      maxConcurrency: analysis.maximumConcurrency,
    });
    acknowledge(
      mapping,
      'Serverless-LambdaEventSourceMappingDestination',
      'Lambda has destinations for streams; for SQS it is the redrive policy of the queue that sets messages aside.',
    );
    this.createAlarms();
  }

  private createAlarms(): void {
    throttleAlarm(this, 10);
    ownMetricAlarm(this, {
      name: 'analysis-retries',
      meaning: 'Deliveries are given back to the queue again and again.',
      metric: 'DeliveriesRetried',
      statistic: 'Sum',
      periodMinutes: 5,
      atLeast: 20,
      periods: 3,
    });
    ownMetricAlarm(this, {
      name: 'model-load',
      meaning: 'The model takes over ten seconds to load.',
      metric: 'ModelLoadTime',
      statistic: 'Maximum',
      periodMinutes: 15,
      atLeast: 10_000,
      periods: 2,
      of: 3,
    });
  }
}
