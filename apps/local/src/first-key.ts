import { open } from 'node:fs/promises';
import { StoreError, SettingsError } from '@barometer/kernel';
import type { ListAccessKeys, TakeFirstKey } from '@barometer/reporting';
import type { Settings } from './config';

interface FirstKeyDeps {
  readonly settings: Pick<Settings, 'host' | 'store' | 'needsKeys' | 'adminKeyFile'>;
  readonly listKeys: Pick<ListAccessKeys, 'execute'>;
  readonly takeFirstKey: Pick<TakeFirstKey, 'execute'>;
  readonly log: (line: string) => void;
}

/** A key is 77 characters; a file that is much larger is something else. */
const LARGEST = 1024;
/** The bits of a file's mode that let others than its owner and group read it, or others than its owner write it. */
const TOO_OPEN = 0o027;

/**
 * Sees to it that somebody can be let in where a key is needed: a store without keys takes that of ADMIN_KEY_FILE, and without
 * such a file it is told how to make one. Until there is a key, every request is refused.
 * @throws SettingsError where the file is needed and cannot be used; it never repeats what the file holds
 */
export async function prepareFirstKey({ settings, listKeys, takeFirstKey, log }: FirstKeyDeps): Promise<void> {
  if (!settings.needsKeys || (await hasKeys(listKeys))) return;
  if (!settings.adminKeyFile) return log(noKeys(settings));
  const taken = await takeFirstKey.execute(await readSecret(settings.adminKeyFile));
  if (!taken.ok) throw new SettingsError(`ADMIN_KEY_FILE ${settings.adminKeyFile} ${taken.error.message}`);
  if (taken.value) log(`Key ${taken.value.id} (write) is taken from ADMIN_KEY_FILE; "barometer keys revoke" ends it.`);
}

/** Where the store does not answer, that is said elsewhere. */
async function hasKeys(listKeys: FirstKeyDeps['listKeys']): Promise<boolean> {
  try {
    return (await listKeys.execute()).length > 0;
  } catch (error) {
    if (error instanceof StoreError) return true;
    throw error;
  }
}

/** One line from a file that nobody but its owner, and the group it was given to, can read. */
async function readSecret(path: string): Promise<string> {
  const refuse = (why: string) => new SettingsError(`ADMIN_KEY_FILE ${path} ${why}`);
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw refuse(`cannot be read (${error.code ?? error.message})`);
  });
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw refuse('is no file');
    const { mode, size } = stats;
    if (process.platform !== 'win32' && (mode & TOO_OPEN) !== 0) throw refuse(`can be read or changed by others (its mode is ${(mode & 0o777).toString(8)}): run "chmod 600" on it`);
    if (size > LARGEST) throw refuse('is too large for a key');
    return (await file.readFile('utf8')).trim();
  } catch (error) {
    throw error instanceof SettingsError ? error : refuse(`cannot be read (${String((error as NodeJS.ErrnoException).code)})`);
  } finally {
    await file.close();
  }
}

const noKeys = ({ host, store }: Pick<Settings, 'host' | 'store'>) =>
  `HOST ${host} can be reached from other machines, itself or through a proxy, so every request needs an access key, and there is none yet${howToAddOne[store]}`;

const orByFile = ' Or name a file that holds one as ADMIN_KEY_FILE, and start again.';
const howToAddOne: Record<Settings['store'], string> = {
  sqlite: `: run "barometer keys add NAME --role write" on this machine, with the same settings; Barometer may go on meanwhile.${orByFile}`,
  dynamodb: `: run "barometer keys add NAME --role write" with the same settings.${orByFile}`,
  memory: '; STORE=memory keeps none: name a file that holds one as ADMIN_KEY_FILE, and start again.',
};
