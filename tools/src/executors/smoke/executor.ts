import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { logger, type ExecutorContext } from '@nx/devkit';
import { isOnPath, type CommandLine } from '../../packaging/run';
import { parseSmokeFile, type SmokeFile } from '../../smoke/smoke-file';
import type { SmokeProcessRequest } from './smoke-main';

export interface SmokeOptions {
  readonly app?: string;
  readonly events?: string;
  /** The folder of the artefact. */
  readonly artifact?: string;
  readonly skipWhereMissing?: boolean;
}

/** Starts a packaged app under the real runtime client and checks what it answers. */
export default async function smoke(options: SmokeOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  try {
    const app = options.app ?? context.projectName ?? '';
    const events = options.events ?? `apps/${app}/smoke.json`;
    const file = parseSmokeFile(await readFile(join(context.root, events), 'utf8'), events);
    const isolated = await canIsolate(file);
    if (file.network === 'none' && !isolated) logger.warn(`${app} is to do without a network, but this machine cannot take it away: that needs Linux, root, unshare and ip.`);
    const request: SmokeProcessRequest = {
      app, events, workspaceRoot: context.root, isolated, ...(options.artifact ? { artifact: join(options.artifact, 'artifact.json') } : {}),
      skipWhereMissing: options.skipWhereMissing ?? process.env['SMOKE_SKIP_MISSING'] === '1',
    };
    return { success: (await startProcess(smokeCommand(context.root, isolated), request, context.root)) === 0 };
  } catch (error) {
    logger.error((error as Error).message);
    return { success: false };
  }
}

/** The command line of the smoke test's process, in a network of its own where wanted. */
export function smokeCommand(workspaceRoot: string, isolated: boolean): CommandLine {
  const command: CommandLine = [process.execPath, join(workspaceRoot, 'tools/bench/run.mjs'), join(workspaceRoot, 'tools/src/executors/smoke/smoke-main.ts')];
  return isolated ? ['unshare', '--net', '--', ...command] : command;
}

async function canIsolate({ network }: SmokeFile): Promise<boolean> {
  if (network !== 'none' || process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  return (await isOnPath('unshare')) && (await isOnPath('ip', `${process.env['PATH']}:/usr/sbin:/sbin`));
}

function startProcess([program, ...args]: CommandLine, request: SmokeProcessRequest, cwd: string): Promise<number | null> {
  const path = [dirname(process.execPath), process.env['PATH'], '/usr/sbin', '/sbin'].join(':');
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: 'inherit', env: { ...process.env, PATH: path, SMOKE_REQUEST: JSON.stringify(request) } });
    child.once('error', reject);
    child.once('exit', resolve);
  });
}
