import { existsSync, mkdirSync } from 'node:fs';
import { CommandError, type CopiedStore, type CopyOptions } from '@barometer/cli';
import { backUpStore, restoreStore } from '@barometer/storage-sqlite';
import type { Settings } from '../config';
import { inWords } from './sqlite-stores';

/** Copies the store's file to `file`. Throws `CommandError` or `StoreError`, each with a sentence. */
export async function backUpFile(settings: Settings, file: string, options: CopyOptions): Promise<CopiedStore> {
  expectFile(settings);
  if (!existsSync(settings.storeFile)) throw new CommandError(`There is no store in ${settings.dataDirectory} yet.`);
  return stoppable(() => backUpStore(settings.storeFile, file, options), options.signal);
}

/** Replaces the configured store by the one in `file`. Throws `CommandError` or `StoreError`, each with a sentence. */
export async function restoreFile(
  settings: Settings,
  file: string,
  { addressFile, ...options }: Omit<CopyOptions, 'overwrite'> & { readonly addressFile: string },
): Promise<CopiedStore & { readonly replaced?: string }> {
  expectFile(settings);
  return stoppable(async () => {
    try {
      mkdirSync(settings.dataDirectory, { recursive: true });
      return await restoreStore(file, settings.storeFile, options);
    } catch (error) {
      throw inWords(error, settings.dataDirectory, addressFile);
    }
  }, options.signal);
}

function expectFile({ store }: Settings): void {
  if (store === 'dynamodb')
    throw new CommandError('With STORE=dynamodb the store is a table: AWS keeps it by point-in-time recovery, see docs/operations/runbook.md.');
  if (store !== 'sqlite') throw new CommandError(`With STORE=${store} there is no file to copy.`);
}

/** A stop by the user ends the command; it is no fault. */
async function stoppable<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted) throw new CommandError('Stopped; nothing was changed.', 130);
    throw error;
  }
}
