export { isFileError, StoreFullError, StoreHeldError, StoreInUseError, StoreUnreadableError, StoreVersionError } from './errors';
export { judgementOf, judgementsOf, removeJudgement, setJudgement, type StoredJudgement } from './judgements';
export { openDatabase, type OpenOptions } from './open-database';
export { addToRollups, dropTopicVersion, membershipsOf, rollupColumns } from './rollups';
export { sentimentColumns, sentimentOf, sentimentValues, setSentiment, type SentimentColumns } from './sentiment-columns';
export type { SqliteDatabase } from './sqlite-database';
export { indexWords, wordsQuery } from './words';
export { BackupError, backUpStore, restoreStore, type CopyOptions, type StoreCopy } from './backup';
