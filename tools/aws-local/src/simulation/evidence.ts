import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assumptions, benchmark, type Evidence } from '@barometer/cost';
import * as z from 'zod';
import type { Deployed, Durations } from './simulate-day';

/** Concurrent DynamoDB requests to different items; as in the bill. */
const REQUESTS_AT_ONCE = 6;

const settings = z.object({
  context: z.object({
    environments: z.object({
      prod: z.object({
        ingestion: z.object({ memoryMb: z.int(), pollConcurrency: z.int().default(8) }),
        analysis: z.object({ memoryMb: z.int(), maximumConcurrency: z.int(), batchSize: z.int(), batchWindowSeconds: z.int() }),
      }),
    }),
  }),
});

/** The settings of production in infra/cdk.json. */
export function deployedOf(root: string): Deployed {
  const { ingestion, analysis } = settings.parse(JSON.parse(readFileSync(join(root, 'infra/cdk.json'), 'utf8'))).context.environments.prod;
  return {
    pollMinutes: 15,
    pollConcurrency: ingestion.pollConcurrency,
    ingestionMb: ingestion.memoryMb,
    analysisMb: analysis.memoryMb,
    analysisConcurrency: analysis.maximumConcurrency,
    batchMessages: analysis.batchSize,
    batchWindowSeconds: analysis.batchWindowSeconds,
    listPartitions: 1,
  };
}

/** Measured durations, and the middle of the assumed range where there is no measurement. */
export function durationsOf(root: string, { units, milliseconds }: Evidence): Durations {
  const processor = (row: string) => {
    const ms = benchmark(root, row, 'ms');
    if (ms === undefined) throw new Error(`docs/benchmarks.md has no figure "ms" for "${row}": run "npm run bench:processor".`);
    return ms;
  };
  const middle = (name: keyof typeof assumptions) => (assumptions[name].low + assumptions[name].high) / 2;
  const requests = (of: 'poll' | 'score', count: string) => units[of][count]?.requests ?? NaN;
  return {
    pollProcessorMs: processor('a poll that finds nothing new'),
    storeProcessorMs: processor('an article that is stored'),
    scoreProcessorMs: processor('an article that is scored, without the model'),
    lookProcessorMs: processor('a look at 10,000 sources'),
    headlineMs: milliseconds.headline,
    feedMs: middle("milliseconds that a feed's server takes to answer"),
    requestMs: middle('milliseconds that a request to DynamoDB takes'),
    requestsAPoll: requests('poll', '0'),
    requestsAnArticleStored: (requests('poll', '32') - requests('poll', '0')) / 32 / REQUESTS_AT_ONCE,
    requestsAnArticleScored: requests('score', '32') / 32 / REQUESTS_AT_ONCE,
  };
}
