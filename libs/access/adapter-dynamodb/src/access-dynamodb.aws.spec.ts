import type { AccessKeys, SessionStore } from '@barometer/access';
import { accessKeysContract, sessionStoreContract } from '@barometer/access/testing';
import { freshTable, type FreshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbAccessKeys, DynamoDbSessionStore } from './index';

jest.setTimeout(300_000);
const opened: Promise<FreshTable>[] = [];
afterEach(async () => {
  for (const fresh of opened.splice(0)) await (await fresh).close();
});

function freshTableOfTest(): Promise<FreshTable> {
  const fresh = freshTable();
  opened.push(fresh);
  return fresh;
}

accessKeysContract('DynamoDB', () => {
  const keys = freshTableOfTest().then(({ table }) => new DynamoDbAccessKeys(table));
  return {
    add: async (key) => (await keys).add(key),
    list: async () => (await keys).list(),
    find: async (id) => (await keys).find(id),
    remove: async (id) => (await keys).remove(id),
  } satisfies AccessKeys;
});
sessionStoreContract('DynamoDB', () => {
  const sessions = freshTableOfTest().then(({ table }) => new DynamoDbSessionStore(table));
  return {
    add: async (session) => (await sessions).add(session),
    find: async (id) => (await sessions).find(id),
    touch: async (id, times) => (await sessions).touch(id, times),
    list: async (now) => (await sessions).list(now),
    remove: async (id) => (await sessions).remove(id),
    removeAll: async () => (await sessions).removeAll(),
  } satisfies SessionStore;
});
