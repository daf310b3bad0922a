import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import { nativePackageNames } from './packaging/native-packages';

/** The parts of a project.json that make its app a Lambda. */
export interface LambdaProject {
  readonly name: string;
  /** Its folder, relative to the workspace. */
  readonly root: string;
  readonly packaging: 'zip' | 'image';
  /** The options of its `package` target: the folders that it depends on. */
  readonly assets?: Readonly<Record<string, string>>;
  readonly model?: string;
}

const words = ['zip', 'image', 'archive', 'npm', 'oci'] as const;
/** Words that make an app a standalone one, which is installed by itself. */
export const standaloneWords = ['archive', 'npm', 'oci'] as const;
export type StandaloneWord = (typeof standaloneWords)[number];
/** The packagings of an app: two for a Lambda, the others for a standalone app. */
export type PackagingWord = (typeof words)[number];

/** The packagings in a project.json, one as a text or several as a list. Throws for an unknown one, or for both Lambda packagings. */
export function wordsOf(root: string, projectJson: string): readonly PackagingWord[] {
  const { metadata } = JSON.parse(projectJson) as { metadata?: { packaging?: string | readonly string[] } };
  const named = [metadata?.packaging ?? []].flat();
  const unknown = named.find((word) => !words.some((known) => known === word));
  if (unknown !== undefined)
    throw new Error(`${root}/project.json: packaging is "zip", "image", "archive", "npm" or "oci", or a list of them, not "${unknown}".`);
  const found = words.filter((word) => named.includes(word));
  if (found.includes('zip') && found.includes('image')) throw new Error(`${root}/project.json: a Lambda is packaged as "zip" or as "image", not as both.`);
  return found;
}

/** Reads a project.json; undefined if the project is not a Lambda. Throws if its packaging is invalid. */
export function lambdaProject(root: string, projectJson: string): LambdaProject | undefined {
  const { name, targets } = JSON.parse(projectJson) as { name: string; targets?: { package?: { options?: Pick<LambdaProject, 'assets' | 'model'> } } };
  const packaging = wordsOf(root, projectJson).find((word) => word === 'zip' || word === 'image');
  return packaging && { name, root, packaging, ...targets?.package?.options };
}

/** The projects whose builds an app contains as assets: it is affected by them and built after them. */
export function carriedProjects({ assets = {} }: Pick<LambdaProject, 'assets'>): string[] {
  return Object.values(assets).flatMap((folder) => /^dist\/apps\/([^/]+)/.exec(folder)?.[1] ?? []);
}

/** The sources of the stacks, without tests and without what only compares templates. */
const stackSources = ['src/!(*.spec).ts', 'src/!(diff|drill|findings|testing)/**/!(*.spec).ts', 'src/*.json', 'cdk.json'].map(
  (files) => `{workspaceRoot}/infra/${files}`,
);

/** The sources of the stand-in base, which is used if AWS's own base is not set. */
const standInBase = '{workspaceRoot}/tools/src/packaging/{lambda-entrypoint.sh,runtime-client.ts,stand-in-base.ts}';

/** The targets build → package → smoke → deploy. */
export function lambdaTargets(workspaceRoot: string, project: LambdaProject): Record<string, TargetConfiguration> {
  const { name, root, packaging } = project;
  return {
    build: bundle(workspaceRoot, project),
    package: {
      executor: `@barometer/tools:${packaging}`,
      dependsOn: ['build', '^build'],
      cache: true,
      inputs: [
        'production',
        '^production',
        'packager',
        ...(project.model ? [`{workspaceRoot}/${project.model}/**/*`] : []),
        ...(packaging === 'image' ? [standInBase, { env: 'LAMBDA_BASE' }] : []),
      ],
      outputs: [`{workspaceRoot}/dist/lambdas/${name}`],
      options: { app: name, architecture: packaging === 'image' ? 'x86_64' : 'arm64' },
    },
    smoke: {
      executor: '@barometer/tools:smoke',
      dependsOn: ['package'],
      options: { app: name, events: `${root}/smoke.json` },
    },
    deploy: {
      executor: '@barometer/tools:deploy',
      dependsOn: ['smoke'],
      // Not for a cache: `nx affected` counts an app as affected by the sources of its stack because they are inputs.
      inputs: ['production', '^production', ...stackSources],
      // Two concurrent deployments would both change the state stack.
      parallelism: false,
      options: { app: name },
    },
  };
}

/**
 * A single CommonJS file with everything in it, including the AWS SDK: the fastest to load on Lambda. Each
 * `src/*-worker.ts` (a thread) and `src/*-on-demand.ts` (loaded by `import()`, see lambda-bundle.ts) becomes a separate
 * file beside it.
 */
function bundle(workspaceRoot: string, { name, root }: LambdaProject): TargetConfiguration {
  const beside = globSync('src/*-{worker,on-demand}.ts', { cwd: join(workspaceRoot, root) })
    .sort()
    .map((file) => `${root}/${file}`);
  return {
    executor: '@nx/esbuild:esbuild',
    cache: true,
    inputs: ['production', '^production', 'packager'],
    outputs: ['{options.outputPath}'],
    options: {
      main: `${root}/src/main.ts`,
      outputPath: `dist/apps/${name}`,
      tsConfig: `${root}/tsconfig.json`,
      additionalEntryPoints: beside,
      external: [...nativePackageNames],
      esbuildConfig: 'tools/src/lambda-bundle.ts',
      bundle: true,
      thirdParty: true,
      minify: true,
      metafile: true,
      format: ['cjs'],
      platform: 'node',
      target: 'node24',
      declaration: false,
      skipTypeCheck: true,
      generatePackageJson: false,
      deleteOutputPath: true,
    },
  };
}
