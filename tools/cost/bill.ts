import { priceOf, type Evidence, type RequestCost } from './evidence';
import { range, sum, times, type Range } from './range';

/** The load of a month. */
export interface Load {
  readonly articles: number;
  readonly sources: number;
  readonly readers: number;
  readonly region: string;
  /** The packaging of Analysis, the function with the model. */
  readonly packaging: 'zip' | 'image';
}

export type Step = 'poll' | 'store' | 'queue' | 'score' | 'stories' | 'roll-ups' | 'indexes' | 'keep' | 'reads' | 'alarms' | 'logs' | 'canary' | 'idle';

/** A line of the bill: US dollars a month. */
export interface BillLine {
  readonly step: Step;
  readonly service: string;
  readonly usd: Range;
}

export interface Bill {
  readonly load: Load;
  readonly lines: readonly BillLine[];
  readonly total: Range;
  readonly byService: readonly (readonly [string, Range])[];
  readonly byStep: readonly (readonly [Step, Range])[];
  /** The largest parts by the middle of their ranges, largest first: step and service. */
  readonly dominant: readonly BillLine[];
  /** Write and read units per article, over its life, at this load. */
  readonly perArticle: { readonly writeUnits: Range; readonly readUnits: Range };
}

/** Minutes of a month: a twelfth of a year. */
export const MINUTES = 43_830;
const MILLION = 1_000_000;
const GB = 1_000_000_000;
/** Articles are kept for 90 days, and so are logs. */
const MONTHS_KEPT = 90 / 30.44;

/**
 * Values that were not measured, from the best case to the worst. `low` is always the one that costs less. Each is an
 * assumption; the document lists them beside the bill.
 */
export const assumptions = {
  'minutes between two polls of a source': { low: 30, high: 15 },
  'share of polls that find the feed unchanged (304)': { low: 0.7, high: 0.3 },
  "share of a minute's articles that are scored in one batch, at most 32": { low: 1, high: 0.4 },
  'share of articles that are written once more, for another source or with another title': { low: 0.02, high: 0.15 },
  'hours a month for which a reader has the page open': { low: 20, high: 120 },
  'status requests per hour of an open page': { low: 240, high: 1_200 },
  'complete refreshes per hour of an open page, at most': { low: 30, high: 240 },
  "milliseconds that a feed's server takes to answer": { low: 150, high: 800 },
  'milliseconds that a request to DynamoDB takes': { low: 3, high: 10 },
  'slowdown of a function compared with the machine of docs/benchmarks.md': { low: 1, high: 3.5 },
  'cold starts of Analysis in a month, at most': { low: 50, high: 3_000 },
  'bytes of logs per invocation': { low: 1_000, high: 3_000 },
  'kB that a complete refresh of the page loads': { low: 10, high: 60 },
} as const satisfies Record<string, Range>;

const POLLS_AT_ONCE = 8;
/** See libs/shared/canary. */
const CANARY_MINUTES = 15;
/** The maximum, see libs/ingestion/adapter-sqs. */
const ARTICLES_A_MESSAGE = 16;
/** Concurrent DynamoDB requests to different items. */
const REQUESTS_AT_ONCE = 6;

interface Units {
  readonly writes: number;
  readonly reads: number;
}

/** The cost of `wanted` articles at once, interpolated between measurements with fewer and more articles. */
export function interpolated(measured: Readonly<Record<string, RequestCost>>, wanted: number, value: (cost: RequestCost) => number): number {
  const counts = Object.keys(measured)
    .map(Number)
    .sort((one, other) => one - other);
  const at = (count: number) => value(measured[count] as RequestCost);
  const [first = 0, last = 0] = [counts[0], counts.at(-1)];
  const upper = counts.find((count) => count >= wanted) ?? last;
  const lower = counts.findLast((count) => count <= wanted) ?? first;
  if (lower === upper) return at(upper);
  return at(lower) + ((at(upper) - at(lower)) * (wanted - lower)) / (upper - lower);
}

const writesOf = ({ writes: { items, indexes } }: RequestCost): number =>
  [...Object.values(items), ...Object.values(indexes)].reduce((total, one) => total + one, 0);
const indexesOf = ({ writes: { indexes } }: RequestCost): number => Object.values(indexes).reduce((total, one) => total + one, 0);
const rollupsOf = ({ writes: { items } }: RequestCost): number => items.rollups;
const storiesOf = ({ writes: { items } }: RequestCost): number => items.stories;

/** Larger batches save counters but may cost more elsewhere: the cheaper total need not be cheaper in each part. */
const ordered = ({ low, high }: Range): Range => range(Math.min(low, high), Math.max(low, high));

