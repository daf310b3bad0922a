import { sessionStoreContract } from '@barometer/access/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { SqliteSessionStore } from './sqlite-session-store';

sessionStoreContract('sqlite', () => new SqliteSessionStore(openDatabase(':memory:')));
