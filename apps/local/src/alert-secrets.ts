import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from './config';

/**
 * The value behind the name of a channel's secret: `ALERT_SECRET_<NAME>`, else the file of that name in
 * ALERT_SECRETS_DIR. A channel can reach only secrets that are named for alerts, whoever adds it.
 */
export function alertSecrets({
  alertSecrets: known,
  alertSecretsDirectory,
}: Pick<Settings, 'alertSecrets' | 'alertSecretsDirectory'>): (name: string) => Promise<string | undefined> {
  return async (name) => {
    const value = known[name] ?? (alertSecretsDirectory && (await readFile(join(alertSecretsDirectory, name), 'utf8').catch(() => undefined)));
    return value?.trim() || undefined;
  };
}
