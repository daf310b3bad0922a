import type { Architecture } from './architecture';

/** What both ways of packaging are told; project.json overrides what the plugin infers. */
export interface PackageOptions {
  readonly app: string;
  /** The folder of the bundle, relative to the workspace. */
  readonly bundle: string;
  /** Where the artefact and its manifest go. */
  readonly outputPath: string;
  readonly handler: string;
  readonly runtime: string;
  readonly architecture: Architecture;
  /** Folders to lay beside the bundle, by their name there. */
  readonly assets?: Readonly<Record<string, string>>;
  /** The folder of the model to carry. */
  readonly model?: string;
  /** The budget of the files that are packaged, uncompressed, so that it holds for a ZIP and an image alike. */
  readonly maxBytes?: number;
}

/** Fills in what follows from an app's name. */
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
