import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CreateNodesV2, ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import { archivedProjects, archiveProject, archiveTargets } from './archive-targets';
import { carriedProjects, lambdaProject, lambdaTargets } from './lambda-targets';

/**
 * Gives every project the targets that follow from its files, so that no project.json repeats them:
 * `lint` and `typecheck` always, `test` where there are specs, `integration` where there are `*.int.spec.ts` files,
 * `integration-aws` where there are `*.aws.spec.ts` files, which need the local stand-ins for AWS, and `e2e` where there
 * are `*.e2e.spec.ts` files, which drive a browser. One line more, `"metadata": {"packaging": "zip" | "image"}`, makes an
 * app a Lambda: `build`, `package`, `smoke` and `deploy`. `"archive"` and `"npm"`, alone, together or beside one of them,
 * make it one that is installed by itself: `bundle` and `package`, of which `--packaging` names one.
 */
export const createNodesV2: CreateNodesV2 = [
  '{apps,libs,infra,tools}/**/project.json',
  (files, _options, { workspaceRoot }) =>
    files.map((file) => {
      const root = dirname(file);
      return [file, { projects: { [root]: inferredProject(workspaceRoot, root) } }];
    }),
];

/** What is added to the project in `root`, relative to `workspaceRoot`. */
export function inferredProject(workspaceRoot: string, root: string): Partial<ProjectConfiguration> {
  const targets = inferredTargets(workspaceRoot, root);
  const projectJson = readFileSync(join(workspaceRoot, root, 'project.json'), 'utf8');
  const lambda = lambdaProject(root, projectJson);
  const archive = archiveProject(root, projectJson);
  const carried = [...(lambda ? carriedProjects(lambda) : []), ...(archive ? archivedProjects(archive) : [])];
  return {
    targets: { ...targets, ...(lambda && lambdaTargets(workspaceRoot, lambda)), ...(archive && archiveTargets(workspaceRoot, archive)) },
    ...(carried.length > 0 && { implicitDependencies: [...new Set(carried)] }),
  };
}

/** The targets of the project in `root` (relative to `workspaceRoot`), read from which files it has. */
export function inferredTargets(workspaceRoot: string, root: string): Record<string, TargetConfiguration> {
  const folder = join(workspaceRoot, root);
  const specs = globSync('{src,lambda-runtime,adr,jest,fuzz,cost}/**/*.spec.{ts,tsx}', { cwd: folder });
  const named = (kind: string) => specs.filter((spec) => spec.includes(`.${kind}.spec.`)).length;
  const targets: Record<string, TargetConfiguration> = {};
  if (existsSync(join(folder, 'tsconfig.json'))) {
    targets['lint'] = cachedCommand(`eslint ${root}`, ['{workspaceRoot}/eslint.config.mjs']);
    targets['typecheck'] = cachedCommand(`node node_modules/typescript7/bin/tsc -p ${root}/tsconfig.json`);
  }
  if (specs.length > named('int') + named('aws') + named('e2e')) {
    targets['test'] = jest(root, 'test', { testPathIgnorePatterns: ['/node_modules/', '\\.(int|aws|e2e)\\.spec\\.tsx?$'] });
  }
  if (named('int') > 0) targets['integration'] = jest(root, 'integration', { testPathPatterns: ['\\.int\\.spec\\.tsx?$'] });
  if (named('aws') > 0) targets['integration-aws'] = jest(root, 'integration-aws', { testPathPatterns: ['\\.aws\\.spec\\.tsx?$'] });
  if (named('e2e') > 0) targets['e2e'] = { ...jest(root, 'e2e', { testPathPatterns: ['\\.e2e\\.spec\\.tsx?$'] }), cache: false };
  return targets;
}

/**
 * What a project's tests read outside of any project. Named for those that do and for no other: Nx counts a project as
 * affected by every input of its targets, so that a new model would otherwise redeploy all functions.
 */
const dataReaders: Readonly<Record<string, readonly string[]>> = {
  models: ['libs/sentiment/adapter-transformers', 'apps/analysis', 'apps/local', 'tools/aws-local'],
  config: ['apps/local', 'tools/aws-local'],
  'eslint.config.mjs': ['tools'],
  'docs/operations/cost.md': ['tools'],
  'docs/benchmarks.md': ['tools'],
  'apps/local/src/testing/table-units.json': ['tools'],
  'apps/dashboard/src/testing/page-reads.json': ['tools'],
  'infra/cdk.json': ['tools'],
};

function dataReadBy(root: string): string[] {
  const read = Object.entries(dataReaders).filter(([, readers]) => readers.includes(root));
  return read.map(([name]) => `{workspaceRoot}/${name}${name.includes('.') ? '' : '/**/*'}`);
}

function cachedCommand(command: string, extraInputs: string[] = []): TargetConfiguration {
  return {
    executor: 'nx:run-commands',
    cache: true,
    inputs: ['default', '^production', ...extraInputs],
    options: { command, cwd: '{workspaceRoot}' },
  };
}

function jest(root: string, kind: string, options: object): TargetConfiguration {
  return {
    executor: '@nx/jest:jest',
    cache: true,
    inputs: ['default', '^default', '{workspaceRoot}/jest.preset.js', ...dataReadBy(root)],
    outputs: [`{workspaceRoot}/dist/test-results/${root.replaceAll('/', '-')}.${kind}.json`],
    options: { jestConfig: `${root}/jest.config.cjs`, ...options },
  };
}
