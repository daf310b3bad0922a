import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from './cdk-context';

type Attribute = { readonly S: string } | { readonly N: string };

/** What the store and the use case behind it are like; the infrastructure imports neither. */
interface Runtime {
  readonly DynamoDbAccessKeys: new (table: { get(key: { pk: string; sk: string }): Promise<unknown> }) => object;
  readonly VerifyAccessKey: new (deps: { keys: object }) => { execute(key: string): Promise<unknown> };
}
const runtime = (library: string) => jest.requireActual<Runtime>(join(workspaceRoot, library, 'src/index'));

const make = (...args: string[]) => spawnSync(process.execPath, [join(workspaceRoot, 'infra/access-key.mjs'), ...args], { encoding: 'utf8' });

it('makes a key that the dashboard lets in with its role, from an item as the store writes it', async () => {
  const { stdout, status } = make('write', 'the laptop');
  expect(status).toBe(0);
  const key = stdout.trim();
  const attributes = JSON.parse(readFileSync(join(workspaceRoot, 'dist/infra/access-key.json'), 'utf8')) as Record<string, Attribute>;
  const item = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, 'S' in value ? value.S : Number(value.N)]));
  expect(JSON.stringify(item)).not.toContain(key);

  const table = { get: async ({ pk, sk }: { pk: string; sk: string }) => (pk === item['pk'] && sk === item['sk'] ? item : undefined) };
  const { DynamoDbAccessKeys } = runtime('libs/reporting/adapter-dynamodb');
  const { VerifyAccessKey } = runtime('libs/reporting/core');
  const verify = new VerifyAccessKey({ keys: new DynamoDbAccessKeys(table) });
  expect(JSON.stringify(await verify.execute(key))).toContain('write');
  expect(await verify.execute(`${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`)).toBeUndefined();
});

it.each([[['admin', 'me']], [['read']], [[]]])('refuses %j with a sentence', (args) => {
  expect(make(...args)).toMatchObject({ status: 2, stderr: expect.stringContaining('read|write NAME') });
});
