import { chmod, copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hostArchitecture, namesOf, type Architecture } from './architecture';
import type { Builder } from './builders';
import { FILE_MODE, makeOpenFolder } from './open-folder';
import { isOnPath, run, type CommandLine } from './run';
import { cacheFolder } from './cache-folder';
import { MissingPart } from './missing-part';
import { ensureRuntimeClient } from './runtime-client';

/** What Node and onnxruntime need from Linux, and a shell for the entry point. */
const packages = ['libc6', 'libstdc++6', 'libgcc-s1', 'libatomic1', 'busybox-static', 'ca-certificates', 'tzdata', 'base-files'];

const recipe = [
  'FROM scratch',
  'COPY rootfs/ /',
  'ENV PATH=/var/lang/bin:/usr/bin:/bin LANG=en_US.UTF-8 TZ=UTC LAMBDA_TASK_ROOT=/var/task LAMBDA_RUNTIME_DIR=/var/runtime',
  'WORKDIR /var/task',
  'ENTRYPOINT ["/lambda-entrypoint.sh"]',
  '',
].join('\n');

/** The name of the stand-in in the builder's own store; the number changes with its content. */
export const standInName = (architecture: Architecture) => `localhost/barometer-lambda-stand-in:1-${namesOf[architecture].oci}`;

/**
 * An image with the structure of AWS's base for Node (entry point, paths, runtime client), made from Debian's packages,
 * the locked Node and the real runtime client, for machines without access to an image registry. For an architecture
 * other than this machine's it is empty: enough to package on it, but not to run.
 *
 * @returns the image's name. Throws `MissingPart` if the machine lacks what making it needs.
 */
export async function ensureStandInBase(architecture: Architecture, builder: Builder, log: (line: string) => void = console.log): Promise<string> {
  const name = standInName(architecture);
  if (await isThere(builder, name)) return name;
  const folder = cacheFolder(`lambda-stand-in-${architecture}.part-${process.pid}`);
  const root = join(folder, 'rootfs');
  await makeOpenFolder(join(root, 'var/task'));
  try {
    await writeFile(join(root, 'stand-in.txt'), 'Stands in for the Lambda base image for Node in tests.\n');
    if (architecture === hostArchitecture()) await fill(root, folder, log);
    await writeFile(join(folder, 'Dockerfile'), recipe);
    await run(buildCommand(builder, architecture, name, folder), { SOURCE_DATE_EPOCH: '0' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return name;
}

async function fill(root: string, folder: string, log: (line: string) => void): Promise<void> {
  for (const program of ['apt-get', 'dpkg-deb']) {
    if (!(await isOnPath(program)))
      throw new MissingPart(
        `The stand-in for Lambda's base image is made with ${program}, of Debian or Ubuntu; elsewhere set LAMBDA_BASE to the real one by digest.`,
      );
  }
  const client = await ensureRuntimeClient(log);
  log('Making the stand-in for the Lambda base image.');
  const downloads = join(folder, 'packages');
  await mkdir(downloads);
  await run(['apt-get', 'download', '-qq', '-o', 'APT::Sandbox::User=root', ...packages], {}, downloads);
  for (const file of await readdir(downloads)) await run(['dpkg-deb', '--extract', join(downloads, file), root]);
  await rm(downloads, { recursive: true });
  const put = async (from: string, to: string, mode: number) => {
    await makeOpenFolder(join(root, to, '..'));
    await copyFile(from, join(root, to));
    await chmod(join(root, to), mode);
  };
  await put(process.execPath, 'var/lang/bin/node', 0o755);
  for (const file of ['index.mjs', 'rapid-client.node']) await put(join(client, file), join('var/runtime', file), FILE_MODE);
  await put(join(__dirname, 'lambda-entrypoint.sh'), 'lambda-entrypoint.sh', 0o755);
  for (const unused of ['usr/share/doc', 'usr/share/man', 'usr/share/lintian']) await rm(join(root, unused), { recursive: true, force: true });
  if (!existsSync(join(root, 'bin/busybox'))) await put(join(root, 'usr/bin/busybox'), 'bin/busybox', 0o755);
}

async function isThere(builder: Builder, name: string): Promise<boolean> {
  const probes: Record<Builder, CommandLine> = {
    docker: ['docker', 'image', 'inspect', name],
    podman: ['podman', 'image', 'exists', name],
    buildah: ['buildah', 'inspect', '--type', 'image', name],
  };
  return run(probes[builder]).then(
    () => true,
    () => false,
  );
}

function buildCommand(builder: Builder, architecture: Architecture, name: string, folder: string): CommandLine {
  const common = ['--platform', `linux/${namesOf[architecture].oci}`, '--tag', name];
  if (builder === 'docker') return ['docker', 'buildx', 'build', ...common, '--provenance=false', '--load', folder];
  return [builder, 'build', ...common, '--timestamp', '0', '--isolation', 'chroot', '--format', 'oci', folder];
}