/** Computes both ends of a range by the same rule. */
const ends = (rule: (end: 'low' | 'high') => number): Range => ({ low: rule('low'), high: rule('high') });
const of = (name: keyof typeof assumptions) => (end: 'low' | 'high') => assumptions[name][end];

/** The bill of a month, at a time when the load has lasted longer than articles are kept. */
export function billOf(load: Load, evidence: Evidence): Bill {
  const price = (name: string) => range(priceOf(evidence.prices, name, load.region));
  const lines: BillLine[] = [];
  const add = (step: Step, service: string, ...factors: readonly Range[]) => lines.push({ step, service, usd: ordered(times(...factors)) });
  const perMillion = range(1 / MILLION);
  const table = (step: Step, times_: Range, units: (end: 'low' | 'high') => Units) => {
    add(
      step,
      'DynamoDB writes',
      times_,
      ends((end) => units(end).writes),
      price('dynamodb-write'),
      perMillion,
    );
    add(
      step,
      'DynamoDB reads',
      times_,
      ends((end) => units(end).reads),
      price('dynamodb-read'),
      perMillion,
    );
  };
  const { units, milliseconds, memoryMb } = evidence;
  const articles = range(load.articles);
  const canary = units.canary['1'] as RequestCost;

  const polls = ends((end) => (load.sources * MINUTES) / of('minutes between two polls of a source')(end));
  const unchangedShare = of('share of polls that find the feed unchanged (304)');
  const pollMs = (end: 'low' | 'high') =>
    (of("milliseconds that a feed's server takes to answer")(end) + 8 * of('milliseconds that a request to DynamoDB takes')(end)) /
    Math.min(POLLS_AT_ONCE, Math.max(1, polls[end] / MINUTES));
  table('poll', polls, (end) => ({
    writes: unchangedShare(end) * bySources(units.unchanged, load.sources, writesOf) + (1 - unchangedShare(end)) * writesOf(units.poll['0'] as RequestCost),
    reads: readsOfPoll(units, load.sources, polls[end] / MINUTES, pollMs(end)),
  }));
  const gbSeconds = (memory: number, ms: (end: 'low' | 'high') => number) => ends((end) => (memory / 1_024) * (ms(end) / 1_000));
  add('poll', 'Lambda', polls, gbSeconds(memoryMb.ingestion, pollMs), price('lambda-arm'));

  const together = ends((end) => Math.max(1, load.articles / polls[end]));
  const stored = (end: 'low' | 'high', value: (cost: RequestCost) => number) =>
    (interpolated(units.poll, Math.min(32, together[end]), value) - value(units.poll['0'] as RequestCost)) / Math.min(32, together[end]);
  const writesToStore = times(
    articles,
    ends((end) => 1 + of('share of articles that are written once more, for another source or with another title')(end)),
  );
  table('store', writesToStore, (end) => ({
    writes: stored(end, (cost) => writesOf(cost) - indexesOf(cost) - rollupsOf(cost)),
    reads: stored(end, ({ readUnits }) => readUnits),
  }));

  const batch = ends((end) =>
    Math.min(32, Math.max(1, (load.articles / MINUTES) * of("share of a minute's articles that are scored in one batch, at most 32")(end))),
  );
  const scored = (end: 'low' | 'high', value: (cost: RequestCost) => number) => interpolated(units.score, batch[end], value) / batch[end];
  table('score', articles, (end) => ({
    writes: scored(end, (cost) => writesOf(cost) - indexesOf(cost) - rollupsOf(cost) - storiesOf(cost)),
    reads: scored(end, ({ readUnits }) => readUnits),
  }));
  add(
    'stories',
    'DynamoDB writes',
    articles,
    ends((end) => scored(end, storiesOf)),
    price('dynamodb-write'),
    perMillion,
  );
  add(
    'roll-ups',
    'DynamoDB writes',
    articles,
    ends((end) => scored(end, rollupsOf) + stored(end, rollupsOf)),
    price('dynamodb-write'),
    perMillion,
  );
  add(
    'indexes',
    'DynamoDB writes',
    articles,
    ends((end) => scored(end, indexesOf) + stored(end, indexesOf)),
    price('dynamodb-write'),
    perMillion,
  );

  const invocations = ends((end) => load.articles / batch[end]);
  const batchMs = (end: 'low' | 'high') =>
    (interpolated(units.score, batch[end], ({ requests }) => requests) / REQUESTS_AT_ONCE) * of('milliseconds that a request to DynamoDB takes')(end) +
    (milliseconds.headline * batch[end] + 5) * of('slowdown of a function compared with the machine of docs/benchmarks.md')(end);
  add('score', 'Lambda', invocations, gbSeconds(memoryMb.analysis, batchMs), price('lambda-x86'));
  add('score', 'Lambda', invocations, price('lambda-request'), perMillion);
  const starts = ends((end) => Math.min(invocations[end], of('cold starts of Analysis in a month, at most')(end)));
  add(
    'score',
    'Lambda',
    starts,
    gbSeconds(
      memoryMb.analysis,
      (end) => milliseconds.start[load.packaging] * of('slowdown of a function compared with the machine of docs/benchmarks.md')(end),
    ),
    price('lambda-x86'),
  );

  // The articles scored together are one message or two: sent, received and deleted.
  add(
    'queue',
    'SQS',
    ends((end) => 3 * Math.max(load.articles / ARTICLES_A_MESSAGE, Math.min(load.articles, invocations[end]))),
    price('sqs-request'),
    perMillion,
  );

  const bytes = ends((end) => stored(end, ({ writes }) => writes.bytes) + scored(end, ({ writes }) => writes.bytes));
  const kept = times(articles, bytes, range(MONTHS_KEPT / GB));
  add('keep', 'DynamoDB storage', kept, price('dynamodb-storage'));
  add('keep', 'DynamoDB storage', kept, price('dynamodb-recovery'));

  const hours = times(range(load.readers), assumptions['hours a month for which a reader has the page open']);
  const asked = assumptions['status requests per hour of an open page'];
  const filled = ends((end) => Math.min(of('complete refreshes per hour of an open page, at most')(end), load.articles / (MINUTES / 60)));
  const perFill = Object.entries(evidence.pageReads)
    .filter(([name]) => !name.startsWith('status'))
    .reduce((total, [, one]) => total + one, 0);
  // The page reads all sources like a tick, at half the price of consistent reads.
  const sourcesRead = bySources(units.tick, load.sources, ({ readUnits }) => readUnits) / 2;
  const statusReads = Object.entries(evidence.pageReads)
    .filter(([name]) => name.startsWith('status'))
    .reduce((total, [, one]) => total + one, 0);
  add(
    'reads',
    'DynamoDB reads',
    hours,
    ends((end) => asked[end] * (statusReads + sourcesRead) + filled[end] * (perFill + sourcesRead)),
    price('dynamodb-read'),
    perMillion,
  );
  const requests = times(
    hours,
    ends((end) => asked[end] + 6 * filled[end]),
  );
  add(
    'reads',
    'Lambda',
    requests,
    gbSeconds(memoryMb.dashboard, (end) => milliseconds.page * of('slowdown of a function compared with the machine of docs/benchmarks.md')(end)),
    price('lambda-arm'),
  );
  add('reads', 'Lambda', requests, price('lambda-request'), perMillion);
  add('reads', 'traffic', hours, filled, assumptions['kB that a complete refresh of the page loads'], price('traffic-out'), perMillion);

  add('alarms', 'CloudWatch alarms', range(evidence.counts.alarmMetrics), price('alarm'));
  add('alarms', 'CloudWatch metrics', range(evidence.counts.customMetrics), price('metric'));
  add('alarms', 'CloudWatch dashboards', range(evidence.counts.dashboards), price('dashboard'));
  const all = sum([range(MINUTES), invocations, requests]);
  const logged = times(all, assumptions['bytes of logs per invocation'], range(1 / GB));
  add('logs', 'CloudWatch logs', logged, price('log-ingestion'));
  add('logs', 'CloudWatch logs', logged, range(MONTHS_KEPT), price('log-storage'));
  // X-Ray samples the first trace of each second and one in twenty of the others.
  add(
    'logs',
    'X-Ray',
    ends((end) => Math.min(all[end], MINUTES * 60 * 3 + all[end] / 20)),
    price('trace'),
    perMillion,
  );

  const canaries = range(MINUTES / CANARY_MINUTES);
  table('canary', canaries, () => ({ writes: writesOf(canary), reads: canary.readUnits }));
  // If little is scored, Lambda may have ended the function since the previous batch.
  const slower = of('slowdown of a function compared with the machine of docs/benchmarks.md');
  add(
    'canary',
    'Lambda',
    canaries,
    gbSeconds(memoryMb.analysis, (end) => (milliseconds.headline + (end === 'low' ? 0 : milliseconds.start[load.packaging])) * slower(end)),
    price('lambda-x86'),
  );
  add('canary', 'Lambda', canaries, price('lambda-request'), perMillion);
  add('canary', 'SQS', times(canaries, range(3)), price('sqs-request'), perMillion);
  table('idle', range(MINUTES), () => ({
    writes: bySources(units.tick, load.sources, writesOf),
    reads: bySources(units.tick, load.sources, ({ readUnits }) => readUnits),
  }));
  add(
    'idle',
    'Lambda',
    range(MINUTES),
    gbSeconds(memoryMb.ingestion, (end) => milliseconds.idleTick * of('slowdown of a function compared with the machine of docs/benchmarks.md')(end)),
    price('lambda-arm'),
  );
  add('idle', 'Lambda', range(MINUTES), price('lambda-request'), perMillion);
  add('idle', 'Scheduler', range(MINUTES), price('scheduler'), perMillion);
  // Lambda polls the queue with five concurrent long polls of 20 s.
  add('idle', 'SQS', range(5 * 3 * MINUTES), price('sqs-request'), perMillion);
  add('idle', 'Secrets Manager', range(evidence.counts.secrets), price('secret'));
  if (load.packaging === 'image') add('idle', 'ECR', range(evidence.imageMegabytes / 1_000), range(1, 20), price('image-storage'));
  return summed(load, lines, {
    writeUnits: ends(
      (end) =>
        scored(end, writesOf) + (1 + of('share of articles that are written once more, for another source or with another title')(end)) * stored(end, writesOf),
    ),
    readUnits: ends((end) => scored(end, ({ readUnits }) => readUnits) + stored(end, ({ readUnits }) => readUnits)),
  });
}

