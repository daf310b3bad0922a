import { noteStoreContract } from '@barometer/reporting/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { SqliteNoteStore } from './sqlite-note-store';

noteStoreContract('sqlite', () => new SqliteNoteStore(openDatabase(':memory:')));
