import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Tree } from '@nx/devkit';
import adapter from './adapter/generator';
import lambdaApp from './lambda-app/generator';
import { domains } from './names';
import useCase from './use-case/generator';

const root = join(__dirname, '../../..');
jest.setTimeout(600_000);

/** The methods of a tree that generators use, directly on a folder. */
function treeOn(folder: string): Tree {
  const at = (path: string) => join(folder, path);
  return {
    root: folder,
    exists: (path: string) => existsSync(at(path)),
    isFile: (path: string) => statSync(at(path)).isFile(),
    children: (path: string) => readdirSync(at(path)),
    read: (path: string) => readFileSync(at(path), 'utf8'),
    write: (path: string, text: string) => {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), text);
    },
  } as unknown as Tree;
}

/** A copy of all tracked small files, which Nx, ESLint, TypeScript and Jest read. */
function copyOfWorkspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-made-'));
  const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 10_000_000 });
  for (const file of stdout.split('\n').filter((path) => path !== '' && !/^(models|docs|config)\//.test(path) && existsSync(join(root, path)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return folder;
}

describe('what the generators make', () => {
  let folder: string;
  beforeAll(() => {
    folder = copyOfWorkspace();
    const tree = treeOn(folder);
    useCase(tree, { name: 'rename source', domain: 'ingestion' });
    for (const domain of domains) adapter(tree, { technology: 'card index', domain });
    lambdaApp(tree, { name: 'morning digest' });
    run('nx graph', 'nx/dist/bin/nx.js', 'show', 'projects');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs a tool of the workspace in the copy. @returns its output if it fails */
  function run(what: string, script: string, ...args: string[]): string {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'node_modules', script), ...args], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 50_000_000,
      env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NX_WORKSPACE_ROOT_PATH: folder, NODE_OPTIONS: '' },
    });
    if (status !== 0) throw new Error(`${what} failed: ${stdout}${stderr}`);
    return stdout;
  }

  const made = [...domains.map((domain) => `libs/${domain}/adapter-card-index`), 'apps/morning-digest'];

  it('passes lint, including the rules about imports', () => {
    const output = run(
      'eslint',
      'eslint/bin/eslint.js',
      ...made,
      'libs/ingestion/core/src/index.ts',
      'libs/ingestion/core/src/use-cases/rename-source.use-case.ts',
      'libs/ingestion/core/src/use-cases/rename-source.use-case.spec.ts',
    );
    expect(output).toBe('');
  });

  it('is checked by these rules: a forbidden import is found', () => {
    const illegal = 'libs/sentiment/adapter-card-index/src/illegal.ts';
    writeFileSync(join(folder, illegal), "import * as it from '@barometer/ingestion';\nexport const x = it;\n");
    expect(() => run('eslint', 'eslint/bin/eslint.js', illegal)).toThrow('@nx/enforce-module-boundaries');
    rmSync(join(folder, illegal));
  });

  it.each([...made, 'libs/ingestion/core', 'libs/shared/aws'])('passes type checking: %s', (project) =>
    expect(run('tsc', 'typescript7/bin/tsc', '-p', `${project}/tsconfig.json`)).toBe(''),
  );

  it.each([...made.map((project): [string, string] => [project, '.']), ['libs/ingestion/core', 'rename-source'] as [string, string]])(
    'passes its tests: %s',
    (project, pattern) => {
      const { success, numPassedTests } = JSON.parse(
        run('jest', 'jest/bin/jest.js', '--config', `${project}/jest.config.cjs`, '--json', '--reporters=default', `--testPathPatterns=${pattern}`),
      ) as { success: boolean; numPassedTests: number };
      expect([success, numPassedTests > 0]).toEqual([true, true]);
    },
  );

  it('runs the whole contract for an adapter, under its name', () => {
    const spec = readFileSync(join(folder, 'libs/sentiment/adapter-card-index/src/card-index-score-store.spec.ts'), 'utf8');
    expect(spec).toContain("scoreStoreContract('card-index'");
    expect(spec).not.toContain("'memory");
    expect(spec).toContain('new CardIndexScoreStore(db)');
    expect(readFileSync(join(folder, 'libs/sentiment/adapter-card-index/src/index.ts'), 'utf8')).toBe(
      "export { CardIndexScoreStore } from './card-index-score-store';\n",
    );
  });

  it('is refused if it exists already, or has no name', () => {
    const tree = treeOn(folder);
    expect(() => useCase(tree, { name: 'RenameSource', domain: 'ingestion' })).toThrow('rename-source.use-case.ts is there already.');
    expect(() => adapter(tree, { technology: 'sqlite', domain: 'sentiment' })).toThrow('libs/sentiment/adapter-sqlite is there already.');
    expect(() => lambdaApp(tree, { name: 'dashboard' })).toThrow('apps/dashboard is there already.');
    expect(() => lambdaApp(tree, { name: '../x' })).toThrow('"../x" is no name');
    expect(() => useCase(tree, { name: 'x', domain: 'weather' })).toThrow('There is no domain "weather"');
  });
});