/** Bytes of storage per article with everything that belongs to it, if eight are stored and scored together. */
export const bytesOfArticle = ({ poll, score }: Evidence['units']): number => {
  const bytes = (measured: Readonly<Record<string, RequestCost>>, count: number) => measured[count]?.writes.bytes ?? NaN;
  return (bytes(poll, 8) - bytes(poll, 0) + bytes(score, 8)) / 8;
};

/** The number of polls in the measured tick; see the test that measures it. */
const ROUND = 12;
/** How long polls of one tick share a read of all sources; see source-glance.ts. */
const LOOK_MS = 5_000;

/**
 * The reads of a poll in a tick with this many polls: its own, and its share of the tick's reads of all sources. There
 * are two of those with one poll, as many as measured with twelve or more, and another one for every five seconds of a
 * long tick.
 */
function readsOfPoll({ tick, unchanged, round }: Evidence['units'], sources: number, pollsATick: number, pollMs: number): number {
  const reads = (measured: Readonly<Record<string, RequestCost>>, count: number) => bySources(measured, count, ({ readUnits }) => readUnits);
  const look = Math.max(0.5, reads(tick, sources) - reads(tick, 0));
  const polls = Math.max(1, pollsATick);
  const [alone, together] = [reads(unchanged, sources), ROUND * reads(round, sources)];
  const itself = Math.max(0, alone - 2 * look);
  const most = Math.max(2, (together - ROUND * itself) / look);
  const looks = 2 + ((most - 2) * (Math.min(polls, ROUND) - 1)) / (ROUND - 1) + (polls * pollMs) / LOOK_MS;
  return itself + (look * looks) / polls;
}

