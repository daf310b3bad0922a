import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { INIT_LIMIT_MS, isReadyWithin } from '../../lambda-runtime/cold-start';
import { prepareFunction, type FunctionHost } from '../../lambda-runtime/function-host';
import { LocalParts } from '../../lambda-runtime/local-parts';
import type { Artifact } from '../../src/packaging/artifact';
import { prepareWith } from '../../src/smoke/smoke-app';
import { filledIn, parseSmokeFile, type Prepared, type SmokeFile } from '../../src/smoke/smoke-file';
import type { Start, StartFigures } from './figures';
import { peakMemoryMb, startToldIn, tellStart } from './node-start';

export interface StartRequest {
  readonly name: string;
  readonly artifact: Artifact;
  readonly workspaceRoot: string;
  /** The name of the event in smoke.json to measure. */
  readonly event: string;
  /** What the repeated event shows, for the report. */
  readonly shows: string;
  readonly aim: string;
  readonly starts: number;
  readonly warm: number;
  /** Replaces the app's own smoke.json. */
  readonly smoke?: SmokeFile;
}

/** Starts an artefact several times. A first start is not counted: it fills the disk cache and warms up the stand-ins. */
export async function measureStarts(request: StartRequest, log: (line: string) => void): Promise<StartFigures> {
  const { name, artifact, workspaceRoot, starts } = request;
  const path = `apps/${artifact.app}/smoke.json`;
  const file = request.smoke ?? parseSmokeFile(await readFile(join(workspaceRoot, path), 'utf8'), path);
  const host = await prepareFunction(artifact, workspaceRoot, log);
  const parts = new LocalParts();
  let prepared: Prepared = {};
  try {
    if (file.prepare) prepared = await prepareWith(join(workspaceRoot, dirname(path), file.prepare), parts);
    const measured: Start[] = [];
    for (let round = 0; round <= starts; round += 1) {
      const start = await measureStart(host, file, prepared, request);
      log(`${name}, start ${round} of ${starts}: ${Math.round(start.launch)} + ${Math.round(start.init)} + ${Math.round(start.first)} ms`);
      if (round > 0) measured.push(start);
    }
    return { name, memoryMb: file.memoryMb, how: host.how, event: request.shows, aim: request.aim, starts: measured };
  } finally {
    await prepared.close?.();
    await parts.close();
    await host.close();
  }
}

const now = () => performance.timeOrigin + performance.now();

async function measureStart(host: FunctionHost, file: SmokeFile, prepared: Prepared, request: StartRequest): Promise<Start> {
  const values = prepared.values ?? {};
  const event = filledIn(eventNamed(request.event, file), values);
  const environment = filledIn({ ...file.environment, ...prepared.environment, ...tellStart }, values);
  let output = '';
  const commanded = now();
  const running = await host.start({ memoryMb: file.memoryMb, environment, onOutput: (text) => (output += text) });
  try {
    if (!(await isReadyWithin(running, INIT_LIMIT_MS))) throw new Error(`${request.name} was not ready within ${INIT_LIMIT_MS / 1000} s.\n${output}`);
    const isReady = now();
    const timeOf = async () => {
      const handed = now();
      const outcome = await running.api.invoke(event, { timeoutMs: file.timeoutSeconds * 1000 });
      if (!outcome.ok) throw new Error(`"${request.event}" failed: ${outcome.error.errorMessage}\n${output}`);
      return now() - handed;
    };
    const first = await timeOf();
    const warm: number[] = [];
    while (warm.length < request.warm) warm.push(await timeOf());
    const nodeStarted = startToldIn(output);
    return { launch: nodeStarted - commanded, init: isReady - nodeStarted, first, warm, peakMb: await peakMemoryMb(running.api.address) };
  } finally {
    await running.stop();
  }
}

function eventNamed(name: string, { events }: SmokeFile): unknown {
  const found = events.find((event) => event.name === name);
  if (!found) throw new Error(`smoke.json has no event "${name}".`);
  return found.event;
}
