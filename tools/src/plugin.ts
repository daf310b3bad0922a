import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CreateNodesV2, ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import { archivedProjects, archiveProject, archiveTargets } from './archive-targets';
import { carriedProjects, lambdaProject, lambdaTargets } from './lambda-targets';

/**
 * Gives every project the targets that follow from its files, so that no project.json repeats them: `lint` and
 * `typecheck` always, `test` if there are specs, `integration` if there are `*.int.spec.ts` files, `integration-aws` if
 * there are `*.aws.spec.ts` files, which need the local stand-ins for AWS, and `e2e` if there are `*.e2e.spec.ts`
 * files, which drive a browser. One more line, `"metadata": {"packaging": "zip" | "image"}`, makes an app a Lambda:
 * `build`, `package`, `smoke` and `deploy`. `"archive"`, `"npm"` and `"oci"`, alone or in a list with the others, make
 * it a standalone app: `bundle` and `package`, where `--packaging` chooses one.
 */
export const createNodesV2: CreateNodesV2 = [
  '{apps,libs,infra,tools}/**/project.json',
  (files, _options, { workspaceRoot }) =>
    files.map((file) => {
      const root = dirname(file);
      return [file, { projects: { [root]: inferredProject(workspaceRoot, root) } }];
    }),
];

/** The configuration added to the project in `root`, relative to `workspaceRoot`. */
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

/** The targets of the project in `root` (relative to `workspaceRoot`), according to its files. */
export function inferredTargets(workspaceRoot: string, root: string): Record<string, TargetConfiguration> {
  const folder = join(workspaceRoot, root);
  const specs = globSync('{src,lambda-runtime,adr,jest,fuzz,cost,release}/**/*.spec.{ts,tsx}', { cwd: folder });
  const named = (kind: string) => specs.filter((spec) => spec.includes(`.${kind}.spec.`)).length;
  const targets: Record<string, TargetConfiguration> = {};
  if (existsSync(join(folder, 'tsconfig.json'))) {
    targets['lint'] = cachedCommand(`eslint ${root}`, [digestOf('eslint.config.mjs', 'tools/eslint/translated-text.mjs')]);
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
 * Files outside of any project that a project's tests read. They are named only for those projects: Nx counts a project
 * as affected by every input of its targets, so that otherwise a new model would redeploy all functions.
 */
const dataReaders: Readonly<Record<string, readonly string[]>> = {
  models: ['libs/sentiment/adapter-transformers', 'apps/analysis', 'apps/local', 'tools/aws-local'],
  config: ['apps/local', 'tools/aws-local'],
  'eslint.config.mjs': ['tools'],
  '.dependency-cruiser.cjs': ['tools'],
  '.ci/commits.mjs': ['tools'],
  'docs/operations/cost.md': ['tools'],
  'docs/operations/limits.md': ['tools/aws-local'],
  'docs/benchmarks.md': ['tools', 'tools/aws-local'],
  'apps/local/src/testing/table-units.json': ['tools', 'tools/aws-local'],
  'apps/dashboard/src/testing/page-reads.json': ['tools', 'tools/aws-local'],
  'infra/cdk.json': ['tools', 'tools/aws-local'],
  'infra/src/front-door': ['apps/dashboard'],
};

function dataReadBy(root: string): string[] {
  const read = Object.entries(dataReaders).filter(([, readers]) => readers.includes(root));
  return read.map(([name]) => `{workspaceRoot}/${name}${name.includes('.') ? '' : '/**/*'}`);
}

/** Makes files outside of any project part of a task's hash without making every project affected by them. */
const digestOf = (...files: readonly string[]) => ({ runtime: `node tools/node/digest-of.mjs ${files.join(' ')}` });

const jestSetUp = digestOf('jest.preset.js', ...['onnx-environment', 'result-reporter', 'seeded-fast-check'].map((name) => `tools/jest/${name}.cjs`));

function cachedCommand(command: string, extraInputs: { readonly runtime: string }[] = []): TargetConfiguration {
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
    inputs: ['default', '^default', jestSetUp, ...dataReadBy(root)],
    outputs: [`{workspaceRoot}/dist/test-results/${root.replaceAll('/', '-')}.${kind}.json`],
    options: { jestConfig: `${root}/jest.config.cjs`, ...options },
  };
}
