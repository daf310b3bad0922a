import 'reflect-metadata';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings, FaultWatch, type AwsFault, type Telemetry } from '@barometer/aws';
import { systemClock } from '@barometer/kernel';
import { ScoreDeliveries, ScoresWithCanary, ScoreTexts } from '@barometer/sentiment';
import { DynamoDbScoreStore } from '@barometer/sentiment-dynamodb';
import { SqsDeadLetters } from '@barometer/sentiment-sqs';
import { TransformersClassifier } from '@barometer/sentiment-transformers';
import { clientConfig, documentClient, DynamoDbCanaryStore, DynamoDbTable } from '@barometer/storage-dynamodb';
import { Container } from 'inversify';
import type { Settings } from './config';
import { tokens } from './tokens';

/** What all bindings are made from. */
export interface Foundation {
  readonly settings: Settings;
  readonly telemetry: Telemetry<'analysis'>;
}

/** Puts the model, the store and the queue into a container. */
export type BindOutside = (container: Container, foundation: Foundation) => void;

/** Wires the function; nothing is opened, loaded or requested before its first use. */
export function composeAnalysis(foundation: Foundation, bindOutside: BindOutside = bindAws): Container {
  const { maxReceives, scoreText } = foundation.settings;
  const container = new Container({ defaultScope: 'Singleton' });
  container.bind(tokens.clock).toConstantValue(systemClock);
  bindOutside(container, foundation);
  container
    .bind(tokens.scoreDeliveries)
    .toResolvedValue(
      (classifier, scores, canaries, clock) =>
        new ScoreDeliveries({ classifier, store: new ScoresWithCanary({ scores, canaries, now: () => clock.now() }), clock, maxReceives, text: scoreText }),
      [tokens.classifier, tokens.scoreStore, tokens.canaryStore, tokens.clock],
    );
  container.bind(tokens.scoreTexts).toResolvedValue((classifier) => new ScoreTexts({ classifier }), [tokens.classifier]);
  return container;
}

/** For a model that cannot be used. */
const remedy = 'package and deploy this function again, or let MODEL_DIR name a complete model in it';

const bindAws: BindOutside = (container, { settings, telemetry }) => {
  const report = (fault: AwsFault) => telemetry.fault(fault);
  const { modelDirectory, scoringThreads: threads } = settings;
  // A function handles one request at a time: a separate thread for the model would only lengthen the cold start.
  container
    .bind(tokens.classifier)
    .toResolvedValue(() => new TransformersClassifier({ modelDirectory, ownThread: false, remedy, ...(threads !== undefined && { threads }) }));
  const openTable = () => {
    const dynamoDb = new DynamoDBClient(clientConfig({}));
    new FaultWatch({ kind: 'table', name: settings.tableName, setting: 'TABLE_NAME', report }).observe(dynamoDb);
    return new DynamoDbTable(documentClient(dynamoDb), settings.tableName, undefined, { retention: settings.retention });
  };
  let table: DynamoDbTable | undefined;
  container.bind(tokens.scoreStore).toResolvedValue(() => new DynamoDbScoreStore((table ??= openTable())));
  container.bind(tokens.canaryStore).toResolvedValue(() => new DynamoDbCanaryStore((table ??= openTable())));
  container.bind(tokens.deadLetters).toResolvedValue(() => {
    const client = new SQSClient(clientSettings({ requestMs: 3_000 }));
    new FaultWatch({ kind: 'dead-letter queue', name: settings.deadLetterQueueUrl, setting: 'DEAD_LETTER_QUEUE_URL', report }).observe(client);
    return new SqsDeadLetters({ client, queueUrl: settings.deadLetterQueueUrl });
  });
};
