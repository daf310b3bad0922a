import type { Settings } from '../config';
import { memoryStores } from './memory-stores';
import { openSqliteStores } from './sqlite-stores';
import type { OpenOptions, Stores } from './stores';

/** Opens what STORE names. What DynamoDB needs is loaded only where it is used. */
export async function openStores(settings: Settings, options: OpenOptions): Promise<Stores> {
  if (settings.store === 'memory') return memoryStores(settings.retention);
  if (settings.store === 'sqlite') return openSqliteStores(settings, options);
  const { openDynamoDbStores } = await import('./dynamodb-stores');
  return openDynamoDbStores(settings);
}
