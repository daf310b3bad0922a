import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { tableDefinition, type IndexName } from './table-definition';

/** Items of one partition, in the order of its sort key. */
export interface Range {
  readonly partition: string;
  readonly index?: IndexName;
  /** Inclusive bounds of the sort key, or its prefix. */
  readonly from?: string;
  readonly to?: string;
  readonly prefix?: string;
  readonly descending?: boolean;
  /** Items for each request; as many as fit into 1 MB if absent. */
  readonly pageSize?: number;
  /** Sees every acknowledged write; not possible for an index. */
  readonly consistent?: boolean;
}

/** A change of a single item on a condition. */
export interface ConditionalWrite {
  readonly condition: string;
  readonly names?: Record<string, string>;
  readonly values?: Record<string, unknown>;
}

/** A condition in the form of command inputs. */
export function conditionInput(write: Partial<ConditionalWrite> | undefined) {
  return {
    ...(write?.condition !== undefined && { ConditionExpression: write.condition }),
    ...(write?.names && { ExpressionAttributeNames: write.names }),
    ...(write?.values && { ExpressionAttributeValues: write.values }),
  };
}

/** A query for a range in the form of its command input. */
export function queryInput(table: string, range: Range): QueryCommandInput {
  const { partition, index, from, to, prefix, descending, pageSize, consistent } = range;
  const key = tableDefinition.indexes.find(({ name }) => name === index) ?? tableDefinition;
  const values: Record<string, string> = { ':partition': partition };
  let sort = '';
  if (prefix !== undefined) [sort, values[':prefix']] = [' AND begins_with(#sort, :prefix)', prefix];
  else if (from !== undefined && to !== undefined) [sort, values[':from'], values[':to']] = [' AND #sort BETWEEN :from AND :to', from, to];
  else if (from !== undefined) [sort, values[':from']] = [' AND #sort >= :from', from];
  else if (to !== undefined) [sort, values[':to']] = [' AND #sort <= :to', to];
  return {
    TableName: table,
    KeyConditionExpression: `#partition = :partition${sort}`,
    ExpressionAttributeNames: { '#partition': key.partition, ...(sort !== '' && { '#sort': key.sort }) },
    ExpressionAttributeValues: values,
    ScanIndexForward: !descending,
    ...(index !== undefined && { IndexName: index }),
    ...(pageSize !== undefined && { Limit: pageSize }),
    ...(consistent && index === undefined && { ConsistentRead: true }),
  };
}
