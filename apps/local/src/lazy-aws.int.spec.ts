import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const main = join(__dirname, '..', '..', '..', 'dist', 'apps', 'local', 'main.mjs');

/** The modules that a built file loads before it runs. */
function imports(file: string): string[] {
  const statements = readFileSync(file, 'utf8').matchAll(/^(?:import|export)(?:\s[^'"();]*?\sfrom)?\s*"([^"]+)";/gm);
  return [...statements].map(([, name = '']) => name);
}

function loadedBy(file: string, seen = new Map<string, string[]>()): ReadonlyMap<string, string[]> {
  if (seen.has(file)) return seen;
  const names = imports(file);
  seen.set(file, names);
  for (const name of names.filter((one) => one.startsWith('.'))) loadedBy(join(dirname(file), name), seen);
  return seen;
}

it('a start without DynamoDB loads nothing of AWS', () => {
  const files = loadedBy(main);
  const packages = [...files.values()].flat().filter((name) => !name.startsWith('.'));
  expect(packages).toEqual(expect.arrayContaining(['fastify', 'inversify', 'commander']));
  expect(packages.filter((name) => /^@(aws|smithy|modelcontextprotocol)/.test(name))).toEqual([]);
  const lazily = readFileSync(main, 'utf8').match(/import\("(\.\/dynamodb-stores[^"]*)"\)/)?.[1] ?? 'not loaded at all';
  expect(imports(join(dirname(main), lazily))).toContain('@aws-sdk/client-dynamodb');
});

it('a start without sign-in at a provider loads nothing of its protocol', () => {
  const files = loadedBy(main);
  expect([...files.values()].flat()).not.toContain('openid-client');
  const lazily = readdirSync(dirname(main)).filter((name) => name.endsWith('.mjs') && imports(join(dirname(main), name)).includes('openid-client'));
  expect(lazily).toHaveLength(1);
});
