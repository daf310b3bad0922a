import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';

const drawn = (parameters?: fc.Parameters<[number]>): number[] => {
  const cases: number[] = [];
  fc.assert(
    fc.property(fc.integer(), (value) => void cases.push(value)),
    parameters,
  );
  return cases;
};

describe('properties under Jest', () => {
  it('try the same cases in every run, even if one sets its own seed', () => {
    expect(drawn()).toEqual(drawn());
    expect(drawn({ seed: 7, numRuns: 5 })).toEqual(drawn({ numRuns: 5 }));
    expect(fc.sample(fc.integer(), 4)).toEqual(fc.sample(fc.integer(), 4));
    expect(fc.sample(fc.integer(), 4)).toHaveLength(4);
  });

  it('try the number of cases that they set, a hundred by default, and in fuzz at least as many as requested there', () => {
    expect([drawn().length, drawn({ numRuns: 3 }).length]).toEqual([
      Math.max(100, Number(process.env['PROPERTY_RUNS'] ?? 0)),
      Math.max(3, Number(process.env['PROPERTY_RUNS'] ?? 0)),
    ]);
    const script =
      "const fc = require('./seeded-fast-check.cjs'); let n = 0; fc.assert(fc.property(fc.integer(), () => void (n += 1)), { numRuns: 3 }); process.stdout.write(n + ' ' + fc.sample(fc.integer(), 1)[0]);";
    const run = (seed: string) =>
      spawnSync(process.execPath, ['-e', script], { cwd: __dirname, encoding: 'utf8', env: { ...process.env, PROPERTY_RUNS: '250', PROPERTY_SEED: seed } })
        .stdout;
    expect(run('1')).toMatch(/^250 /);
    expect(run('1')).toBe(run('1'));
    expect(run('1')).not.toBe(run('2'));
  });
});

it('replaces the library in every project', () => {
  const { moduleNameMapper } = jest.requireActual<{ moduleNameMapper: Record<string, string> }>('../../jest.preset.js');
  expect(moduleNameMapper['^fast-check$']).toBe(join(__dirname, 'seeded-fast-check.cjs'));
});
