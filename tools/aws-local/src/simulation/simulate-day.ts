import type { Random } from './random';
import { SECONDS_A_DAY, trafficOf } from './traffic';
import type { KeyHeat, WritePattern } from './write-pattern';

/** Limits that AWS documents; docs/operations/limits.md names the pages. */
export const documented = {
  /** Write units per second of one partition of a table or of an index. */
  partitionWrites: 1_000,
  partitionReads: 3_000,
  /** Megabytes of memory with which a function has one whole processor. */
  megabytesAProcessor: 1_769,
  /** Write units per second of a new on-demand table, and by the default quota. */
  newTableWrites: 4_000,
  tableWrites: 40_000,
} as const;

/** The deployment and its settings. */
export interface Deployed {
  /** Minutes between two polls of a source. */
  readonly pollMinutes: number;
  /** Concurrent polls (POLL_CONCURRENCY). */
  readonly pollConcurrency: number;
  readonly ingestionMb: number;
  readonly analysisMb: number;
  /** Concurrent batches (`maximumConcurrency`), messages in a batch, and the seconds to wait for a full batch. */
  readonly analysisConcurrency: number;
  readonly batchMessages: number;
  readonly batchWindowSeconds: number;
  /** The number of partitions of the index `list`: 1 today. */
  readonly listPartitions: number;
}

/** Durations of work: processor time from docs/benchmarks.md, waiting time from the assumptions of the bill. */
export interface Durations {
  readonly pollProcessorMs: number;
  readonly storeProcessorMs: number;
  readonly scoreProcessorMs: number;
  readonly lookProcessorMs: number;
  readonly headlineMs: number;
  readonly feedMs: number;
  readonly requestMs: number;
  /** Consecutive requests: for a poll, and for an article that is stored or scored. */
  readonly requestsAPoll: number;
  readonly requestsAnArticleStored: number;
  readonly requestsAnArticleScored: number;
}

export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface SimulatedDay {
  /** `lost` ones had left their feed before the next poll. */
  readonly articles: { readonly published: number; readonly stored: number; readonly scored: number; readonly lost: number };
  readonly bursts: number;
  /** Write units per second by partition key, as the day requires them, and the share that falls into seconds above the limit. */
  readonly heat: readonly { readonly partition: string; readonly wanted: Quantiles; readonly hottestItem: number; readonly throttledShare: number }[];
  readonly tableWrites: Quantiles;
  readonly sourcesReads: Quantiles;
  /** Seconds: how late polls come beyond their interval, and from stored to scored. */
  readonly pollLateness: Quantiles;
  readonly queueAge: Quantiles;
  /** How busy the polls are, as a share of their time, and how many environments of Analysis are busy. */
  readonly ingestionBusy: Quantiles;
  readonly analysisConcurrency: Quantiles;
}

/** The most articles a second that each part can handle permanently: the part with the least breaks first. */
export interface Capacity {
  readonly what: string;
  readonly articlesASecond: number;
}

const ARTICLES_A_MESSAGE = 16;
/** The maximum number of items in a feed; older ones are gone. An assumption. */
export const FEED_LENGTH = 50;
const TICK_SECONDS = 60;
/** One read of all sources is used for this long. */
const LOOK_SECONDS = 5;

/** The polls a second of Ingestion if each brings this many articles, as limited by the processor and by waiting. */
function pollsASecond(
  articlesAPoll: number,
  { pollConcurrency, ingestionMb }: Deployed,
  durations: Durations,
): { readonly byProcessor: number; readonly byWaiting: number } {
  // JavaScript runs on one thread, so that more than one processor is of no use.
  const processor = Math.min(1, ingestionMb / documented.megabytesAProcessor);
  const left = processor * 1_000 - durations.lookProcessorMs / LOOK_SECONDS;
  const processorMs = durations.pollProcessorMs + articlesAPoll * durations.storeProcessorMs;
  const waitingMs = durations.feedMs + (durations.requestsAPoll + articlesAPoll * durations.requestsAnArticleStored) * durations.requestMs;
  return { byProcessor: Math.max(0.01, left / processorMs), byWaiting: (pollConcurrency * 1_000) / waitingMs };
}

