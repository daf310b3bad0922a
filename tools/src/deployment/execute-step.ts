import { spawn } from 'node:child_process';
import { run } from '../packaging/run';
import type { Step } from './plan';

/** Runs one step of a deployment, with its output on the terminal; throws with its name if it fails. */
export async function executeStep(
  { what, command: [program, ...args], input, unless, environment, onlyTells = false }: Step,
  cwd: string,
  log: (line: string) => void,
): Promise<void> {
  if (
    unless &&
    (await run(unless, environment, cwd).then(
      () => true,
      () => false,
    ))
  )
    return log(`${what}: is done already`);
  log(what);
  const read = input ? await run(input) : undefined;
  const child = spawn(program, args, { cwd, stdio: [read === undefined ? 'ignore' : 'pipe', 'inherit', 'inherit'], env: { ...process.env, ...environment } });
  child.stdin?.end(read);
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0 && onlyTells) return log(`That cannot be told, since the step ended with ${String(code)}; the deployment goes on.`);
  if (code !== 0) throw new Error(`The deployment stopped: the step "${what}" ended with ${String(code)}.`);
}