/** Interpolates linearly between the measurements with few and with many sources. */
function bySources(measured: Readonly<Record<string, RequestCost>>, sources: number, value: (cost: RequestCost) => number): number {
  const [[few, least], [many, most]] = Object.entries(measured)
    .map(([count, cost]) => [Number(count), value(cost)] as const)
    .sort(([one], [other]) => one - other) as [[number, number], [number, number]];
  return Math.max(0, least + ((most - least) * (sources - few)) / (many - few));
}

function summed(load: Load, lines: readonly BillLine[], perArticle: Bill['perArticle']): Bill {
  const merged = [...Map.groupBy(lines, ({ step, service }) => `${step} ${service}`).values()].map((same) => ({
    ...(same[0] as BillLine),
    usd: sum(same.map(({ usd }) => usd)),
  }));
  const by = <Key extends string>(key: (line: BillLine) => Key) =>
    [...Map.groupBy(merged, key)].map(([name, those]) => [name, sum(those.map(({ usd }) => usd))] as const);
  return {
    load,
    lines: merged,
    total: sum(merged.map(({ usd }) => usd)),
    byService: by(({ service }) => service),
    byStep: by(({ step }) => step),
    perArticle,
    dominant: [...merged].sort((one, other) => middle(other.usd) - middle(one.usd)),
  };
}

export const middle = ({ low, high }: Range): number => (low + high) / 2;
