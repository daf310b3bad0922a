import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** dependency-cruiser's result for a folder with these files, with the repository's rules. */
function cruise(files: Record<string, string>): { status: number | null; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-structure-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--config', join(root, '.dependency-cruiser.cjs'), '.'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    return { status, output: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const b = "import type { A } from './a';\nexport type B = A | string;\n";

it('a circular import fails, even one of types only', () => {
  const { status, output } = cruise({ 'a.ts': "import type { B } from './b';\nexport type A = B[];\n", 'b.ts': b });
  expect([status, output]).toEqual([1, expect.stringContaining('no-circle: a.ts')]);
}, 60_000);

it('imports without a circle pass', () => {
  const { status, output } = cruise({ 'a.ts': 'export type A = number;\n', 'b.ts': b });
  expect([status, output]).toEqual([0, expect.stringContaining('2 modules, 1 dependencies')]);
}, 60_000);
