import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A workspace in a temporary folder with these files; `remove` deletes it. */
export async function temporaryWorkspace(files: Readonly<Record<string, string | Uint8Array>>): Promise<{ root: string; remove(): Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'barometer-workspace-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}

/** Echoes its input, and reports where it can write: tried in every folder except those of processes and devices. */
const tinyFunction = `
const { accessSync, constants, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const codeOf = (attempt) => { try { attempt(); return 'ok'; } catch (error) { return error.code; } };
const foldersIn = (folder, depth) => {
  if (depth === 0 || folder === '/proc') return [folder];
  const entries = (() => { try { return readdirSync(folder, { withFileTypes: true }); } catch { return []; } })();
  return [folder, ...entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => foldersIn(join(folder, name), depth - 1))];
};
const surroundings = () => ({
  node: process.version,
  user: [process.getuid(), process.getgid(), ...process.getgroups()],
  privileges: readFileSync('/proc/self/status', 'utf8').match(/^(Cap(Inh|Prm|Eff|Bnd|Amb)|NoNewPrivs):.*$/gm).map((line) => line.split(/\\s+/)),
  writable: foldersIn('/', 4).filter((folder) => codeOf(() => accessSync(folder, constants.W_OK)) === 'ok'),
  writing: Object.fromEntries(['/tmp', '/var/task', '/run', '/var/tmp', '/dev', '/dev/shm', '/dev/mqueue', '/etc', '/'].map((folder) => [folder, codeOf(() => writeFileSync(join(folder, 'x'), 'x'))])),
});
exports.handler = async (event) => {
  if (event.fail) throw new TypeError(event.fail);
  if (event.exit) process.exit(3);
  if (event.fill) return Buffer.alloc(event.fill * 1e6, 1).length;
  if (event.hang) return new Promise((resolve) => setTimeout(resolve, 60_000));
  return event.look ? surroundings() : { echo: event };
};
`;

/** A tiny function, as bundled. */
export const tinyBundle = {
  'dist/apps/tiny/main.cjs': tinyFunction,
  'dist/apps/tiny/main.cjs.map': '{}',
  'dist/apps/tiny/meta.json': '{"inputs":{},"outputs":{"main.cjs":{"imports":[{"path":"node:fs","external":true}]}}}',
};

/** The first bytes of an executable for a machine, by its number in the ELF format. */
export function elfHeader(machine: number, order: 1 | 2 = 1): Uint8Array {
  const header = new Uint8Array(64);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, order]);
  new DataView(header.buffer).setUint16(18, machine, order === 1);
  return header;
}
