import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings, type Settings } from './settings';

export const workspaceRoot = join(__dirname, '..', '..');

/** The context in cdk.json; the CDK's command line only hands it over when it is what starts the app. */
export const cdkContext = (): Record<string, unknown> =>
  (JSON.parse(readFileSync(join(workspaceRoot, 'infra/cdk.json'), 'utf8')) as { context: Record<string, unknown> }).context;

/** The settings of an environment as cdk.json has them. */
export const settingsOf = (environment: string): Settings => readSettings(cdkContext()['environments'], environment);
