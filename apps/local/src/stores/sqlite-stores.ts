import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SqliteAccessKeys, SqliteSessionStore } from '@barometer/access-sqlite';
import { SqliteAlertStore, SqliteDigestStore } from '@barometer/alerting-sqlite';
import { CommandError } from '@barometer/cli';
import { SqliteArticleStore, SqliteSeedRecord, SqliteSourceStore, SqliteTopicCatalog } from '@barometer/ingestion-sqlite';
import { SqliteNoteStore, SqliteReportStore, SqliteTopicStore, storiesInThread } from '@barometer/reporting-sqlite';
import { SqliteScoreStore } from '@barometer/sentiment-sqlite';
import {
  isFileError,
  isOnReadOnlyVolume,
  openDatabase,
  SqliteCanaryStore,
  StoreInUseError,
  StoreUnreadableError,
  type SqliteDatabase,
} from '@barometer/storage-sqlite';
import type { Settings } from '../config';
import { tokens } from '../tokens';
import type { OpenOptions, Stores } from './stores';

/** The stores in one file, which is made unless it is only to be read; for one process at a time. */
export function openSqliteStores(settings: Settings, options: OpenOptions): Stores {
  const database = openFile(settings, options);
  return { ...sqliteStores(database), close: () => database.close() };
}

/** The stores in a database that is open already. */
export function sqliteStores(database: SqliteDatabase): Stores {
  return {
    bind(container) {
      container.bind(tokens.sourceStore).toResolvedValue(() => new SqliteSourceStore(database));
      container.bind(tokens.seedRecord).toResolvedValue(() => new SqliteSeedRecord(database));
      container.bind(tokens.articleStore).toResolvedValue(() => new SqliteArticleStore(database));
      container.bind(tokens.topicCatalog).toResolvedValue(() => new SqliteTopicCatalog(database));
      container.bind(tokens.scoreStore).toResolvedValue(() => new SqliteScoreStore(database));
      container.bind(tokens.canaryStore).toResolvedValue(() => new SqliteCanaryStore(database));
      container.bind(tokens.reportStore).toResolvedValue((clock) => new SqliteReportStore(database, clock, storiesInThread(database.path)), [tokens.clock]);
      container.bind(tokens.topicStore).toResolvedValue(() => new SqliteTopicStore(database));
      container.bind(tokens.accessKeys).toResolvedValue(() => new SqliteAccessKeys(database));
      container.bind(tokens.sessionStore).toResolvedValue(() => new SqliteSessionStore(database));
      container.bind(tokens.noteStore).toResolvedValue(() => new SqliteNoteStore(database));
      container.bind(tokens.alertStore).toResolvedValue(() => new SqliteAlertStore(database));
      container.bind(tokens.digestStore).toResolvedValue(() => new SqliteDigestStore(database));
    },
    prepare: async () => undefined,
    close: () => undefined,
  };
}

/** Opens the file; if a Barometer runs on it already, the error says at which address. */
function openFile({ dataDirectory, storeFile, retention }: Settings, { readOnly, beside = false, addressFile }: OpenOptions): SqliteDatabase {
  if (readOnly && !existsSync(storeFile)) throw new CommandError(`There is no store in ${dataDirectory} yet; "barometer up" and "barometer poll" make one.`);
  try {
    mkdirSync(dataDirectory, { recursive: true });
    return openDatabase(storeFile, { readOnly, beside, retention });
  } catch (error) {
    // That error says more than that the volume is read-only.
    if (readOnly && error instanceof StoreUnreadableError) throw error;
    throw inWords(error, dataDirectory, addressFile);
  }
}

/** A failure to open the file, as a sentence where there is one: which Barometer has it open, or what is wrong with the folder. */
export function inWords(error: unknown, dataDirectory: string, addressFile: string): unknown {
  if (error instanceof StoreInUseError) return new CommandError(`${error.message}${runningAt(addressFile)}`);
  if (isOnReadOnlyVolume(nameInside(dataDirectory))) {
    return new CommandError(
      `DATA_DIR ${dataDirectory} is on a volume that can only be read: "barometer status", "export" and "backup" work there, everything else has to write.`,
    );
  }
  if (isFileError(error) && error.code === 'ENOSPC') return new CommandError(`The disk has no room left for DATA_DIR ${dataDirectory}.`);
  return isFileError(error) ? new CommandError(`DATA_DIR ${dataDirectory} cannot be used: ${error.message}`) : error;
}

/** A name inside the folder, or inside the innermost one above it that is there. */
function nameInside(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? join(folder, 'x') : nameInside(dirname(folder));
}

function runningAt(addressFile: string): string {
  try {
    return ` It is at ${readFileSync(addressFile, 'utf8')}`;
  } catch {
    return '';
  }
}
