import { KeywordClassifier } from '@barometer/sentiment-memory';
import { openDatabase } from '@barometer/storage-sqlite';
import { composeSystem } from './composition-root';
import { readSettings } from './config';
import { openDynamoDbStores } from './stores/dynamodb-stores';
import { memoryStores } from './stores/memory-stores';
import type { Stores } from './stores/stores';
import { sqliteStores } from './stores/sqlite-stores';
import { tokens } from './tokens';

const settings = readSettings({ TABLE_NAME: 'barometer' }, '/repository');
const database = openDatabase(':memory:');
afterAll(() => database.close());

const technologies: Record<string, () => Stores> = {
  memory: memoryStores,
  sqlite: () => sqliteStores(database),
  // The table is not called before its first use.
  dynamodb: () => openDynamoDbStores(settings),
};

describe.each(Object.entries(technologies))('composed on %s', (_technology, open) => {
  it.each(Object.entries(tokens))('gives %s', (_name, token) => {
    const stores = open();
    const container = composeSystem({ settings, classifier: new KeywordClassifier(), stores, log: () => undefined });
    const part: unknown = container.get<unknown>(token);
    expect(part).toBeDefined();
    expect(container.get<unknown>(token)).toBe(part);
    stores.close();
  });
});
