import type { ListAccessKeys, TakeFirstKey } from '@barometer/access';
import { StoreError, SettingsError } from '@barometer/kernel';
import type { Settings } from './config';
import { readSecretFile } from './secret-file';

interface FirstKeyDeps {
  readonly settings: Pick<Settings, 'host' | 'store' | 'needsKeys' | 'adminKeyFile'> & { readonly signIn?: unknown };
  readonly listKeys: Pick<ListAccessKeys, 'execute'>;
  readonly takeFirstKey: Pick<TakeFirstKey, 'execute'>;
  readonly log: (line: string) => void;
}

/**
 * Makes sure that someone can get in where a key is needed: a store without keys takes the one in ADMIN_KEY_FILE;
 * without such a file the log says how to make a key, unless people sign in at a provider. Until there is a key, every
 * request is refused.
 * @throws SettingsError if the file is needed and cannot be used; it never repeats what the file holds
 */
export async function prepareFirstKey({ settings, listKeys, takeFirstKey, log }: FirstKeyDeps): Promise<void> {
  if (!settings.needsKeys || (await hasKeys(listKeys))) return;
  if (!settings.adminKeyFile) return settings.signIn === undefined ? log(noKeys(settings)) : undefined;
  const taken = await takeFirstKey.execute(await readSecretFile('ADMIN_KEY_FILE', settings.adminKeyFile));
  if (!taken.ok) throw new SettingsError(`ADMIN_KEY_FILE ${settings.adminKeyFile} ${taken.error.message}`);
  if (taken.value) log(`Key ${taken.value.id} (write) is taken from ADMIN_KEY_FILE; "barometer keys revoke" ends it.`);
}

/** A store that does not answer is reported elsewhere. */
async function hasKeys(listKeys: FirstKeyDeps['listKeys']): Promise<boolean> {
  try {
    return (await listKeys.execute()).length > 0;
  } catch (error) {
    if (error instanceof StoreError) return true;
    throw error;
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
