import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

const lockFile = readFileSync(join(__dirname, '..', '..', '..', 'package-lock.json'), 'utf8');
const { packages } = JSON.parse(lockFile) as { packages: Record<string, Locked> };

/** Walks up the folders as Node does, and answers whether the lock file puts `name` in one of them. */
const resolves = (from: string, name: string): boolean => {
  if (packages[`${from && `${from}/`}node_modules/${name}`]) return true;
  return from !== '' && resolves(from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name);
};

// `npm install` passes without an optional package that the registry lacks; `npm ci` then refuses the whole lock file.
it('the lock file names every package, those of other platforms too', () => {
  const missing = Object.entries(packages).flatMap(([from, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !resolves(from, name))
      .map((name) => `${name}, wanted by ${from}`),
  );
  expect(missing).toEqual([]);
});
