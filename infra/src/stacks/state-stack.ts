import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Attribute } from 'aws-cdk-lib/aws-dynamodb';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Repository, TagMutability } from 'aws-cdk-lib/aws-ecr';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import schema from '../table-schema.json';
import { acknowledge } from '../constructs/acknowledge';
import { EnvironmentStack, type EnvironmentProps } from '../constructs/environment-stack';
import { OperatorDashboard } from '../constructs/operator-dashboard';
import { OperatorAlarm } from '../constructs/operator-alarm';
import { appNames, type AppName } from '../names';
import { redrive } from '../redrive';

/** Everything that outlives a function: the table, the queues, the repositories of images, the secrets, the topic of alarms. */
export class StateStack extends EnvironmentStack {
  private readonly customerKey: IKey | undefined;
  private readonly removalPolicy: RemovalPolicy;

  constructor(scope: Construct, props: EnvironmentProps) {
    super(scope, 'state', `Barometer (${props.names.environment}): the table, the queues, the image repositories, the secrets, the alarm topic`, props);
    this.customerKey = this.settings.customerKeyArn ? Key.fromKeyArn(this, 'CustomerKey', this.settings.customerKeyArn) : undefined;
    this.removalPolicy = this.settings.protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.createTable();
    this.createQueues();
    for (const app of appNames) this.createRepository(app);
    this.createSecrets();
    const topic = this.createTopic();
    this.newTopic('Alerts', this.names.alertTopic);
    this.createBudget(topic);
    this.createAlarms();
    if (this.settings.operatorDashboard) new OperatorDashboard(this);
  }

