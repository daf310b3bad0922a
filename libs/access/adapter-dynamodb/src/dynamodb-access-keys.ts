import type { AccessKey, AccessKeys } from '@barometer/access';
import { accessKeyKey, ACCESS_KEYS, decideAndWrite, SCHEMA_VERSION, type DynamoDbTable, type Item } from '@barometer/storage-dynamodb';

/** The access keys in the DynamoDB store. */
export class DynamoDbAccessKeys implements AccessKeys {
  constructor(private readonly table: DynamoDbTable) {}

  async add(key: AccessKey): Promise<boolean> {
    return this.table.put({ ...accessKeyKey(key.id), v: SCHEMA_VERSION, ...key }, { condition: 'attribute_not_exists(pk)' });
  }

  async list(): Promise<readonly AccessKey[]> {
    const keys = (await this.table.all({ partition: ACCESS_KEYS, consistent: true })).map(keyOf);
    return keys.sort((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1));
  }

  async find(id: string): Promise<AccessKey | undefined> {
    const item = await this.table.get(accessKeyKey(id), { consistent: true });
    return item && keyOf(item);
  }

  async remove(id: string): Promise<boolean> {
    return decideAndWrite<boolean>(
      this.table,
      async () => {
        if (!(await this.find(id))) return { answer: false };
        const action = { Delete: { TableName: this.table.name, Key: { ...accessKeyKey(id) }, ConditionExpression: 'attribute_exists(pk)' } };
        return { answer: true, actions: [action] };
      },
      { visible: false },
    );
  }
}

function keyOf(item: Item): AccessKey {
  const { id, name, role, feed, digest, createdAt } = item as unknown as AccessKey;
  return { id, name, role, ...(feed !== undefined && { feed }), digest, createdAt };
}
