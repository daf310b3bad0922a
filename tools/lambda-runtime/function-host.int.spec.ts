import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elfHeader } from '../src/packaging/testing/tiny-workspace';
import { writeZip } from '../src/packaging/zip-archive';
import { unpack } from './function-host';
import { MissingPart } from '../src/packaging/missing-part';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'barometer-host-'))));
afterEach(() => rm(folder, { recursive: true }));

async function archiveOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const parts = await Promise.all(
    Object.entries(files).map(async ([path, content]) => {
      const source = join(folder, `source-${path}`);
      await writeFile(source, content);
      return { path, source, part: 'native' as const };
    }),
  );
  await writeZip(parts, join(folder, 'function.zip'));
  return join(folder, 'function.zip');
}

it('unpacks JavaScript for the other architecture, since it runs on either', async () => {
  await unpack(
    { app: 'ingestion', architecture: 'arm64' },
    await archiveOf({ 'main.cjs': 'module.exports = {}; // long enough' }),
    join(folder, 'task'),
    'x86_64',
  );
  expect(existsSync(join(folder, 'task/main.cjs'))).toBe(true);
});

it('says that native code is for the other architecture, and how to try it here', async () => {
  const archive = await archiveOf({ 'main.cjs': 'module.exports = {}; // long enough', 'binding.node': elfHeader(183) });
  const unpacked = unpack({ app: 'analysis', architecture: 'arm64' }, archive, join(folder, 'task'), 'x86_64');
  await expect(unpacked).rejects.toThrow(MissingPart);
  await expect(unpacked).rejects.toThrow(/binding\.node is machine code for arm64.* package it with --architecture=x86_64\./);
  await unpack({ app: 'analysis', architecture: 'arm64' }, archive, join(folder, 'task'), 'arm64');
  expect(existsSync(join(folder, 'task/binding.node'))).toBe(true);
});
