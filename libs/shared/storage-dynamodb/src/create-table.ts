import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { keyAttributes, tableDefinition, type KeyAttributes } from './table-definition';

/** The table definition in the words of CreateTable, billed on demand; for tests and local stand-ins. */
export function createTableInput(tableName: string): CreateTableCommandInput {
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keyAttributes().map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: schemaOf(tableDefinition),
    GlobalSecondaryIndexes: tableDefinition.indexes.map(({ name, projection, ...key }) => ({
      IndexName: name,
      KeySchema: schemaOf(key),
      Projection: projection === 'all' ? { ProjectionType: 'ALL' } : { ProjectionType: 'INCLUDE', NonKeyAttributes: [...projection] },
    })),
  };
}

const schemaOf = ({ partition, sort }: KeyAttributes): CreateTableCommandInput['KeySchema'] => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];
