import { accessKeysContract } from '@barometer/access/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { SqliteAccessKeys } from './sqlite-access-keys';

accessKeysContract('sqlite', () => new SqliteAccessKeys(openDatabase(':memory:')));
