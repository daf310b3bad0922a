/** A key of the table or of an index: the partition's attribute and the one that orders it. Both are strings. */
export interface KeyAttributes {
  readonly partition: string;
  readonly sort: string;
}

/** An index of the table, and which attributes it copies besides the keys. */
export interface IndexDefinition extends KeyAttributes {
  readonly name: IndexName;
  /** `'all'`, or these attributes. */
  readonly projection: 'all' | readonly string[];
}

export type IndexName = 'list' | 'waiting' | 'directory';

/** The one table, as both the infrastructure and the tests create it. */
export interface TableDefinition extends KeyAttributes {
  /** Seconds since 1970 after which DynamoDB removes an item. */
  readonly timeToLive: string;
  readonly indexes: readonly IndexDefinition[];
}

/**
 * The one table. `list` orders all articles by time; `waiting` is the outbox, a sparse index of the articles that wait for
 * a score or have failed; `directory` finds the roll-ups of a day, and the articles in the order of storing.
 */
export const tableDefinition: TableDefinition = {
  partition: 'pk',
  sort: 'sk',
  timeToLive: 'ttl',
  indexes: [
    { name: 'list', partition: 'listKey', sort: 'listSort', projection: 'all' },
    { name: 'waiting', partition: 'waitingKey', sort: 'waitingSort', projection: ['id', 'storedAt', 'expiresAt', 'availableAt', 'receives', 'sentAt'] },
    { name: 'directory', partition: 'directoryKey', sort: 'directorySort', projection: ['id', 'number', 'title', 'summary', 'publishedAt'] },
  ],
};

/** The names of every key attribute, each once. */
export const keyAttributes = (definition: TableDefinition = tableDefinition): string[] =>
  [definition, ...definition.indexes].flatMap(({ partition, sort }) => [partition, sort]);
