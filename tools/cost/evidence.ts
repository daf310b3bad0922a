import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { benchmark } from './benchmarks';

const figure = z.number().nonnegative();
const requestCost = z.strictObject({
  readUnits: figure,
  requests: figure,
  writes: z.strictObject({
    items: z.strictObject({ articles: figure, lists: figure, keys: figure, rollups: figure, stories: figure, sources: figure, notes: figure }),
    indexes: z.record(z.string(), figure),
    bytes: z.number(),
  }),
});
const byCount = z.record(z.string().regex(/^\d+$/), requestCost);

/** Measured by apps/local/src/cost-units.aws.spec.ts. */
const unitsSchema = z.strictObject({ canary: byCount, tick: byCount, unchanged: byCount, round: byCount, poll: byCount, score: byCount });
const pricesSchema = z.strictObject({
  writtenDown: z.iso.date(),
  checked: z.iso.date().nullable(),
  note: z.string(),
  regions: z.array(z.string()).min(1),
  prices: z.record(z.string(), z.looseObject({ unit: z.string(), source: z.url() })),
});

export type RequestCost = z.infer<typeof requestCost>;
export type Units = z.infer<typeof unitsSchema>;
export type PriceTable = z.infer<typeof pricesSchema>;

export const unitsFile = 'apps/local/src/testing/table-units.json';
export const pageReadsFile = 'apps/dashboard/src/testing/page-reads.json';
export const pricesFile = 'tools/cost/prices.json';

/** The data of a bill: everything measured, counted or priced elsewhere. */
export interface Evidence {
  readonly units: Units;
  /** Read units of the page's requests, by their name in the dashboard's cost test. */
  readonly pageReads: Readonly<Record<string, number>>;
  readonly prices: PriceTable;
  /** Metrics watched by alarms (counted once per alarm), custom metrics, dashboards and secrets. */
  readonly counts: { readonly alarmMetrics: number; readonly customMetrics: number; readonly dashboards: number; readonly secrets: number };
  readonly memoryMb: { readonly ingestion: number; readonly analysis: number; readonly dashboard: number };
  readonly milliseconds: {
    /** For an invocation with nothing to do. */
    readonly idleTick: number;
    readonly page: number;
    /** For the model to score a headline. */
    readonly headline: number;
    readonly start: { readonly zip: number; readonly image: number };
  };
  readonly imageMegabytes: number;
}

const json = (root: string, file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

function parsed<T extends z.ZodType>(root: string, file: string, schema: T): z.infer<T> {
  const found = schema.safeParse(json(root, file));
  if (found.success) return found.data;
  throw new Error(`${file} cannot be used: ${z.prettifyError(found.error)}`);
}

/** A price in this region. Throws if the table has none. */
export function priceOf({ prices, regions }: PriceTable, name: string, region: string): number {
  const price = prices[name]?.[region];
  if (typeof price !== 'number' || !(price >= 0)) throw new Error(`${pricesFile} has no price "${name}" for ${region}; its regions are ${regions.join(', ')}.`);
  return price;
}

/** Reads everything from the workspace. Throws a sentence that names a file that cannot be used. */
export function readEvidence(root: string): Evidence {
  return {
    units: parsed(root, unitsFile, unitsSchema),
    prices: parsed(root, pricesFile, pricesSchema),
    pageReads: parsed(root, pageReadsFile, z.record(z.string(), figure)),
    counts: countsOf(root),
    memoryMb: memoryOf(root),
    milliseconds: {
      idleTick: figureOf(root, 'ingestion', 'warm (median)'),
      page: figureOf(root, 'dashboard', 'warm (median)'),
      headline: 1_000 / figureOf(root, 'the product, model in its own thread', 'articles/s'),
      start: { zip: figureOf(root, 'analysis (as a ZIP)', 'init + first'), image: figureOf(root, 'analysis', 'init + first') },
    },
    imageMegabytes: figureOf(root, 'analysis', 'compressed'),
  };
}

function figureOf(root: string, row: string, column: string): number {
  const value = benchmark(root, row, column);
  if (value === undefined) throw new Error(`docs/benchmarks.md has no figure "${column}" for "${row}".`);
  return value;
}

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

/** The resources in the recorded templates of production. */
function countsOf(root: string): Evidence['counts'] {
  const folder = 'infra/recorded/prod';
  const files = globSync(`${folder}/*.template.json`, { cwd: root });
  if (files.length === 0 || !existsSync(join(root, folder))) throw new Error(`${folder} has no recorded templates.`);
  const resources = files.flatMap((file) => Object.values((json(root, file) as { Resources: Record<string, Resource> }).Resources));
  const of = (type: string) => resources.filter(({ Type }) => Type === type);
  const metricsOf = ({ Properties: { Metrics } }: Resource) => (Array.isArray(Metrics) ? Metrics.filter((one) => 'MetricStat' in (one as object)).length : 1);
  const services = (json(root, 'libs/shared/aws/src/metrics.json') as { services: Record<string, object> }).services;
  return {
    alarmMetrics: of('AWS::CloudWatch::Alarm').reduce((total, alarm) => total + metricsOf(alarm), 0),
    // Each function also counts its cold starts.
    customMetrics: Object.values(services).reduce((total, metrics) => total + Object.keys(metrics).length + 1, 0),
    dashboards: of('AWS::CloudWatch::Dashboard').length,
    secrets: of('AWS::SecretsManager::Secret').length,
  };
}

function memoryOf(root: string): Evidence['memoryMb'] {
  type Context = { context: { environments: { prod: Record<'ingestion' | 'analysis' | 'dashboard', { memoryMb: number }> } } };
  const { ingestion, analysis, dashboard } = (json(root, 'infra/cdk.json') as Context).context.environments.prod;
  return { ingestion: ingestion.memoryMb, analysis: analysis.memoryMb, dashboard: dashboard.memoryMb };
}
