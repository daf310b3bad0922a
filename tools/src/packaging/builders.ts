import { namesOf, type Architecture } from './architecture';
import { run, isOnPath, type CommandLine } from './run';

/** In the order in which they are looked for. */
export const builders = ['docker', 'podman', 'buildah'] as const;
export type Builder = (typeof builders)[number];

export interface BuildRequest {
  /** The base image, as the builder finds it. */
  readonly from: string;
  readonly architecture: Architecture;
  /** Holds the Dockerfile and the context. */
  readonly folder: string;
  /** The OCI archive to write. */
  readonly archive: string;
  readonly tag: string;
}

/**
 * The command lines that build one image into an OCI archive with a single manifest. Times are fixed, and docker's
 * attestations left out: they would turn the manifest into an index of two.
 */
export function buildCommands(builder: Builder, { from, architecture, folder, archive, tag }: BuildRequest): CommandLine[] {
  const common = ['--platform', `linux/${namesOf[architecture].oci}`, '--build-arg', `BASE=${from}`, '--file', `${folder}/Dockerfile`, '--tag', tag];
  if (builder === 'docker') {
    const output = `type=oci,dest=${archive},rewrite-timestamp=true,compression=gzip`;
    return [['docker', 'buildx', 'build', ...common, '--provenance=false', '--sbom=false', '--output', output, folder]];
  }
  const build = [...common, '--layers', '--timestamp', '0', '--isolation', 'chroot', '--format', 'oci', folder];
  if (builder === 'podman') {
    return [['podman', 'build', ...build], ['podman', 'save', '--quiet', '--format', 'oci-archive', '--output', archive, tag]];
  }
  return [['buildah', 'build', ...build], ['buildah', 'push', '--quiet', tag, `oci-archive:${archive}`]];
}

/** The first builder that is there and works; throws a sentence that names all three where none does. */
export async function chooseBuilder(works: (builder: Builder) => Promise<boolean> = isUsable): Promise<Builder> {
  for (const builder of builders) if (await works(builder)) return builder;
  throw new Error(
    'A container image needs docker (with its engine running), podman or buildah, and none of them works here. ' +
      'On Debian and Ubuntu: "apt-get install buildah". On macOS and Windows: install Docker Desktop or Podman and start it.',
  );
}

/** A client without its engine, or without the plugin that writes OCI archives, builds nothing. */
async function isUsable(builder: Builder): Promise<boolean> {
  if (!(await isOnPath(builder))) return false;
  const probes: Record<Builder, CommandLine[]> = {
    docker: [['docker', 'info'], ['docker', 'buildx', 'version']],
    podman: [['podman', 'info']],
    buildah: [['buildah', 'info']],
  };
  for (const probe of probes[builder]) {
    try {
      await run(probe);
    } catch {
      return false;
    }
  }
  return true;
}
