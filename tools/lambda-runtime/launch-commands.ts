import type { CommandLine } from '../src/packaging/run';

/** A container as Lambda would run it. */
export interface ContainerRequest {
  readonly name: string;
  readonly image: string;
  readonly handler: string;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Folders of the host to mount read-only: path inside → folder. */
  readonly mounts: Readonly<Record<string, string>>;
}

export type ContainerRunner = 'docker' | 'podman';

/** Properties of the machine that podman needs to know. */
export interface ContainerHost {
  readonly hasRunc: boolean;
  readonly hasSystemd: boolean;
}

/** The user and group with which Lambda runs functions, sbx_user1051; they do not exist in the container's file system. */
const SANDBOX_USER = '993:990';

/**
 * The command line that runs a function in a container under Lambda's limits: its memory without swap, 1,024 files and
 * processes, a user without privileges, and /tmp as the only writable place. Without these options podman would add
 * writable /run and /var/tmp to a read-only file system; /dev/shm is absent, as on Lambda. With podman it shares the
 * network of the caller, where the Runtime API listens; with docker, that of the engine.
 */
export function containerCommand(runner: ContainerRunner, host: ContainerHost, request: ContainerRequest): CommandLine {
  const { name, image, handler, memoryMb, environment, mounts } = request;
  const global = runner === 'podman' ? [...(host.hasSystemd ? [] : ['--cgroup-manager', 'cgroupfs']), ...(host.hasRunc ? ['--runtime', 'runc'] : [])] : [];
  return [
    runner,
    ...global,
    'run',
    '--rm',
    '--name',
    name,
    '--network',
    'host',
    '--read-only',
    ...(runner === 'podman' ? ['--read-only-tmpfs=false'] : []),
    '--tmpfs',
    '/tmp:rw,size=512m',
    '--ipc',
    'none',
    '--tmpfs',
    '/dev/mqueue:ro',
    '--user',
    SANDBOX_USER,
    '--cap-drop',
    'all',
    '--security-opt',
    'no-new-privileges',
    '--memory',
    `${memoryMb}m`,
    '--memory-swap',
    `${memoryMb}m`,
    '--ulimit',
    'nofile=1024:1024',
    '--ulimit',
    'nproc=1024:1024',
    ...Object.entries(mounts).flatMap(([inside, folder]) => ['--volume', `${folder}:${inside}:ro`]),
    ...Object.entries(environment).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    image,
    handler,
  ];
}
