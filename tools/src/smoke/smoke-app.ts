import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { artifactPath, parseArtifact } from '../packaging/artifact';
import { coldStart } from '../../lambda-runtime/cold-start';
import { LocalParts } from '../../lambda-runtime/local-parts';
import { prepareFunction, type RunningFunction } from '../../lambda-runtime/function-host';
import { missingMetrics } from './embedded-metrics';
import { mismatches } from './expectation';
import { stayWithoutNetwork } from './isolation';
import { filledIn, parseSmokeFile, type Prepared, type SmokeFile, type SmokeParts } from './smoke-file';

export interface SmokeRequest {
  readonly app: string;
  readonly workspaceRoot: string;
  /** The smoke.json, relative to the workspace. */
  readonly events: string;
  /** The manifest, relative to the workspace; the app's own by default. */
  readonly artifact?: string;
}

/**
 * Starts an artefact and sends it the events of its smoke.json. Throws if a start or an answer is not as expected, with
 * the function's output; throws `MissingPart` if this machine cannot run it.
 */
export async function smokeApp({ app, workspaceRoot, events, artifact = artifactPath(app) }: SmokeRequest, log: (line: string) => void): Promise<void> {
  const manifest = parseArtifact(await readFile(join(workspaceRoot, artifact), 'utf8'), artifact);
  const file = parseSmokeFile(await readFile(join(workspaceRoot, events), 'utf8'), events);
  const isolated = file.network === 'none';
  if (isolated) await stayWithoutNetwork();
  const host = await prepareFunction(manifest, workspaceRoot, log, { isolated });
  log(`${app} runs ${host.how}${isolated ? ', without a network' : ''}.`);
  const parts = new LocalParts();
  const output: string[] = [];
  let prepared: Prepared = {};
  try {
    if (file.prepare) prepared = await prepareWith(join(workspaceRoot, dirname(events), file.prepare), parts);
    const environment = filledIn({ ...file.environment, ...prepared.environment }, prepared.values ?? {});
    const start = performance.now();
    const options = { memoryMb: file.memoryMb, environment, onOutput: (text: string) => output.push(text) };
    const running = await coldStart(host, options, { timeoutMs: file.timeoutSeconds * 1000, log });
    try {
      log(`${app} was ready after ${Math.round(performance.now() - start)} ms.`);
      await sendAll(running, file, prepared, log);
    } finally {
      await running.stop();
    }
    await prepared.check?.();
    if (file.metrics) checkMetrics(missingMetrics(file.metrics, output.join('')), log);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\nThe function wrote:\n${output.join('').trim() || 'nothing'}`, { cause: error });
  } finally {
    await prepared.close?.();
    await parts.close();
    await host.close();
  }
}

function checkMetrics(missing: readonly string[], log: (line: string) => void): void {
  if (missing.length > 0) throw new Error(`Alarms would wait in vain:\n- ${missing.join('\n- ')}`);
  log('ok: writes the metrics of its alarms');
}

/** Runs an app's own preparation. */
export async function prepareWith(module: string, parts: SmokeParts): Promise<Prepared> {
  const { prepare } = (await import(module)) as { prepare(parts: SmokeParts): Promise<Prepared> };
  return prepare(parts);
}

async function sendAll({ api }: RunningFunction, file: SmokeFile, { values = {} }: Prepared, log: (line: string) => void): Promise<void> {
  for (const { name, event, expect } of file.events) {
    const start = performance.now();
    const outcome = await api.invoke(filledIn(event, values), { timeoutMs: file.timeoutSeconds * 1000 });
    if (!outcome.ok) throw new Error(`"${name}" failed: ${outcome.error.errorType}: ${outcome.error.errorMessage}`);
    const differences = mismatches(filledIn(expect, values), outcome.payload);
    if (differences.length > 0) throw new Error(`"${name}" was answered otherwise than expected:\n- ${differences.join('\n- ')}`);
    log(`ok: ${name} (${Math.round(performance.now() - start)} ms)`);
  }
}
