import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { SqliteAlertStore } from '@barometer/alerting-sqlite';
import { CommandError } from '@barometer/cli';
import { SqliteArticleStore, SqliteSeedRecord, SqliteSourceStore, SqliteTopicCatalog } from '@barometer/ingestion-sqlite';
import { SqliteAccessKeys, SqliteReportStore, SqliteTopicStore } from '@barometer/reporting-sqlite';
import { SqliteScoreStore } from '@barometer/sentiment-sqlite';
import { isFileError, openDatabase, StoreInUseError, type SqliteDatabase } from '@barometer/storage-sqlite';
import type { Settings } from '../config';
import { tokens } from '../tokens';
import type { OpenOptions, Stores } from './open-stores';

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
      container.bind(tokens.reportStore).toResolvedValue((clock) => new SqliteReportStore(database, clock), [tokens.clock]);
      container.bind(tokens.topicStore).toResolvedValue(() => new SqliteTopicStore(database));
      container.bind(tokens.accessKeys).toResolvedValue(() => new SqliteAccessKeys(database));
      container.bind(tokens.alertStore).toResolvedValue(() => new SqliteAlertStore(database));
    },
    prepare: async () => undefined,
    close: () => undefined,
  };
}

/** Opens the file; where a Barometer runs on it already, the error says at which address. */
function openFile({ dataDirectory, storeFile }: Settings, { readOnly, beside = false, addressFile }: OpenOptions): SqliteDatabase {
  if (readOnly && !existsSync(storeFile)) throw new CommandError(`There is no store in ${dataDirectory} yet; "barometer up" and "barometer poll" make one.`);
  try {
    mkdirSync(dataDirectory, { recursive: true });
    return openDatabase(storeFile, { readOnly, beside });
  } catch (error) {
    throw inWords(error, dataDirectory, addressFile);
  }
}

/** A failure to open the file, as a sentence where it has one: where the Barometer is that has it, or what is wrong with the folder. */
export function inWords(error: unknown, dataDirectory: string, addressFile: string): unknown {
  if (error instanceof StoreInUseError) return new CommandError(`${error.message}${runningAt(addressFile)}`);
  return isFileError(error) ? new CommandError(`DATA_DIR ${dataDirectory} cannot be used: ${error.message}`) : error;
}

function runningAt(addressFile: string): string {
  try {
    return ` It is at ${readFileSync(addressFile, 'utf8')}`;
  } catch {
    return '';
  }
}
