import { openDatabase } from '@barometer/storage-sqlite';
import { freshTable } from '@barometer/storage-dynamodb/testing';
import { dynamoDbStores } from './stores/dynamodb-stores';
import { sqliteStores } from './stores/sqlite-stores';
import { fillTrial, linesOf, takeAll, trialSystem } from './testing/transfer-trial';

jest.setTimeout(300_000);

it('everything of a SQLite store goes to a table and back as it was, counted alike in all three', async () => {
  const { table, close } = await freshTable();
  const [from, middle, back] = [
    await trialSystem(sqliteStores(openDatabase(':memory:'))),
    await trialSystem(dynamoDbStores(table)),
    await trialSystem(sqliteStores(openDatabase(':memory:'))),
  ];
  await fillTrial(from);
  const lines = await linesOf(from);
  expect(await takeAll(middle, lines)).toEqual({ sources: 2, topics: 1, articles: 25, known: 0, tooOld: 0 });
  expect(await linesOf(middle)).toEqual(lines);
  await takeAll(back, await linesOf(middle));
  expect(await linesOf(back)).toEqual(lines);
  expect([await from.differences(), await middle.differences(), await back.differences()]).toEqual([[], [], []]);
  const counted = (system: typeof from) => system.ports.reports.hours({}, { from: 0, to: from.clock.now() + 1 });
  expect([await counted(middle), await counted(back)]).toEqual([await counted(from), await counted(from)]);
  await close();
});
