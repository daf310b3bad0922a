import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { logger, type ExecutorContext } from '@nx/devkit';
import { MissingPart, skippedBecause } from '../../packaging/missing-part';
import type { CommandLine } from '../../packaging/run';
import { findIsolation, type Isolation } from '../../smoke/isolation';
import { parseSmokeFile } from '../../smoke/smoke-file';
import type { SmokeProcessRequest } from './smoke-main';

export interface SmokeOptions {
  readonly app?: string;
  readonly events?: string;
  /** The folder of the artefact. */
  readonly artifact?: string;
  readonly skipWhereMissing?: boolean;
}

/** Starts a packaged app under the real runtime client and checks what it answers. */
export default async function smoke(
  options: SmokeOptions,
  context: ExecutorContext,
  isolate: () => Promise<Isolation> = findIsolation,
): Promise<{ success: boolean }> {
  const app = options.app ?? context.projectName ?? '';
  const skipWhereMissing = options.skipWhereMissing ?? process.env['SMOKE_SKIP_MISSING'] === '1';
  try {
    const events = options.events ?? `apps/${app}/smoke.json`;
    const { network } = parseSmokeFile(await readFile(join(context.root, events), 'utf8'), events);
    const isolation = network === 'none' ? await isolate() : undefined;
    const request: SmokeProcessRequest = {
      app,
      events,
      workspaceRoot: context.root,
      skipWhereMissing,
      ...(options.artifact ? { artifact: join(options.artifact, 'artifact.json') } : {}),
    };
    return {
      success:
        (await startProcess(
          smokeCommand(context.root, isolation),
          { ...(isolation ? forIsolation : {}), SMOKE_REQUEST: JSON.stringify(request) },
          context.root,
        )) === 0,
    };
  } catch (error) {
    if (error instanceof MissingPart && skipWhereMissing) {
      logger.warn(skippedBecause(app, error));
      return { success: true };
    }
    logger.error((error as Error).message);
    return { success: false };
  }
}

/** The command line of the smoke test's process, in a separate network if requested. */
export function smokeCommand(workspaceRoot: string, isolation?: Isolation): CommandLine {
  const command: CommandLine = [process.execPath, join(workspaceRoot, 'tools/bench/run.mjs'), join(workspaceRoot, 'tools/src/executors/smoke/smoke-main.ts')];
  return isolation ? [...isolation, ...command] : command;
}

/** In a user namespace root's folders seem to belong to another user, and swc would not cache compiled code in them. */
const forIsolation = { SWC_NATIVE_BINDING_CACHE_SKIP_SECURITY_CHECK: '1' };

function startProcess([program, ...args]: CommandLine, environment: NodeJS.ProcessEnv, cwd: string): Promise<number | null> {
  const path = [dirname(process.execPath), process.env['PATH'], '/usr/sbin', '/sbin'].join(':');
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: 'inherit', env: { ...process.env, PATH: path, ...environment } });
    child.once('error', reject);
    child.once('exit', resolve);
  });
}
