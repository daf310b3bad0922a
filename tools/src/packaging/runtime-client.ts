import { existsSync } from 'node:fs';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isOnPath, run } from './run';
import { cacheFolder } from './cache-folder';
import { MissingPart } from './missing-part';

/** AWS's own client of the Runtime API for Node, which Lambda's base images run. */
const VERSION = '4.0.2';
const needed = ['cmake', 'make', 'g++', 'python3', 'xz', 'tar'];

/**
 * The folder of the runtime client, with index.mjs and rapid-client.node. The first call builds it, which takes two to
 * three minutes. Throws `MissingPart` if the machine lacks what that needs.
 */
export async function ensureRuntimeClient(log: (line: string) => void = console.log): Promise<string> {
  const home = cacheFolder(`lambda-runtime-client-${VERSION}-${process.arch}`);
  const folder = join(home, 'node_modules', 'aws-lambda-ric');
  if (existsSync(join(folder, 'rapid-client.node'))) return folder;
  if (process.platform !== 'linux') throw new MissingPart('The Lambda runtime client builds on Linux only.');
  const lacking: string[] = [];
  for (const program of needed) if (!(await isOnPath(program))) lacking.push(program);
  if (lacking.length > 0) {
    throw new MissingPart(
      `The Lambda runtime client is built with ${lacking.join(', ')}, not found here. On Debian and Ubuntu: "apt-get install cmake make g++ python3 xz-utils".`,
    );
  }
  log(`Building the Lambda runtime client ${VERSION} once, into ${home}: two to three minutes.`);
  await build(home);
  return folder;
}

/** Builds beside the final place, so that an interrupted build is never taken for a complete one. */
async function build(home: string): Promise<void> {
  const workshop = `${home}.part-${process.pid}`;
  await mkdir(workshop, { recursive: true });
  const settings = { name: 'lambda-runtime-client', private: true, dependencies: { 'aws-lambda-ric': VERSION }, allowScripts: { 'aws-lambda-ric': true } };
  await writeFile(join(workshop, 'package.json'), JSON.stringify(settings));
  try {
    // Set on the command line, because npm passes this repository's own "ignore-scripts" on to everything that it starts.
    await run(['npm', 'install', '--ignore-scripts=false', '--no-audit', '--no-fund'], { NX_DAEMON: undefined }, workshop);
    await access(join(workshop, 'node_modules', 'aws-lambda-ric', 'rapid-client.node'));
    await rm(home, { recursive: true, force: true });
    await rename(workshop, home);
  } catch (error) {
    await rm(workshop, { recursive: true, force: true });
    throw error;
  }
}
