import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDbAccessKeys, DynamoDbSessionStore } from '@barometer/access-dynamodb';
import { DynamoDbAlertStore, DynamoDbDigestStore } from '@barometer/alerting-dynamodb';
import { clientSettings, FaultWatch } from '@barometer/aws';
import { DynamoDbSourceStore } from '@barometer/ingestion-dynamodb';
import { MINUTE } from '@barometer/kernel';
import { DynamoDbNoteStore, DynamoDbReportStore, DynamoDbTopicStore } from '@barometer/reporting-dynamodb';
import { DynamoDbScoreStore } from '@barometer/sentiment-dynamodb';
import { followPackaging, LambdaClassifier } from '@barometer/sentiment-lambda';
import { clientConfig, documentClient, DynamoDbCanaryStore, DynamoDbTable } from '@barometer/storage-dynamodb';
import type { Container } from 'inversify';
import type { BindOutside, Foundation } from './foundation';
import { tokens } from './tokens';

/** The stores on DynamoDB and the model in the Analysis function, each watched for faults. */
export const bindAws: BindOutside = (container, foundation) => {
  bindStores(container, foundation);
  bindAnalysis(container, foundation);
};

/**
 * A person waits for the answer: if the table does not answer within two seconds, the answer is a problem document. The
 * second attempt is for a connection that was closed while Lambda kept the function frozen.
 */
const patience = { requestTimeoutMs: 1_000, attempts: 2 };

function bindStores(container: Container, { settings, telemetry }: Foundation): void {
  const dynamoDb = new DynamoDBClient(clientConfig(patience));
  const watch = new FaultWatch({ kind: 'table', name: settings.tableName, setting: 'TABLE_NAME', report: (fault) => telemetry.fault(fault) });
  watch.observe(dynamoDb);
  const table = new DynamoDbTable(documentClient(dynamoDb), settings.tableName, undefined, { retention: settings.retention });
  container.bind(tokens.tableWatch).toConstantValue(watch);
  container.bind(tokens.sourceStore).toResolvedValue(() => new DynamoDbSourceStore(table));
  container.bind(tokens.scoreStore).toResolvedValue(() => new DynamoDbScoreStore(table));
  container.bind(tokens.canaryStore).toResolvedValue(() => new DynamoDbCanaryStore(table, { consistent: false }));
  container.bind(tokens.reportStore).toResolvedValue((clock) => new DynamoDbReportStore(table, clock), [tokens.clock]);
  container.bind(tokens.topicStore).toResolvedValue(() => new DynamoDbTopicStore(table));
  container.bind(tokens.noteStore).toResolvedValue(() => new DynamoDbNoteStore(table));
  container.bind(tokens.alertStore).toResolvedValue(() => new DynamoDbAlertStore(table));
  container.bind(tokens.digestStore).toResolvedValue(() => new DynamoDbDigestStore(table));
  container.bind(tokens.sessionStore).toResolvedValue(() => new DynamoDbSessionStore(table));
  container.bind(tokens.accessKeys).toResolvedValue(() => new DynamoDbAccessKeys(table));
}

function bindAnalysis(container: Container, { settings, telemetry }: Foundation): void {
  const { analysisFunctions, analyzeTimeLimitMs: timeLimitMs } = settings;
  const [functionName] = analysisFunctions;
  const client = new LambdaClient(clientSettings({ requestMs: timeLimitMs, attempts: 2 }));
  // While a fault counts, the API refuses to analyse; it expires after a minute, so that a request tries again.
  const watch = new FaultWatch({
    kind: 'analysis function',
    name: analysisFunctions.join('" or "'),
    setting: 'ANALYSIS_FUNCTION',
    report: (fault) => telemetry.fault(fault),
    holdMs: MINUTE,
  });
  watch.observe(client);
  followPackaging(client, analysisFunctions);
  container.bind(tokens.analysisWatch).toConstantValue(watch);
  container.bind(tokens.classifier).toResolvedValue(() => new LambdaClassifier({ client, functionName, timeLimitMs, log: (line) => telemetry.error(line) }));
}
