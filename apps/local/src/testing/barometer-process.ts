import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..', '..');
const bin = join(root, 'apps', 'local', 'bin', 'barometer.mjs');

type Environment = Readonly<Record<string, string>>;

/** The settings of this process that a test must not inherit. */
function clean(environment: Environment): NodeJS.ProcessEnv {
  const { PORT: _port, HOST: _host, INIT_CWD: _folder, ...rest } = process.env;
  return { ...rest, ALLOW_PRIVATE_SOURCES: '1', BAROMETER_BUILD: 'done', ...environment };
}

/** How to start a command line, for callers that start programs themselves. */
export const barometerProgram = (args: readonly string[], environment: Environment) => ({
  command: process.execPath,
  args: [bin, ...args],
  cwd: root,
  env: clean(environment),
});

/** Runs a command to its end, or kills it after a while, without blocking what else this process serves. */
export function barometerBeside(
  args: readonly string[],
  environment: Environment,
  { killAfterMs = 0 } = {},
): Promise<{ status: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { cwd: root, env: clean(environment), timeout: killAfterMs, killSignal: 'SIGKILL' }, (error, stdout, stderr) =>
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

/** Runs a command to its end. */
export function barometer(args: readonly string[], environment: Environment, input?: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: root,
    env: clean(environment),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...(input !== undefined && { input }),
  });
  return { status, stdout, stderr };
}

export interface RunningBarometer {
  readonly child: ChildProcess;
  readonly address: string;
  readonly output: () => string;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts `barometer up`; resolves when it has printed its address. */
export async function startBarometer(environment: Environment, waitMs = 60_000): Promise<RunningBarometer> {
  const { child, output, ended } = spawnBarometer(environment);
  const deadline = Date.now() + waitMs;
  for (;;) {
    const address = /is at (http:\S+)/.exec(output())?.[1];
    if (address !== undefined) {
      return { child, address, output, end: (signal) => (child.kill(signal), ended) };
    }
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`barometer did not start: ${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Starts `barometer up` without waiting for anything. */
export function spawnBarometer(environment: Environment) {
  const child = spawn(process.execPath, [bin, 'up'], { cwd: root, env: clean(environment), stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  return { child, output: () => text, ended };
}
