import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import { nativePackageNames } from './packaging/native-packages';

/** What a project.json says that makes its app a Lambda. */
export interface LambdaProject {
  readonly name: string;
  /** Its folder, relative to the workspace. */
  readonly root: string;
  readonly packaging: 'zip' | 'image';
  /** The options of its `package` target: the folders that decide what it depends on. */
  readonly assets?: Readonly<Record<string, string>>;
  readonly model?: string;
}

const words = ['zip', 'image', 'archive', 'npm', 'oci'] as const;
/** Those that make an app one that is installed by itself. */
export const standaloneWords = ['archive', 'npm', 'oci'] as const;
export type StandaloneWord = (typeof standaloneWords)[number];
/** How an app is packaged: as a Lambda in one of two ways, or to be installed by itself. */
export type PackagingWord = (typeof words)[number];

/** The packagings that a project.json names, one as a text or several as a list. Throws where there is no such word, or two for Lambda. */
export function wordsOf(root: string, projectJson: string): readonly PackagingWord[] {
  const { metadata } = JSON.parse(projectJson) as { metadata?: { packaging?: string | readonly string[] } };
  const named = [metadata?.packaging ?? []].flat();
  const unknown = named.find((word) => !words.some((known) => known === word));
  if (unknown !== undefined) throw new Error(`${root}/project.json: packaging is "zip", "image", "archive", "npm" or "oci", or a list of them, not "${unknown}".`);
  const found = words.filter((word) => named.includes(word));
  if (found.includes('zip') && found.includes('image')) throw new Error(`${root}/project.json: a Lambda is packaged as "zip" or as "image", not as both.`);
  return found;
}

/** Reads a project.json; undefined where the project is no Lambda. Throws where its packaging cannot be. */
export function lambdaProject(root: string, projectJson: string): LambdaProject | undefined {
  const { name, targets } = JSON.parse(projectJson) as { name: string; targets?: { package?: { options?: Pick<LambdaProject, 'assets' | 'model'> } } };
  const packaging = wordsOf(root, projectJson).find((word) => word === 'zip' || word === 'image');
  return packaging && { name, root, packaging, ...targets?.package?.options };
}

/** The projects whose builds an app carries as assets: it is affected by them and built after them. */
export function carriedProjects({ assets = {} }: Pick<LambdaProject, 'assets'>): string[] {
  return Object.values(assets).flatMap((folder) => /^dist\/apps\/([^/]+)/.exec(folder)?.[1] ?? []);
}

/** What the stacks are made of, without their tests and what only compares templates. */
const stackSources = ['src/!(*.spec).ts', 'src/!(diff|drill|findings|testing)/**/!(*.spec).ts', 'src/*.json', 'cdk.json'].map((files) => `{workspaceRoot}/infra/${files}`);

/** build → package → smoke → deploy. */
export function lambdaTargets(workspaceRoot: string, project: LambdaProject): Record<string, TargetConfiguration> {
  const { name, root, packaging } = project;
  return {
    build: bundle(workspaceRoot, project),
    package: {
      executor: `@barometer/tools:${packaging}`,
      dependsOn: ['build', '^build'],
      cache: true,
      inputs: [
        'production', '^production', '{workspaceRoot}/tools/lambda-runtime/**/*',
        ...(project.model ? [`{workspaceRoot}/${project.model}/**/*`] : []),
        ...(packaging === 'image' ? [{ env: 'LAMBDA_BASE' }] : []),
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
      // Never cached: they are named for `nx affected`, which counts an app as affected by what its stack is made of.
      inputs: ['production', '^production', ...stackSources],
      // Two deployments at once would both touch the state stack.
      parallelism: false,
      options: { app: name },
    },
  };
}

/**
 * One file of CommonJS with everything in it, the AWS SDK included: the quickest to load on Lambda. Beside it, each
 * `src/*-worker.ts` (a thread) and `src/*-on-demand.ts` (loaded by `import()`, see lambda-bundle.ts) becomes a file of its own.
 */
function bundle(workspaceRoot: string, { name, root }: LambdaProject): TargetConfiguration {
  const beside = globSync('src/*-{worker,on-demand}.ts', { cwd: join(workspaceRoot, root) }).sort().map((file) => `${root}/${file}`);
  return {
    executor: '@nx/esbuild:esbuild',
    cache: true,
    inputs: ['production', '^production'],
    outputs: ['{options.outputPath}'],
    options: {
      main: `${root}/src/main.ts`, outputPath: `dist/apps/${name}`, tsConfig: `${root}/tsconfig.json`,
      additionalEntryPoints: beside, external: [...nativePackageNames], esbuildConfig: 'tools/src/lambda-bundle.ts',
      bundle: true, thirdParty: true, minify: true, metafile: true, format: ['cjs'], platform: 'node', target: 'node24',
      declaration: false, skipTypeCheck: true, generatePackageJson: false, deleteOutputPath: true,
    },
  };
}
