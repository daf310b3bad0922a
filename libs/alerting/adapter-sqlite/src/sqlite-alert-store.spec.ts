import { alertStoreContract } from '@barometer/alerting/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { SqliteAlertStore } from './sqlite-alert-store';

alertStoreContract('sqlite', async () => new SqliteAlertStore(openDatabase(':memory:')));
