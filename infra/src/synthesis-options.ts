import { parseArgs } from 'node:util';
import { appNames, type AppName } from './names';

export interface SynthesisOptions {
  readonly environment: string;
  readonly apps: readonly AppName[];
  /** Whether a missing or test-only artefact is an error; otherwise a placeholder is used. */
  readonly mustBeDeployable: boolean;
  /** Placeholders for all apps, even if there are artefacts. */
  readonly usePlaceholders: boolean;
  /** Relative to the workspace; absent if the CDK's command line chooses it. */
  readonly outputFolder: string | undefined;
}

/**
 * What to synthesise: `--environment prod`, `--apps ingestion,dashboard`, `--deployable`, `--placeholders`,
 * `--output FOLDER`. If the CDK's command line runs the app, which passes no arguments on, the same options come as
 * context: `-c environment=prod`.
 */
export function synthesisOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  defaults: Readonly<Record<string, unknown>>,
): SynthesisOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      environment: { type: 'string' },
      apps: { type: 'string' },
      placeholders: { type: 'boolean' },
      deployable: { type: 'boolean' },
      output: { type: 'string' },
    },
  });
  const given = { ...defaults, ...(JSON.parse(env['CDK_CONTEXT_JSON'] ?? '{}') as Record<string, unknown>) };
  const environment = values.environment ?? textOf(given['environment']) ?? 'dev';
  return {
    environment,
    apps: appsOf(values.apps ?? textOf(given['apps'])),
    mustBeDeployable: values.deployable ?? String(given['deployable']) === 'true',
    usePlaceholders: values.placeholders ?? String(given['placeholders']) === 'true',
    outputFolder: values.output ?? (env['CDK_OUTDIR'] === undefined ? `dist/infra/${environment}` : undefined),
  };
}

/** The apps of a comma-separated list; all if there is no list. Throws a sentence for an unknown app. */
export function appsOf(list: string | undefined): readonly AppName[] {
  if (list === undefined) return appNames;
  return list.split(',').map((word) => {
    const app = appNames.find((name) => name === word.trim());
    if (!app) throw new Error(`There is no app "${word.trim()}"; there are ${appNames.join(', ')}.`);
    return app;
  });
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
