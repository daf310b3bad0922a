import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageZip } from '../../src/executors/zip/executor';
import { readArtifact, type ZipArtifact } from '../../src/packaging/artifact';
import { packageOptions, type PackageOptions } from '../../src/packaging/package-options';
import { run } from '../../src/packaging/run';
import type { PackagingFigures } from './figures';

/** Packages an app with Nx, as a person would: from scratch, only the last step, and from the cache. */
export async function measurePackaging(app: string, workspaceRoot: string, rounds: number, log: (line: string) => void): Promise<PackagingFigures> {
  const times = { fresh: [] as number[], alone: [] as number[], cached: [] as number[] };
  const flags = { fresh: ['--skipNxCache'], alone: ['--skipNxCache', '--excludeTaskDependencies'], cached: [] };
  const nx = (more: readonly string[]) =>
    run(
      [process.execPath, 'node_modules/nx/dist/bin/nx.js', 'run', `${app}:package`, '--outputStyle=static', ...more],
      { NX_DAEMON: 'false', NX_TUI: 'false' },
      workspaceRoot,
    );
  await nx(flags.cached);
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of ['fresh', 'alone', 'cached'] as const) {
      const start = performance.now();
      await nx(flags[kind]);
      times[kind].push(performance.now() - start);
      log(`${app}, package ${kind}: ${((times[kind].at(-1) ?? 0) / 1000).toFixed(1)} s`);
    }
  }
  return { name: app, artifact: await readArtifact(workspaceRoot, app), ...times };
}

/** Packages Analysis as a ZIP, which is not its own packaging, beside its image; uses what is built already. */
export async function packageAnalysisAsZip(workspaceRoot: string): Promise<{ artifact: ZipArtifact; milliseconds: number }> {
  const project = JSON.parse(await readFile(join(workspaceRoot, 'apps/analysis/project.json'), 'utf8')) as {
    targets: { package: { options: Partial<PackageOptions> } };
  };
  const { model = '' } = project.targets.package.options;
  const start = performance.now();
  const artifact = await packageZip(packageOptions({ architecture: 'x86_64', model, outputPath: 'dist/bench/analysis-zip' }, 'analysis'), workspaceRoot);
  return { artifact, milliseconds: performance.now() - start };
}
