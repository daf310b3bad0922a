import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { billOf, rangeText, readEvidence } from '@barometer/cost';
import { deployedOf, durationsOf } from './evidence';
import { Random } from './random';
import { textOf, type Simulation } from './report';
import { capacitiesOf, simulateDay, type Deployed } from './simulate-day';
import { measureWritePattern } from './write-pattern';

const ROOT = join(__dirname, '../../../..');
/** The maximum, see libs/ingestion/adapter-sqs. */
const ARTICLES_A_MESSAGE = 16;
const DAYS_A_MONTH = 30.44;
/** Reading all sources is measured with this many. */
const SOURCES_OF_A_LOOK = 10_000;

export const DOCUMENT = 'docs/operations/limits.md';
/** The simulated days in the document. */
const written = [[], ['--ingestion-mb', '1769']].map((change) => ['--feeds', '10000', '--articles-per-day', '10000000', '--sample', '300', ...change]);
const MARKS = ['<!-- simulate:load writes from here -->', '<!-- to here -->'] as const;

export const HELP = `Simulates a day on AWS: load of the table's partitions, queue, functions, and what fails first.

  npm run simulate:load -- --feeds N --articles-per-day N [options]

  --feeds N                 sources to poll, 1 to 100,000
  --articles-per-day N      articles that they publish, 1 to 100 million
  --seed N                  of the day's rhythm, bursts and sizes of feeds (default 1)
  --poll-minutes N          minutes between two polls of a source (default 15)
  --poll-concurrency N      parallel polls in Ingestion (default: as in infra/cdk.json, prod)
  --ingestion-mb N          memory of Ingestion, which determines its share of a processor (default: as in infra/cdk.json)
  --analysis-mb N           the same of Analysis
  --analysis-concurrency N  batches that are scored in parallel (default: as in infra/cdk.json)
  --list-partitions N       partitions of the index that lists all articles (default 1; more are not implemented)
  --sample N                articles that are stored and scored to count the units (default 1,500; 100 to 20,000)
  --json                    the figures as JSON
  --write                   write the days of docs/operations/limits.md; takes no other option
  --help                    print this

Units come from the product's own stores, on a table in memory that counts by partition key; durations come from
docs/benchmarks.md, prices from tools/cost. The same options give the same figures. Exit code 2: invalid options.
`;

export interface Options {
  readonly isHelp: boolean;
  readonly asJson: boolean;
  readonly feeds: number;
  readonly articlesPerDay: number;
  readonly seed: number;
  readonly sample: number;
  readonly deployed: Deployed;
}

const string = { type: 'string' } as const;

/** Parses the command line. Throws a sentence that names an invalid option. */
export function readOptions(args: readonly string[], deployed: Deployed): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      feeds: string,
      'articles-per-day': string,
      seed: string,
      'poll-minutes': string,
      'poll-concurrency': string,
      'ingestion-mb': string,
      'analysis-mb': string,
      'analysis-concurrency': string,
      'list-partitions': string,
      sample: string,
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const whole = (name: keyof typeof values, least: number, most: number, fallback?: number): number => {
    const text = values[name] as string | undefined;
    if (text === undefined && fallback !== undefined) return fallback;
    if (text === undefined) throw new Error(`--${name} is missing.`);
    if (!/^\d+$/.test(text) || Number(text) < least || Number(text) > most)
      throw new Error(`--${name} must be a whole number from ${least} to ${most}, in digits alone, not "${text}".`);
    return Number(text);
  };
  return {
    isHelp: values.help,
    asJson: values.json,
    feeds: whole('feeds', 1, 100_000, values.help ? 1 : undefined),
    articlesPerDay: whole('articles-per-day', 1, 100_000_000, values.help ? 1 : undefined),
    seed: whole('seed', 0, 2 ** 32 - 1, 1),
    sample: whole('sample', 100, 20_000, 1_500),
    deployed: {
      ...deployed,
      pollMinutes: whole('poll-minutes', 1, 1_440, deployed.pollMinutes),
      pollConcurrency: whole('poll-concurrency', 1, 64, deployed.pollConcurrency),
      ingestionMb: whole('ingestion-mb', 128, 10_240, deployed.ingestionMb),
      analysisMb: whole('analysis-mb', 128, 10_240, deployed.analysisMb),
      analysisConcurrency: whole('analysis-concurrency', 2, 1_000, deployed.analysisConcurrency),
      listPartitions: whole('list-partitions', 1, 100, deployed.listPartitions),
    },
  };
}

