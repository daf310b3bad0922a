import { join } from 'node:path';
import { prepareFunction, readArtifact, type RunningFunction } from '@barometer/lambda-runtime';

export const ROOT = join(__dirname, '../../../..');

/** The least that each function has to be told. */
export const leastEnvironments = {
  ingestion: { TABLE_NAME: 'news', SCORING_QUEUE_URL: 'http://127.0.0.1:9/000000000000/scoring' },
  analysis: { TABLE_NAME: 'news', DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1:9/000000000000/dead' },
  dashboard: { TABLE_NAME: 'news', ANALYSIS_FUNCTION: 'barometer-test-analysis' },
} as const;

export interface StartedFunction extends Pick<RunningFunction, 'api'> {
  /** What it has written so far. */
  lines(): string[];
  /** Its lines of the level ERROR. */
  errors(): Record<string, unknown>[];
}

/** Runs a packaged function as it is deployed, with its log in JSON, for as long as `work` takes. */
export async function withFunction(app: keyof typeof leastEnvironments, environment: Readonly<Record<string, string>>, work: (started: StartedFunction) => Promise<void>, artifact = readArtifact(ROOT, app)): Promise<void> {
  const host = await prepareFunction(await artifact, ROOT, () => undefined);
  let output = '';
  try {
    const running = await host.start({ memoryMb: 1024, environment: { AWS_LAMBDA_LOG_FORMAT: 'JSON', ENVIRONMENT: 'test', ...environment }, onOutput: (text) => (output += text) });
    const lines = () => output.split('\n').filter(Boolean);
    try {
      await work({ api: running.api, lines, errors: () => lines().map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ level }) => level === 'ERROR') });
    } finally {
      await running.stop();
    }
  } finally {
    await host.close();
  }
}
