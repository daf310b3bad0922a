import { alertStoreContract, digestStoreContract } from '@barometer/alerting/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { SqliteAlertStore } from './sqlite-alert-store';
import { SqliteDigestStore } from './sqlite-digest-store';

alertStoreContract('sqlite', async () => new SqliteAlertStore(openDatabase(':memory:')));
digestStoreContract('sqlite', async () => {
  const db = openDatabase(':memory:');
  return { alerts: new SqliteAlertStore(db), store: new SqliteDigestStore(db) };
});