/** Articles a second that one environment of Analysis scores in batches of this size. */
function scoredASecond(batch: number, { analysisMb }: Deployed, durations: Durations): number {
  const processor = Math.min(1, analysisMb / documented.megabytesAProcessor);
  const ms = 5 + batch * ((durations.scoreProcessorMs + durations.headlineMs) / processor + durations.requestsAnArticleScored * durations.requestMs);
  return (batch * 1_000) / ms;
}

/** The capacity of each part of the system, the smallest first. */
export function capacitiesOf(sources: number, pattern: WritePattern, deployed: Deployed, durations: Durations): Capacity[] {
  const pollRate = sources / (deployed.pollMinutes * 60);
  const most = deployed.batchMessages * ARTICLES_A_MESSAGE;
  const ofPolls = (limit: (articlesAPoll: number) => number) => {
    // Larger polls are slower: finds how many articles each may bring at this rate of polls.
    let [least, largest] = [0, 10_000];
    for (let step = 0; step < 50; step += 1) {
      const middle = (least + largest) / 2;
      if (limit(middle) >= pollRate) least = middle;
      else largest = middle;
    }
    return least * pollRate;
  };
  const parts: Capacity[] = [
    {
      what: `processor of Ingestion (${deployed.ingestionMb} MB)`,
      articlesASecond: ofPolls((articles) => pollsASecond(articles, deployed, durations).byProcessor),
    },
    {
      what: `waiting time of ${deployed.pollConcurrency} parallel polls`,
      articlesASecond: ofPolls((articles) => pollsASecond(articles, deployed, durations).byWaiting),
    },
    {
      what: `${deployed.analysisConcurrency} environments of Analysis (${deployed.analysisMb} MB)`,
      articlesASecond: deployed.analysisConcurrency * scoredASecond(most, deployed, durations),
    },
    ...pattern.keys.map((key) => ({
      what: `partition ${spread(key, deployed).partition}`,
      articlesASecond: documented.partitionWrites / (spread(key, deployed).stored + spread(key, deployed).scored),
    })),
    { what: 'a new table, without its indexes', articlesASecond: documented.newTableWrites / pattern.tableWritesAnArticle },
    { what: 'default quota of a table', articlesASecond: documented.tableWrites / pattern.tableWritesAnArticle },
  ];
  return parts.sort((one, other) => one.articlesASecond - other.articlesASecond);
}

/** The index `list` spread over several partitions. */
function spread(key: KeyHeat, { listPartitions }: Deployed): KeyHeat {
  if (listPartitions === 1 || !key.partition.startsWith('list: ')) return key;
  return { ...key, partition: `${key.partition} (each of ${listPartitions})`, stored: key.stored / listPartitions, scored: key.scored / listPartitions };
}

