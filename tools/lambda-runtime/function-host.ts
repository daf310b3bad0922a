import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostArchitecture } from '../src/packaging/architecture';
import type { Artifact } from '../src/packaging/artifact';
import { foreignFiles } from '../src/packaging/native-files';
import { isOnPath, run, type CommandLine } from '../src/packaging/run';
import { lambdaEnvironment } from './lambda-environment';
import { containerCommand, type ContainerRunner } from './launch-commands';
import { MissingPart } from './missing-part';
import { RuntimeApi } from './runtime-api';
import { ensureRuntimeClient } from './runtime-client';
import { ensureStandInBase } from './stand-in-base';
import { unzip } from './unzip';

export interface StartOptions {
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Hears what the function writes. */
  readonly onOutput?: (text: string) => void;
}

/** One execution environment: a process under the runtime client, and the Runtime API that it asks for events. */
export interface RunningFunction {
  readonly api: RuntimeApi;
  /** The process, or the client of the container, that runs it. */
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** An artefact made ready to be started, any number of times. */
export interface FunctionHost {
  /** How it is run, in words, with what that leaves out of Lambda's limits. */
  readonly how: string;
  start(options: StartOptions): Promise<RunningFunction>;
  close(): Promise<void>;
}

export interface HostOptions {
  /** The caller has a network of its own, which the function has to share: docker's containers have their engine's. */
  readonly isolated?: boolean;
}

/** Makes an artefact ready under the real runtime client. Throws `MissingPart` where the machine cannot run it. */
export async function prepareFunction(artifact: Artifact, workspaceRoot: string, log: (line: string) => void = console.log, { isolated = false }: HostOptions = {}): Promise<FunctionHost> {
  const archive = join(workspaceRoot, artifact.path);
  if (artifact.packaging === 'image') return imageHost(artifact, archive, await runnerForImages(isolated));
  const runner = await findRunner(isolated);
  return runner ? zipInContainer(artifact, archive, runner, log) : zipInProcess(artifact, archive, log);
}

/** podman needs no engine; docker only counts where its engine answers. */
async function findRunner(isolated: boolean): Promise<ContainerRunner | undefined> {
  if (await isOnPath('podman')) return 'podman';
  if (isolated || !(await isOnPath('docker'))) return undefined;
  return run(['docker', 'info']).then(() => 'docker' as const, () => undefined);
}

/** What runs images here; throws `MissingPart` where nothing does. */
export async function runnerForImages(isolated = false): Promise<ContainerRunner> {
  const runner = await findRunner(isolated);
  if (runner) return runner;
  throw new MissingPart(`Running an image ${isolated ? 'without a network needs podman' : 'needs podman, or docker with its engine'}. On Debian and Ubuntu: "apt-get install podman runc".`);
}

/** A folder of the host's own: conmon leaves a file `oom` where it was started when a container runs out of memory. */
const ownFolder = (app: string) => mkdtemp(join(tmpdir(), `barometer-${app}-`));

async function imageHost(artifact: Artifact, archive: string, runner: ContainerRunner): Promise<FunctionHost> {
  if (artifact.architecture !== hostArchitecture()) throw new MissingPart(`The image of ${artifact.app} is for ${artifact.architecture}, which this machine (${process.arch}) cannot run; "package" checked its native files and its configuration.`);
  const loaded = runner === 'podman' ? await run(['podman', 'pull', '--quiet', `oci-archive:${archive}`]) : await run(['docker', 'load', '--quiet', '--input', archive]);
  const image = loaded.trim().split(/\s/).at(-1) ?? '';
  const folder = await ownFolder(artifact.app);
  return {
    how: `in a container by ${runner}`,
    start: (options) => startContainer(artifact, { runner, image, folder, mounts: {} }, options),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * Unpacks a ZIP for a start here. Throws `MissingPart` where it holds machine code for the other architecture, which would
 * fail as a module that is not found; JavaScript alone runs on either.
 */
export async function unpack({ app, architecture }: Pick<Artifact, 'app' | 'architecture'>, archive: string, folder: string, host = hostArchitecture()): Promise<void> {
  await unzip(archive, folder);
  if (host === undefined || host === architecture) return;
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const native = await foreignFiles(files.map((file) => ({ path: file.name, source: join(file.parentPath, file.name) })), host);
  if (native.length === 0) return;
  await rm(folder, { recursive: true, force: true });
  throw new MissingPart(`The ZIP of ${app} is for ${architecture} and holds machine code (${native[0]}), which this machine (${host}) cannot run; "package" checked its native files. To try it here, package it with --architecture=${host}.`);
}

async function zipInContainer(artifact: Artifact, archive: string, runner: ContainerRunner, log: (line: string) => void): Promise<FunctionHost> {
  const image = await ensureStandInBase(hostArchitecture() ?? 'x86_64', runner, log);
  const folder = await ownFolder(artifact.app);
  const task = join(folder, 'task');
  await unpack(artifact, archive, task);
  return {
    how: `unpacked into a container by ${runner}`,
    start: (options) => startContainer(artifact, { runner, image, folder, mounts: { '/var/task': task } }, options),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function zipInProcess(artifact: Artifact, archive: string, log: (line: string) => void): Promise<FunctionHost> {
  const client = await ensureRuntimeClient(log);
  const folder = await ownFolder(artifact.app);
  await unpack(artifact, archive, folder);
  return {
    how: 'unpacked, in a process (no podman or docker here, so without a memory limit and with a writable file system)',
    start: (options) => startFunction(artifact, options, folder, (environment) => ({
      command: [process.execPath, join(client, 'index.mjs'), artifact.handler], environment, cwd: folder, end: async (child) => void child.kill('SIGKILL'),
    })),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

interface Container {
  readonly runner: ContainerRunner;
  readonly image: string;
  /** Where the runner is started. */
  readonly folder: string;
  readonly mounts: Readonly<Record<string, string>>;
}

async function startContainer(artifact: Artifact, { runner, image, folder, mounts }: Container, options: StartOptions): Promise<RunningFunction> {
  const name = `barometer-${artifact.app}-${randomUUID().slice(0, 8)}`;
  const host = { hasRunc: await isOnPath('runc', `${process.env['PATH']}:/usr/sbin:/sbin`), hasSystemd: existsSync('/run/systemd/system') };
  return startFunction(artifact, options, '/var/task', (environment) => ({
    command: containerCommand(runner, host, { name, image, handler: artifact.handler, memoryMb: options.memoryMb, environment, mounts }),
    cwd: folder,
    end: async () => void (await run([runner, 'rm', '--force', '--time', '0', name]).catch(() => undefined)),
  }));
}

interface Launch {
  readonly command: CommandLine;
  /** Of the process itself; a container is told its own in its command line. */
  readonly environment?: Record<string, string>;
  readonly cwd: string;
  end(child: ChildProcess): Promise<void>;
}

async function startFunction(artifact: Artifact, options: StartOptions, taskRoot: string, launch: (environment: Record<string, string>) => Launch): Promise<RunningFunction> {
  const api = await RuntimeApi.listen();
  const { app, handler } = artifact;
  const own = lambdaEnvironment({ app, handler, memoryMb: options.memoryMb, runtimeApi: api.address, taskRoot });
  const { command: [program, ...args], environment, cwd, end } = launch({ ...own, ...options.environment });
  const env = environment ? { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment } : process.env;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env, cwd });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => options.onOutput?.(chunk.toString()));
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.once('error', (error) => api.processEnded(`The function could not be started: ${error.message}`));
  child.once('exit', (code, signal) => api.processEnded(`The function's process ended with ${signal ?? code}${code === 137 ? ' (killed, as for too much memory)' : ''}.`));
  const stop = async () => {
    await end(child);
    await exited;
    await api.close();
  };
  return { api, process: child, stop };
}
