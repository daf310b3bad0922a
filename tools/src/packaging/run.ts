import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** A program and its arguments, run without a shell. */
export type CommandLine = readonly [program: string, ...args: string[]];

/** Runs a command to its end. @returns its output. Throws with the end of its output if it fails. */
export function run([program, ...args]: CommandLine, environment: NodeJS.ProcessEnv = {}, cwd?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment }, ...(cwd ? { cwd } : {}) });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve(Buffer.concat(output).toString());
      const said = Buffer.concat([...output, ...errors])
        .toString()
        .trim()
        .split('\n')
        .slice(-20)
        .join('\n');
      reject(new Error(`"${[program, ...args].join(' ')}" ended with ${code}:\n${said}`));
    });
  });
}

/** Whether a program can be started by its name alone. */
export async function isOnPath(program: string, path = process.env['PATH'] ?? ''): Promise<boolean> {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const folder of path.split(delimiter)) {
    for (const ending of endings) {
      const found = await access(join(folder, program + ending), constants.X_OK).then(
        () => true,
        () => false,
      );
      if (found) return true;
    }
  }
  return false;
}

/** A command line as a person would type it. */
export function readableCommand(command: CommandLine): string {
  return command.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}