/** Simulates a day second by second: articles are published, polled, stored, queued and scored, with the writes of each to each key. */
export function simulateDay(options: {
  readonly articlesPerDay: number;
  readonly sources: number;
  readonly random: Random;
  readonly pattern: WritePattern;
  readonly deployed: Deployed;
  readonly durations: Durations;
}): SimulatedDay {
  const { articlesPerDay, sources, random, pattern, deployed, durations } = options;
  const { published, bursts } = trafficOf(articlesPerDay, random);
  const interval = deployed.pollMinutes * 60;
  const keys = pattern.keys.map((key) => spread(key, deployed));
  const series = { table: zeros(), reads: zeros(), late: zeros(), age: zeros(), busy: zeros(), concurrency: zeros(), keys: keys.map(zeros) };
  const over = keys.map(() => 0);
  // Left from the day before: items that the feeds published since their last poll.
  let unread = ((published[0] ?? 0) * interval) / 2;
  let due = 0;
  let queued = 0;
  let [stored, scored, lost, room, ticking] = [0, 0, 0, 1, 0];
  const listed = (sources * FEED_LENGTH) / 2;
  for (let second = 0; second < SECONDS_A_DAY; second += 1) {
    unread += published[second] ?? 0;
    lost += Math.max(0, unread - listed);
    unread = Math.min(unread, listed);
    due = Math.min(sources, due + (sources - due) / interval);
    if (second % TICK_SECONDS === 0 && due >= 1) ticking = TICK_SECONDS;
    const articlesAPoll = (2 * unread) / sources;
    const { byProcessor, byWaiting } = pollsASecond(articlesAPoll, deployed, durations);
    const able = Math.min(byProcessor, byWaiting);
    const polls = ticking > 0 ? Math.min(due, able) * room : 0;
    due -= polls;
    ticking = due < 1 ? 0 : ticking - 1;
    const storing = Math.min(unread, polls * articlesAPoll);
    unread -= storing;
    const wanted = queued + storing;
    const rate = wanted / Math.max(1, deployed.batchWindowSeconds);
    const batch = Math.min(deployed.batchMessages * ARTICLES_A_MESSAGE, Math.max(1, rate));
    const each = scoredASecond(batch, deployed, durations);
    const scoring = Math.min(wanted, each * deployed.analysisConcurrency) * room;
    queued = wanted - scoring;
    stored += storing;
    scored += scoring;
    // Writes that a partition throttles are sent again, which slows the writers in the next second.
    let hottest = 0;
    keys.forEach((key, index) => {
      const units = key.stored * storing + key.scored * scoring;
      (series.keys[index] as Float64Array)[second] = units;
      over[index] = (over[index] ?? 0) + Math.max(0, units - documented.partitionWrites);
      hottest = Math.max(hottest, units);
    });
    room = hottest > documented.partitionWrites ? Math.max(0.2, room * (documented.partitionWrites / hottest)) : Math.min(1, room * 1.05);
    series.table[second] = pattern.writesAnArticle * ((storing + scoring) / 2) + polls * pattern.sources.writesAPoll * 2;
    series.reads[second] = ticking > 0 ? pattern.sources.readsALook / LOOK_SECONDS : 0;
    series.late[second] = polls > 0 ? Math.max(0, due / Math.max(able, 0.01) - TICK_SECONDS) : 0;
    series.age[second] = scoring > 0 ? queued / scoring : 0;
    series.busy[second] = ticking > 0 || polls > 0 ? 1 : 0;
    series.concurrency[second] = Math.min(deployed.analysisConcurrency, Math.ceil(scoring / each));
  }
  return {
    articles: { published: sumOf(published), stored, scored, lost },
    bursts,
    heat: keys.map(({ partition, hottestItemShare }, index) => {
      const wanted = quantilesOf(series.keys[index] as Float64Array);
      return {
        partition,
        wanted,
        hottestItem: wanted.max * hottestItemShare,
        throttledShare: (over[index] ?? 0) / Math.max(1, sumOf(series.keys[index] as Float64Array)),
      };
    }),
    tableWrites: quantilesOf(series.table),
    sourcesReads: quantilesOf(series.reads),
    pollLateness: quantilesOf(series.late),
    queueAge: quantilesOf(series.age),
    ingestionBusy: quantilesOf(minutesOf(series.busy)),
    analysisConcurrency: quantilesOf(series.concurrency),
  };
}

const zeros = (): Float64Array => new Float64Array(SECONDS_A_DAY);
const sumOf = (all: Float64Array): number => all.reduce((sum, one) => sum + one, 0);

/** The mean of each minute. */
const minutesOf = (seconds: Float64Array): Float64Array =>
  Float64Array.from({ length: seconds.length / 60 }, (_, minute) => sumOf(seconds.subarray(minute * 60, (minute + 1) * 60)) / 60);

export function quantilesOf(all: Float64Array): Quantiles {
  const sorted = Float64Array.from(all).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 };
}
