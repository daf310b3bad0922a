import { chmod, copyFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import heapFlags from '../../node/heap-flags.json';
import { ensureStandInBase } from './stand-in-base';
import { namesOf, type Architecture } from './architecture';
import { chosenBase, STAND_IN } from './base-image';
import { buildCommands, chooseBuilder } from './builders';
import { sorted } from './contents';
import { readOciArchive, type OciImage } from './oci-archive';
import { FILE_MODE, makeOpenFolder } from './open-folder';
import type { Platform } from './platforms';
import { run } from './run';
import { licences } from './licences';
import { applicationFiles, notices, writtenFiles, type StandaloneOptions } from './standalone';
import type { ArchiveFile } from './tar-archive';

/** The folder of the app in the image; nothing in it can be changed. */
const APP = '/opt/barometer';
/** The only writable folder. */
const DATA = '/data';
/** A user without a name and without a home. */
const USER = '10001:10001';
const entry = ['node', ...heapFlags, `${APP}/start.mjs`];

/** The layers, from the least to the most frequently changed. */
const layers = ['native', 'model', 'app'] as const;
const layerOf = ({ path }: ArchiveFile) => (path.startsWith('node_modules/') ? 'native' : path.startsWith('models/') ? 'model' : 'app');

const architectures: Partial<Record<Platform, Architecture>> = { 'linux-x64': 'x86_64', 'linux-arm64': 'arm64' };

/** Everything that an image adds to its base, sorted by path: the app for one platform, without Node, and every licence. */
export async function imageFiles(options: StandaloneOptions): Promise<ArchiveFile[]> {
  const own = await writtenFiles(options, { 'THIRD-PARTY-LICENSES.txt': licences(options.workspaceRoot, options.packages), 'health.mjs': health });
  return sorted([...own, ...notices(options), ...(await applicationFiles({ ...options, workshop: `${options.workshop}/app` }, ''))]);
}

// OCI images have no field for a health check: whoever runs the container sets it, as compose.yaml does.
const health = `const { PORT = '4600' } = process.env;
fetch('http://127.0.0.1:' + PORT + '/healthz', { signal: AbortSignal.timeout(5000) }).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1));
`;

/** The recipe of the image. Nothing runs during the build, so it also works for an architecture that this machine cannot run. */
const recipe = (present: readonly string[]): string =>
  [
    'ARG BASE',
    'FROM ${BASE}',
    ...present.map((layer) => `COPY context/${layer}/ ${APP}/`),
    `COPY --chown=${USER} context/data/ ${DATA}/`,
    `ENV HOST=0.0.0.0 PORT=4600 DATA_DIR=${DATA}`,
    `VOLUME ${DATA}`,
    'EXPOSE 4600',
    `WORKDIR ${APP}`,
    `USER ${USER}`,
    `ENTRYPOINT ${JSON.stringify(entry)}`,
    'CMD ["up"]',
    '',
  ].join('\n');

/**
 * Builds an image into an OCI archive at `target`, relative to the workspace.
 * @param setting the base by digest, or the stand-in for tests
 * @returns the content of the archive. Throws if no image can be built for the platform, or if it differs from what was
 * requested.
 */
export async function buildStandaloneImage(
  files: readonly ArchiveFile[],
  platform: Platform,
  setting: string | undefined,
  target: string,
  workspaceRoot: string,
): Promise<OciImage> {
  const architecture = architectures[platform];
  if (!architecture) throw new Error(`There is no image for ${platform}: containers are Linux.`);
  const base = chosenBase(setting);
  const builder = await chooseBuilder(base === STAND_IN);
  const archive = join(workspaceRoot, target);
  const folder = `${archive}.parts`;
  await rm(folder, { recursive: true, force: true });
  for (const file of [...files, { path: '.keep', source: join(workspaceRoot, 'LICENSE'), data: true }]) {
    const to = join(folder, 'context', 'data' in file ? 'data' : layerOf(file), file.path);
    await makeOpenFolder(dirname(to));
    await ('data' in file ? writeFile(to, '') : copyFile(file.source, to));
    await chmod(to, FILE_MODE);
  }
  await writeFile(join(folder, 'Dockerfile'), recipe(layers.filter((layer) => files.some((file) => layerOf(file) === layer))));
  await rm(archive, { force: true });
  const from = base === STAND_IN ? await ensureStandInBase(architecture, builder) : base;
  for (const command of buildCommands(builder, { from, architecture, folder, archive, tag: `localhost/barometer:${namesOf[architecture].oci}` }))
    await run(command, { SOURCE_DATE_EPOCH: '0' });
  await rm(folder, { recursive: true });
  const built = await readOciArchive(archive);
  const found = `${built.config.os}/${built.config.architecture} ${JSON.stringify(built.config.config?.Entrypoint)}`;
  const wanted = `linux/${namesOf[architecture].oci} ${JSON.stringify(entry)}`;
  if (found !== wanted) throw new Error(`The image is ${found} instead of ${wanted}: its base is for another platform.`);
  return built;
}
