import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ZipArtifact } from '../../src/packaging/artifact';
import { writeZip } from '../../src/packaging/zip-archive';
import { parseSmokeFile } from '../../src/smoke/smoke-file';
import type { StartRequest } from './measure-starts';

const FOLDER = 'dist/bench/empty';

/**
 * A packaged function that does nothing: its start time is the share of the machine and the runtime, with which the
 * others can be compared across runs.
 */
export async function emptyFunction(workspaceRoot: string): Promise<Pick<StartRequest, 'name' | 'artifact' | 'event' | 'shows' | 'aim' | 'smoke'>> {
  const source = join(workspaceRoot, FOLDER, 'main.cjs');
  const path = `${FOLDER}/function.zip`;
  await mkdir(join(workspaceRoot, FOLDER), { recursive: true });
  await writeFile(source, 'exports.handler = async () => ({});\n');
  const written = await writeZip([{ path: 'main.cjs', source }], join(workspaceRoot, path));
  const artifact: ZipArtifact = {
    app: 'empty',
    packaging: 'zip',
    handler: 'main.handler',
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    path,
    model: null,
    ...written,
  };
  const smoke = parseSmokeFile(JSON.stringify({ events: [{ name: 'nothing', event: {}, expect: {} }] }), FOLDER);
  return { name: 'an empty function', artifact, event: 'nothing', shows: 'nothing', aim: '–', smoke };
}
