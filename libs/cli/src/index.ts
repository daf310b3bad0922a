export {
  CommandError,
  type CliContext,
  type CopiedStore,
  type CopyOptions,
  type FileEvaluation,
  type Finding,
  type OnProgress,
  type RunningServer,
  type System,
} from './context';
export { runCommandLine } from './program';
export { exportStore } from './transfer/export-store';
export { ImportStore, type StoreImported } from './transfer/import-store';
export { lineSchema, type StoreLine } from './transfer/store-lines';
export type { TransferStores } from './transfer/transfer-stores';
