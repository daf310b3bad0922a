import type { Architecture } from './architecture';

/** The options of both ways of packaging; project.json overrides what the plugin infers. */
export interface PackageOptions {
  readonly app: string;
  /** The folder of the bundle, relative to the workspace. */
  readonly bundle: string;
  /** The folder of the artefact and its manifest. */
  readonly outputPath: string;
  readonly handler: string;
  readonly runtime: string;
  readonly architecture: Architecture;
  /** Folders to put beside the bundle, by their name there. */
  readonly assets?: Readonly<Record<string, string>>;
  /** The folder of the model to include. */
  readonly model?: string;
  /** The maximum size of the packaged files, uncompressed, so that it applies to a ZIP and an image alike. */
  readonly maxBytes?: number;
}

/** Adds the defaults that follow from an app's name. */
export function packageOptions<T extends Partial<PackageOptions>>(given: T, app: string): T & PackageOptions {
  const inferred = {
    app,
    bundle: `dist/apps/${app}`,
    outputPath: `dist/lambdas/${app}`,
    handler: 'main.handler',
    runtime: 'nodejs24.x',
    architecture: 'arm64' as const,
  };
  return { ...inferred, ...given };
}
