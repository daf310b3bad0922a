import { accessKeysContract, reportStoreContract, topicStoreContract } from '@barometer/reporting/testing';
import type { AccessKeys } from '@barometer/reporting';
import { freshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbAccessKeys } from './index';
import { closeTables, reportFixture, topicFixture } from './testing/fixtures';

jest.setTimeout(300_000);
afterEach(closeTables);

reportStoreContract('DynamoDB', reportFixture);
topicStoreContract('DynamoDB', topicFixture);
accessKeysContract('DynamoDB', () => {
  const keys = freshTable().then(({ table }) => new DynamoDbAccessKeys(table));
  return {
    add: async (key) => (await keys).add(key),
    list: async () => (await keys).list(),
    find: async (id) => (await keys).find(id),
    remove: async (id) => (await keys).remove(id),
  } satisfies AccessKeys;
});
