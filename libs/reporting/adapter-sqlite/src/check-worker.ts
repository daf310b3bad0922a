import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '@barometer/storage-sqlite';
import { discrepanciesOfStories, eachOfOneState, JOINED_A_LONG_TURN } from './invariant';

// The entry of the thread that compares the stories of a store, which another connection may be writing.
const db = openDatabase(workerData as string, { readOnly: true });
// The articles of a story are all over the file.
db.exec('PRAGMA cache_size = -32768');
try {
  parentPort?.postMessage([...eachOfOneState(db, discrepanciesOfStories(db, JOINED_A_LONG_TURN))].flat());
} finally {
  db.close();
}