/** All output of the command. */
export async function simulate(
  { feeds, articlesPerDay, seed, sample, deployed }: Omit<Options, 'isHelp' | 'asJson'>,
  root = ROOT,
  measure = measureWritePattern,
): Promise<Simulation> {
  const evidence = readEvidence(root);
  const measured = durationsOf(root, evidence);
  const durations = { ...measured, lookProcessorMs: (measured.lookProcessorMs * feeds) / SOURCES_OF_A_LOOK };
  const articlesAPoll = Math.min(500, Math.max(1, (articlesPerDay * deployed.pollMinutes) / 1_440 / feeds));
  const articlesABatch = Math.round(
    Math.min(deployed.batchMessages * ARTICLES_A_MESSAGE, Math.max(1, (articlesPerDay / 86_400) * deployed.batchWindowSeconds)),
  );
  const pattern = await measure({ sources: feeds, articlesAPoll, articlesABatch, seed, sample });
  const { total } = billOf(
    { articles: Math.round(articlesPerDay * DAYS_A_MONTH), sources: feeds, readers: 10, region: 'eu-central-1', packaging: 'image' },
    evidence,
  );
  return {
    feeds,
    articlesPerDay,
    seed,
    deployed,
    durations,
    pattern,
    machine: `${cpus().length} cores (${cpus()[0]?.model.trim()}) with Node ${process.versions.node}`,
    day: simulateDay({ articlesPerDay, sources: feeds, random: new Random(seed), pattern, deployed, durations }),
    capacities: capacitiesOf(feeds, pattern, deployed, durations),
    cost: rangeText(total),
  };
}

/** The document with its days simulated again. */
export async function documentOf(root = ROOT): Promise<string> {
  const before = readFileSync(join(root, DOCUMENT), 'utf8');
  const [from, to] = MARKS.map((mark) => before.indexOf(mark)) as [number, number];
  if (from < 0 || to < from) throw new Error(`${DOCUMENT} lacks the lines "${MARKS.join('" and "')}".`);
  const days: string[] = [];
  const patterns = new Map<string, ReturnType<typeof measureWritePattern>>();
  // Days that differ only in the deployment have the same write pattern.
  const measure: typeof measureWritePattern = (options) => {
    const pattern = patterns.get(JSON.stringify(options)) ?? measureWritePattern(options);
    patterns.set(JSON.stringify(options), pattern);
    return pattern;
  };
  for (const args of written)
    days.push(`\n### \`npm run simulate:load -- ${args.join(' ')}\`\n\n${textOf(await simulate(readOptions(args, deployedOf(root)), root, measure))}\n`);
  return `${before.slice(0, from)}${MARKS[0]}\n${days.join('')}\n${before.slice(to)}`;
}

/** See HELP. */
export async function main(args: readonly string[] = process.argv.slice(3)): Promise<void> {
  if (args.length === 1 && args[0] === '--write') {
    writeFileSync(join(ROOT, DOCUMENT), await documentOf());
    return console.log(`Wrote ${DOCUMENT}.`);
  }
  let options: Options;
  try {
    options = readOptions(args, deployedOf(ROOT));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    process.exitCode = 2;
    return;
  }
  if (options.isHelp) return console.log(HELP);
  const simulation = await simulate(options);
  console.log(options.asJson ? JSON.stringify(simulation, null, 2) : textOf(simulation));
}
