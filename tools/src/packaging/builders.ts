import { namesOf, type Architecture } from './architecture';
import { run, type CommandLine } from './run';

/** In the order in which they are tried. */
export const builders = ['docker', 'podman', 'buildah'] as const;
export type Builder = (typeof builders)[number];

export interface BuildRequest {
  /** The name of the base image for the builder. */
  readonly from: string;
  readonly architecture: Architecture;
  /** Contains the Dockerfile and the context. */
  readonly folder: string;
  /** The OCI archive to write. */
  readonly archive: string;
  readonly tag: string;
}

/**
 * The command lines that build one image into an OCI archive with a single manifest. Times are fixed, and docker's
 * attestations are off, since they would turn the manifest into an index of two.
 */
export function buildCommands(builder: Builder, { from, architecture, folder, archive, tag }: BuildRequest): CommandLine[] {
  const common = ['--platform', `linux/${namesOf[architecture].oci}`, '--build-arg', `BASE=${from}`, '--file', `${folder}/Dockerfile`, '--tag', tag];
  if (builder === 'docker') {
    const output = `type=oci,dest=${archive},rewrite-timestamp=true,compression=gzip`;
    return [['docker', 'buildx', 'build', ...common, '--provenance=false', '--sbom=false', '--output', output, folder]];
  }
  const build = [...common, '--layers', '--timestamp', '0', '--isolation', 'chroot', '--format', 'oci', folder];
  if (builder === 'podman') {
    return [
      ['podman', 'build', ...build],
      ['podman', 'save', '--quiet', '--format', 'oci-archive', '--output', archive, tag],
    ];
  }
  return [
    ['buildah', 'build', ...build],
    ['buildah', 'push', '--quiet', tag, `oci-archive:${archive}`],
  ];
}

/** Runs a command and answers its output; rejects if it fails. */
type Ask = (command: CommandLine) => Promise<string>;

/**
 * The first available builder that can do it. Throws a sentence that names all three if none can.
 * @param onLocalBase whether the base is only in the builder's own store, not in a registry
 */
export async function chooseBuilder(onLocalBase: boolean, ask: Ask = run): Promise<Builder> {
  for (const builder of builders) if (await isUsable(builder, onLocalBase, ask).catch(() => false)) return builder;
  throw new Error(
    'A container image needs docker (with its engine running, and the containerd image store or a builder of its own), podman or buildah, ' +
      'and none of them works here. On Debian and Ubuntu: "apt-get install buildah". On macOS and Windows: install Docker Desktop or Podman and start it.',
  );
}

async function isUsable(builder: Builder, onLocalBase: boolean, ask: Ask): Promise<boolean> {
  if (builder !== 'docker') return ask([builder, 'info']).then(() => true);
  const engine = await ask(['docker', 'info', '--format', '{{json .DriverStatus}}']);
  return dockerCanBuild(await ask(['docker', 'buildx', 'inspect']), engine, onLocalBase);
}

/**
 * Whether docker can write an image as an OCI archive. The engine's own builder can if images are stored by containerd,
 * and cannot with the classic store (https://docs.docker.com/build/exporters/oci-docker/); any other builder can, but
 * has no access to images in the engine's store.
 *
 * @param builder what `docker buildx inspect` prints
 * @param engine the status of the engine's storage driver, as `docker info` prints it
 */
export function dockerCanBuild(builder: string, engine: string, onLocalBase: boolean): boolean {
  const driver = /^Driver:\s*(\S+)/m.exec(builder)?.[1];
  if (driver === 'docker') return engine.includes('io.containerd.snapshotter');
  return driver !== undefined && !onLocalBase;
}
