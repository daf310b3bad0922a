import { noteStoreContract, reportStoreContract, topicStoreContract } from '@barometer/reporting/testing';
import { DAY } from '@barometer/kernel';
import type { NoteStore } from '@barometer/reporting';
import { freshTable } from '@barometer/storage-dynamodb/testing';
import { DynamoDbNoteStore } from './index';
import { closeTables, reportFixture, topicFixture } from './testing/fixtures';

jest.setTimeout(300_000);
afterEach(closeTables);

reportStoreContract('DynamoDB', reportFixture);
reportStoreContract('DynamoDB, kept for 400 days', (clock, retention = { articles: 400 * DAY, rollups: 400 * DAY }) => reportFixture(clock, retention));
topicStoreContract('DynamoDB', topicFixture);
noteStoreContract('DynamoDB', () => {
  const notes = freshTable().then(({ table }) => new DynamoDbNoteStore(table));
  return {
    add: async (note) => (await notes).add(note),
    list: async (period) => (await notes).list(period),
    count: async () => (await notes).count(),
    remove: async (id) => (await notes).remove(id),
    removeBefore: async (time) => (await notes).removeBefore(time),
  } satisfies NoteStore;
});
