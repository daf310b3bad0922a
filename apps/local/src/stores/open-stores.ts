import type { Container } from 'inversify';
import type { Settings } from '../config';
import { memoryStores } from './memory-stores';
import { openSqliteStores } from './sqlite-stores';

/** The stores of every domain, on one technology. */
export interface Stores {
  /** Puts them into the container. */
  bind(container: Container): void;
  /** Makes what the settings name where it is not there and may be made; may be called again. */
  prepare(): Promise<void>;
  close(): void;
}

export interface OpenOptions {
  readonly readOnly: boolean;
  /** Works beside a running Barometer, for a few short writes. */
  readonly beside?: boolean;
  /** Where a running Barometer leaves its address for a second one. */
  readonly addressFile: string;
}

/** Opens what STORE names. What DynamoDB needs is loaded only where it is used. */
export async function openStores(settings: Settings, options: OpenOptions): Promise<Stores> {
  if (settings.store === 'memory') return memoryStores();
  if (settings.store === 'sqlite') return openSqliteStores(settings, options);
  const { openDynamoDbStores } = await import('./dynamodb-stores');
  return openDynamoDbStores(settings);
}
