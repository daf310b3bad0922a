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
import { MissingPart } from '../src/packaging/missing-part';
import { RuntimeApi } from './runtime-api';
import { ensureRuntimeClient } from '../src/packaging/runtime-client';
import { ensureStandInBase } from '../src/packaging/stand-in-base';
import { unzip } from './unzip';

export interface StartOptions {
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Receives the output of the function. */
  readonly onOutput?: (text: string) => void;
}

/** One execution environment: a process under the runtime client, and the Runtime API that it polls for events. */
export interface RunningFunction {
  readonly api: RuntimeApi;
  /** The process of the function, or of the container's client. */
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** An artefact prepared for being started, any number of times. */
export interface FunctionHost {
  /** A description of how it is run, including which of Lambda's limits are missing. */
  readonly how: string;
  start(options: StartOptions): Promise<RunningFunction>;
  close(): Promise<void>;
}

export interface HostOptions {
  /**
   * The caller has a network namespace of its own, which the function must share; docker's containers use their
   * engine's network instead.
   */
  readonly isolated?: boolean;
}

/** Prepares an artefact for the real runtime client. Throws `MissingPart` if the machine cannot run it. */
export async function prepareFunction(
  artifact: Artifact,
  workspaceRoot: string,
  log: (line: string) => void = console.log,
  { isolated = false }: HostOptions = {},
): Promise<FunctionHost> {
  const archive = join(workspaceRoot, artifact.path);
  if (artifact.packaging === 'image') return imageHost(artifact, archive, await runnerForImages(isolated));
  const runner = await findRunner(isolated);
  return runner ? zipInContainer(artifact, archive, runner, log) : zipInProcess(artifact, archive, log);
}

/** podman needs no engine; docker counts only if its engine answers. */
async function findRunner(isolated: boolean): Promise<ContainerRunner | undefined> {
  if (await isOnPath('podman')) return 'podman';
  if (isolated || !(await isOnPath('docker'))) return undefined;
  return run(['docker', 'info']).then(
    () => 'docker' as const,
    () => undefined,
  );
}

/** The program that runs images here; throws `MissingPart` if there is none. */
export async function runnerForImages(isolated = false): Promise<ContainerRunner> {
  const runner = await findRunner(isolated);
  if (runner) return runner;
  throw new MissingPart(
    `Running an image ${isolated ? 'without a network needs podman' : 'needs podman, or docker with its engine'}. On Debian and Ubuntu: "apt-get install podman runc".`,
  );
}

/** A separate folder for each host: when a container runs out of memory, conmon leaves a file `oom` in the folder where it was started. */
const ownFolder = (app: string) => mkdtemp(join(tmpdir(), `barometer-${app}-`));

async function imageHost(artifact: Artifact, archive: string, runner: ContainerRunner): Promise<FunctionHost> {
  if (artifact.architecture !== hostArchitecture())
    throw new MissingPart(
      `The image of ${artifact.app} is for ${artifact.architecture}, which this machine (${process.arch}) cannot run; "package" checked its native files and its configuration.`,
    );
  const loaded =
    runner === 'podman' ? await run(['podman', 'pull', '--quiet', `oci-archive:${archive}`]) : await run(['docker', 'load', '--quiet', '--input', archive]);
  const image = loaded.trim().split(/\s/).at(-1) ?? '';
  const folder = await ownFolder(artifact.app);
  return {
    how: `in a container by ${runner}`,
    start: (options) => startContainer(artifact, { runner, image, folder, mounts: {} }, options),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * Unpacks a ZIP to start it here. Throws `MissingPart` if it contains native code for the other architecture, which
 * would fail with a module not found; JavaScript runs on either.
 */
export async function unpack(
  { app, architecture }: Pick<Artifact, 'app' | 'architecture'>,
  archive: string,
  folder: string,
  host = hostArchitecture(),
): Promise<void> {
  await unzip(archive, folder);
  if (host === undefined || host === architecture) return;
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const native = await foreignFiles(
    files.map((file) => ({ path: file.name, source: join(file.parentPath, file.name) })),
    host,
  );
  if (native.length === 0) return;
  await rm(folder, { recursive: true, force: true });
  throw new MissingPart(
    `The ZIP of ${app} is for ${architecture} and holds machine code (${native[0]}), which this machine (${host}) cannot run; "package" checked its native files. To try it here, package it with --architecture=${host}.`,
  );
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
    start: (options) =>
      startFunction(artifact, options, folder, (environment) => ({
        command: [process.execPath, join(client, 'index.mjs'), artifact.handler],
        environment,
        cwd: folder,
        end: async (child) => void child.kill('SIGKILL'),
      })),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

interface Container {
  readonly runner: ContainerRunner;
  readonly image: string;
  /** The working folder of the runner. */
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
  /** The environment of the process itself; a container gets its own on its command line. */
  readonly environment?: Record<string, string>;
  readonly cwd: string;
  end(child: ChildProcess): Promise<void>;
}

async function startFunction(
  artifact: Artifact,
  options: StartOptions,
  taskRoot: string,
  launch: (environment: Record<string, string>) => Launch,
): Promise<RunningFunction> {
  const api = await RuntimeApi.listen();
  const { app, handler } = artifact;
  const own = lambdaEnvironment({ app, handler, memoryMb: options.memoryMb, runtimeApi: api.address, taskRoot });
  const {
    command: [program, ...args],
    environment,
    cwd,
    end,
  } = launch({ ...own, ...options.environment });
  const env = environment ? { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment } : process.env;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env, cwd });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => options.onOutput?.(chunk.toString()));
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.once('error', (error) => api.processEnded(`The function could not be started: ${error.message}`));
  child.once('exit', (code, signal) =>
    api.processEnded(`The function's process ended with ${signal ?? code}${code === 137 ? ' (killed, as for too much memory)' : ''}.`),
  );
  const stop = async () => {
    await end(child);
    await exited;
    await api.close();
  };
  return { api, process: child, stop };
}
