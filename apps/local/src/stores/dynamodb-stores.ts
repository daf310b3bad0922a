import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbAccessKeys, DynamoDbSessionStore } from '@barometer/access-dynamodb';
import { DynamoDbAlertStore, DynamoDbDigestStore } from '@barometer/alerting-dynamodb';
import { canaryStatus, type CanaryStatus } from '@barometer/canary';
import type { Finding } from '@barometer/cli';
import { isLoopbackHost } from '@barometer/http-api';
import { DynamoDbArticleStore, DynamoDbSeedRecord, DynamoDbSourceStore, DynamoDbTopicCatalog } from '@barometer/ingestion-dynamodb';
import { counted, SECOND, systemClock } from '@barometer/kernel';
import { DynamoDbNoteStore, DynamoDbReportStore, DynamoDbTopicStore } from '@barometer/reporting-dynamodb';
import { DynamoDbScoreStore } from '@barometer/sentiment-dynamodb';
import { DynamoDbCanaryStore, ensureTable, hasTable, openTable, type DynamoDbTable } from '@barometer/storage-dynamodb';
import type { Settings } from '../config';
import { tokens } from '../tokens';
import type { Stores } from './stores';

/** From a laptop the table may be a continent away, and no caller has a time limit of its own. */
const LIMITS = { connectTimeoutMs: 5 * SECOND, requestTimeoutMs: 10 * SECOND };

/** What `barometer doctor` says of the table. @throws StoreError */
export async function lookAtTable(settings: Settings): Promise<Omit<Finding, 'what'>> {
  const { table, client, mayMake } = tableOf(settings);
  try {
    const at = settings.tableEndpoint ?? (await regionOf(client));
    if (mayMake && !(await hasTable(client, table.name))) return { state: 'ok', detail: `the table ${table.name} will be made at ${at} at the first start` };
    const { scored, pending, failed } = await new DynamoDbReportStore(table, systemClock).status();
    return { state: 'ok', detail: `the table ${table.name} at ${at}: ${counted(scored, 'article')} scored, ${pending} waiting, ${failed} failed` };
  } finally {
    client.destroy();
  }
}

/** How the last canary of the table fared. @throws StoreError */
export async function lookAtCanary(settings: Settings): Promise<CanaryStatus> {
  const { table, client, mayMake } = tableOf(settings);
  try {
    if (mayMake && !(await hasTable(client, table.name))) return { state: 'none' };
    return canaryStatus(await new DynamoDbCanaryStore(table).read(), systemClock.now());
  } finally {
    client.destroy();
  }
}

function tableOf({ tableName, tableEndpoint, retention }: Settings) {
  const mayMake = tableEndpoint !== undefined && isLoopbackHost(new URL(tableEndpoint).hostname);
  const whenMissing = mayMake ? `"barometer up" and "barometer poll" make it at ${tableEndpoint}` : undefined;
  return { mayMake, ...openTable({ tableName, endpoint: tableEndpoint, whenMissing, retention, ...LIMITS }) };
}

/** Where no region is set, the first request says so. */
const regionOf = (client: DynamoDBClient) => client.config.region().catch(() => 'AWS');

/**
 * The stores in one table, which others may use at the same time. The table is not called before its first use. On AWS
 * the state stack creates it; a stand-in at a loopback address gets it here.
 */
export function openDynamoDbStores(settings: Settings): Stores {
  const { table, client, mayMake } = tableOf(settings);
  return {
    ...dynamoDbStores(table),
    prepare: async () => {
      if (mayMake) await ensureTable(client, table.name);
    },
    close: () => client.destroy(),
  };
}

/** The stores in a table that is open already. */
export function dynamoDbStores(table: DynamoDbTable): Pick<Stores, 'bind'> {
  return {
    bind(container) {
      container.bind(tokens.sourceStore).toResolvedValue(() => new DynamoDbSourceStore(table));
      container.bind(tokens.seedRecord).toResolvedValue(() => new DynamoDbSeedRecord(table));
      container.bind(tokens.articleStore).toResolvedValue(() => new DynamoDbArticleStore(table));
      container.bind(tokens.topicCatalog).toResolvedValue(() => new DynamoDbTopicCatalog(table));
      container.bind(tokens.scoreStore).toResolvedValue(() => new DynamoDbScoreStore(table));
      container.bind(tokens.canaryStore).toResolvedValue(() => new DynamoDbCanaryStore(table));
      container.bind(tokens.reportStore).toResolvedValue((clock) => new DynamoDbReportStore(table, clock), [tokens.clock]);
      container.bind(tokens.topicStore).toResolvedValue(() => new DynamoDbTopicStore(table));
      container.bind(tokens.accessKeys).toResolvedValue(() => new DynamoDbAccessKeys(table));
      container.bind(tokens.sessionStore).toResolvedValue(() => new DynamoDbSessionStore(table));
      container.bind(tokens.noteStore).toResolvedValue(() => new DynamoDbNoteStore(table));
      container.bind(tokens.alertStore).toResolvedValue(() => new DynamoDbAlertStore(table));
      container.bind(tokens.digestStore).toResolvedValue(() => new DynamoDbDigestStore(table));
    },
  };
}