  private createTable(): void {
    const table = new Table(this, 'Store', {
      tableName: this.names.table,
      partitionKey: key(schema.partition),
      sortKey: key(schema.sort),
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: schema.timeToLive,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: this.settings.protect,
      removalPolicy: this.removalPolicy,
      ...(this.customerKey ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: this.customerKey } : { encryption: TableEncryption.AWS_MANAGED }),
    });
    for (const { name, partition, sort, projection } of schema.indexes) {
      const projected =
        typeof projection === 'string' ? { projectionType: ProjectionType.ALL } : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: projection };
      table.addGlobalSecondaryIndex({ indexName: name, partitionKey: key(partition), sortKey: key(sort), ...projected });
    }
  }

  private createQueues(): void {
    const shared = {
      enforceSSL: true,
      removalPolicy: this.removalPolicy,
      ...(this.customerKey ? { encryption: QueueEncryption.KMS, encryptionMasterKey: this.customerKey } : { encryption: QueueEncryption.SQS_MANAGED }),
    };
    const deadLetters = new Queue(this, 'DeadLetters', {
      ...shared,
      queueName: this.names.deadLetterQueue,
      retentionPeriod: Duration.days(14),
      redriveAllowPolicy: {
        redrivePermission: RedrivePermission.BY_QUEUE,
        sourceQueues: [Queue.fromQueueArn(this, 'Source', this.arnOf('sqs', this.names.scoringQueue))],
      },
    });
    acknowledge(deadLetters, 'Serverless-SQSRedrivePolicy', 'It is the dead-letter queue.');
    new Queue(this, 'Scoring', {
      ...shared,
      queueName: this.names.scoringQueue,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: redrive.visibilityTimeout(this.settings.analysis),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: redrive.maxReceiveCount },
    });
  }

  /** One for every app, whatever its packaging: the packaging is one word to change, and an empty repository costs nothing. */
  private createRepository(app: AppName): void {
    const repository = new Repository(this, `Images-${app}`, {
      repositoryName: this.names.repository(app),
      imageScanOnPush: true,
      imageTagMutability: TagMutability.IMMUTABLE,
      lifecycleRules: [{ description: 'The twenty newest images: what a rollback can go back to', maxImageCount: 20 }],
      removalPolicy: this.removalPolicy,
      emptyOnDelete: !this.settings.protect,
    });
    repository.addToResourcePolicy(
      new PolicyStatement({
        sid: 'LambdaPulls',
        principals: [new ServicePrincipal('lambda.amazonaws.com')],
        actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        conditions: { StringEquals: { 'aws:SourceArn': this.arnOf('lambda', `function:${this.names.function(app, 'image')}`) } },
      }),
    );
  }

  /** Empty until an operator adds values: a generated value would be used as if it were real. */
  private createSecrets(): void {
    this.createSecret(
      'NewsApiKey',
      this.names.newsApiSecret,
      'The key for sources of NewsAPI.org; without a value such sources say that the key is missing',
      'NewsAPI.org has no call that changes a key, so nothing could rotate it.',
    );
    this.createSecret(
      'AlertSecrets',
      this.names.alertSecrets,
      'Secrets of alert channels: a JSON object of names and values',
      'Whoever receives alerts gave these out, so nothing here could rotate them.',
    );
    if (this.settings.signIn)
      this.createSecret(
        'OidcClientSecret',
        this.names.oidcClientSecret,
        'The secret that the provider of sign-ins gave; without a value nobody can sign in there',
        'The provider gave it out, so nothing here could rotate it.',
      );
  }

  private createSecret(id: string, name: string, description: string, whyNotRotated: string): void {
    const secret = new CfnSecret(this, id, { name, description, ...(this.settings.customerKeyArn && { kmsKeyId: this.settings.customerKeyArn }) });
    secret.applyRemovalPolicy(this.removalPolicy);
    acknowledge(secret, 'AwsSolutions-SMG4', whyNotRotated);
  }

  private createTopic(): Topic {
    const topic = this.newTopic('Alarms', this.names.alarmTopic);
    for (const service of ['cloudwatch', 'budgets']) {
      topic.addToResourcePolicy(
        new PolicyStatement({
          sid: `${service}Publishes`,
          principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
          actions: ['sns:Publish'],
          resources: [topic.topicArn],
          conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
        }),
      );
    }
    if (this.settings.alarmEmail) this.subscribe(topic, this.settings.alarmEmail);
    return topic;
  }

  private newTopic(id: string, topicName: string): Topic {
    return new Topic(this, id, { topicName, enforceSSL: true, ...(this.customerKey && { masterKey: this.customerKey }) });
  }

  private subscribe(topic: Topic, address: string): void {
    const subscription = topic.addSubscription(new EmailSubscription(address));
    acknowledge(
      subscription,
      'Serverless-SNSRedrivePolicy',
      'SNS sets nothing aside that is on its way to a mailbox, and an alarm stays to be seen in CloudWatch.',
    );
  }

  private createBudget(topic: Topic): void {
    const notice = (notificationType: string, threshold: number) => ({
      notification: { notificationType, threshold, comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE' },
      subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
    });
    new CfnBudget(this, 'Budget', {
      budget: { budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: this.settings.budgetUsd, unit: 'USD' } },
      notificationsWithSubscribers: [notice('ACTUAL', 80), notice('FORECASTED', 100)],
    });
  }

  private createAlarms(): void {
    new OperatorAlarm(this, {
      name: 'dead-letters',
      meaning: 'Messages wait in the dead-letter queue.',
      namespace: 'AWS/SQS',
      metric: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: this.names.deadLetterQueue },
      statistic: 'Maximum',
      periodMinutes: 1,
      atLeast: 1,
      periods: 1,
    });
    new OperatorAlarm(this, {
      name: 'scoring-queue-age',
      meaning: 'A message has waited in the scoring queue for half an hour: Analysis takes none, or too few.',
      namespace: 'AWS/SQS',
      metric: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: this.names.scoringQueue },
      statistic: 'Maximum',
      periodMinutes: 5,
      atLeast: 1_800,
      periods: 3,
    });
    // Throttling of an index is not counted with its table, and every list is read from an index.
    const table = { TableName: this.names.table };
    const tableAndIndexes = [table, ...schema.indexes.map(({ name }) => ({ ...table, GlobalSecondaryIndexName: name }))];
    for (const [name, kind] of [
      ['table-read-throttles', 'Read'],
      ['table-write-throttles', 'Write'],
    ] as const) {
      new OperatorAlarm(this, {
        name,
        meaning: `DynamoDB turns ${kind.toLowerCase()}s of the table or its indexes away, for longer than a burst.`,
        namespace: 'AWS/DynamoDB',
        metric: `${kind}ThrottleEvents`,
        dimensions: tableAndIndexes,
        statistic: 'Sum',
        periodMinutes: 5,
        atLeast: 50,
        periods: 3,
      });
    }
  }
}

const key = (name: string): Attribute => ({ name, type: AttributeType.STRING });
