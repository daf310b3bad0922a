import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings, type Settings } from '../settings';

export const workspaceRoot = join(__dirname, '..', '..', '..');

/** The settings of an environment as cdk.json has them. */
export function settingsOf(environment: string): Settings {
  const { context } = JSON.parse(readFileSync(join(workspaceRoot, 'infra/cdk.json'), 'utf8')) as { context: { environments: unknown } };
  return readSettings(context.environments, environment);
}
