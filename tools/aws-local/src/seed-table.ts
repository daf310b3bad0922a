import { AddAccessKey } from '@barometer/access';
import { DynamoDbAccessKeys } from '@barometer/access-dynamodb';
import { ImportSources, parseSourceSeeds } from '@barometer/ingestion';
import { DynamoDbSourceStore } from '@barometer/ingestion-dynamodb';
import { systemClock } from '@barometer/kernel';
import type { DynamoDbTable } from '@barometer/storage-dynamodb';

/** Adds the sources of a list in the form of config/sources.yaml. */
export async function addSources(table: DynamoDbTable, list: unknown): Promise<void> {
  const seeds = parseSourceSeeds(list);
  if (!seeds.ok) throw new Error(`The list of sources cannot be used: ${JSON.stringify(seeds.error)}`);
  await new ImportSources({ sources: new DynamoDbSourceStore(table), clock: systemClock }).execute(seeds.value);
}

/** Adds a write key; answers it. */
export async function addWriteKey(table: DynamoDbTable): Promise<string> {
  const { key } = await new AddAccessKey({ keys: new DynamoDbAccessKeys(table), clock: systemClock }).execute({ name: 'aws:local', role: 'write' });
  return key;
}
