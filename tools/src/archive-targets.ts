import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import { carriedProjects, standaloneWords, wordsOf, type StandaloneWord } from './lambda-targets';
import { nativePackageNames } from './packaging/native-packages';

/** The parts of a project.json that make its app a standalone one, which is installed by itself. */
export interface ArchiveProject {
  readonly name: string;
  /** Its folder, relative to the workspace. */
  readonly root: string;
  /** The name of its `package` target: `package-archive` if the app is also a Lambda. */
  readonly target: 'package' | 'package-archive';
  /** Its packagings by default. */
  readonly packagings: readonly StandaloneWord[];
  /** Folders that the app needs below its root, as they are in the workspace. */
  readonly assets: readonly string[];
}

/** Reads a project.json; undefined if none of its packagings is a standalone one. */
export function archiveProject(root: string, projectJson: string): ArchiveProject | undefined {
  const { name, targets } = JSON.parse(projectJson) as { name: string; targets?: Record<string, { options?: { assets?: readonly string[] } }> };
  const words = wordsOf(root, projectJson);
  const packagings = standaloneWords.filter((word) => words.includes(word));
  if (packagings.length === 0) return undefined;
  const target = words.length > packagings.length ? 'package-archive' : 'package';
  return { name, root, target, packagings, assets: targets?.[target]?.options?.assets ?? [] };
}

/** The projects whose builds the app contains. */
export const archivedProjects = ({ assets }: ArchiveProject): string[] =>
  carriedProjects({ assets: Object.fromEntries(assets.map((asset) => [asset, asset])) });

/** The targets bundle → package. */
export function archiveTargets(workspaceRoot: string, { name, root, target, packagings, assets }: ArchiveProject): Record<string, TargetConfiguration> {
  const workers = globSync('src/*-worker.ts', { cwd: join(workspaceRoot, root) })
    .sort()
    .map((file) => `${root}/${file}`);
  const bundle = `dist/standalone/${name}`;
  return {
    bundle: {
      executor: '@nx/esbuild:esbuild',
      cache: true,
      inputs: ['production', '^production', 'packager'],
      outputs: ['{options.outputPath}'],
      options: {
        main: `${root}/src/standalone.ts`,
        outputPath: bundle,
        tsConfig: `${root}/tsconfig.json`,
        additionalEntryPoints: workers,
        external: [...nativePackageNames],
        esbuildConfig: 'tools/src/standalone-bundle.ts',
        bundle: true,
        thirdParty: true,
        minify: true,
        metafile: true,
        format: ['esm'],
        platform: 'node',
        target: 'node22',
        declaration: false,
        skipTypeCheck: true,
        generatePackageJson: false,
        deleteOutputPath: true,
      },
    },
    [target]: {
      executor: '@barometer/tools:archive',
      // Not cached: an archive has 80 MB, and is made in half a minute.
      dependsOn: ['bundle', '^build'],
      inputs: [
        'production',
        '^production',
        'packager',
        ...assets.filter((asset) => !asset.startsWith('dist/')).map((asset) => `{workspaceRoot}/${asset}/**/*`),
      ],
      options: {
        app: name,
        bundle,
        // An image needs a builder, which not every machine has: it is made only on request.
        packaging: packagings.filter((word) => word !== 'oci' || packagings.length === 1).join(','),
        outputPath: 'dist/archives',
        npmOutputPath: 'dist/npm',
        imageOutputPath: 'dist/images',
        platform: 'host',
      },
    },
  };
}
