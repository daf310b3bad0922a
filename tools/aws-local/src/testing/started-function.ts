import { join } from 'node:path';
import { prepareFunction, readArtifact, type RunningFunction } from '@barometer/lambda-runtime';
import type { Artifact } from '@barometer/tools';

export const ROOT = join(__dirname, '../../../..');

/** The required settings of each function. */
export const leastEnvironments = {
  ingestion: { TABLE_NAME: 'news', SCORING_QUEUE_URL: 'http://127.0.0.1:9/000000000000/scoring' },
  analysis: { TABLE_NAME: 'news', DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1:9/000000000000/dead' },
  dashboard: { TABLE_NAME: 'news', ANALYSIS_FUNCTION: 'barometer-test-analysis' },
} as const;

interface Work {
  readonly environment: Readonly<Record<string, string>>;
  readonly work: (api: RunningFunction['api']) => Promise<void>;
  /** Default: the packaged artefact of the app. */
  readonly artifact?: Promise<Artifact>;
}

/**
 * Runs a packaged function as it is deployed, with its log in JSON, for as long as `work` takes.
 * @returns its log lines, parsed
 */
export async function linesOf(
  app: keyof typeof leastEnvironments,
  { environment, work, artifact = readArtifact(ROOT, app) }: Work,
): Promise<Record<string, unknown>[]> {
  const host = await prepareFunction(await artifact, ROOT, () => undefined);
  let output = '';
  try {
    const running = await host.start({
      memoryMb: 1024,
      environment: { AWS_LAMBDA_LOG_FORMAT: 'JSON', ENVIRONMENT: 'test', ...leastEnvironments[app], ...environment },
      onOutput: (text) => (output += text),
    });
    await work(running.api).finally(() => running.stop());
  } finally {
    await host.close();
  }
  return output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
