import { writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '@barometer/storage-sqlite';

/**
 * The child of the upgrade test: opens a store as a start does, and prints when it begins and when the store is open.
 * With a schema version as its second argument it kills itself when the migration to that version is complete except
 * for its commit.
 */
const [, , path = '', step] = process.argv;

if (step !== undefined) {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its connection.
  const { exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.exec = function (sql) {
    exec.call(this, sql);
    if (sql === `PRAGMA user_version = ${step}`) process.kill(process.pid, 'SIGKILL');
  };
}
writeSync(1, 'begins\n');
openDatabase(path).close();
writeSync(1, 'upgraded\n');
