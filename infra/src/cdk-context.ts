import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings, type Settings } from './settings';

export const workspaceRoot = join(__dirname, '..', '..');

/** The context in cdk.json; the CDK passes it on only if its own command line starts the app. */
export const cdkContext = (): Record<string, unknown> =>
  (JSON.parse(readFileSync(join(workspaceRoot, 'infra/cdk.json'), 'utf8')) as { context: Record<string, unknown> }).context;

/** The settings of an environment in cdk.json. */
export const settingsOf = (environment: string): Settings => readSettings(cdkContext()['environments'], environment);
