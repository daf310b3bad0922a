import type { CommandLine } from '../src/packaging/run';

/** A container as Lambda would run it. */
export interface ContainerRequest {
  readonly name: string;
  readonly image: string;
  readonly handler: string;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Folders of the host to show inside, read-only: place inside → folder. */
  readonly mounts: Readonly<Record<string, string>>;
}

export type ContainerRunner = 'docker' | 'podman';

/** What the machine is like, as far as podman has to be told. */
export interface ContainerHost {
  readonly hasRunc: boolean;
  readonly hasSystemd: boolean;
}

/** The user and group that Lambda runs functions as, sbx_user1051: no container's file system knows either. */
const SANDBOX_USER = '993:990';

/**
 * The command line that runs a function in a container under Lambda's limits: its memory with no swap beside it, 1,024
 * files and processes, a user without any privilege, and /tmp as the only place to write to. podman would otherwise lay
 * writable /run and /var/tmp over a read-only file system; /dev/shm is absent, as on Lambda. By podman it shares the
 * network of whoever starts it, which is where the Runtime API listens; by docker, that of its engine.
 */
export function containerCommand(runner: ContainerRunner, host: ContainerHost, request: ContainerRequest): CommandLine {
  const { name, image, handler, memoryMb, environment, mounts } = request;
  const global = runner === 'podman' ? [...(host.hasSystemd ? [] : ['--cgroup-manager', 'cgroupfs']), ...(host.hasRunc ? ['--runtime', 'runc'] : [])] : [];
  return [
    runner, ...global, 'run', '--rm', '--name', name, '--network', 'host', '--read-only', ...(runner === 'podman' ? ['--read-only-tmpfs=false'] : []),
    '--tmpfs', '/tmp:rw,size=512m', '--ipc', 'none', '--tmpfs', '/dev/mqueue:ro',
    '--user', SANDBOX_USER, '--cap-drop', 'all', '--security-opt', 'no-new-privileges',
    '--memory', `${memoryMb}m`, '--memory-swap', `${memoryMb}m`, '--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1024:1024',
    ...Object.entries(mounts).flatMap(([inside, folder]) => ['--volume', `${folder}:${inside}:ro`]),
    ...Object.entries(environment).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    image, handler,
  ];
}
