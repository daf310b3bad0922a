import { documented, type Capacity, type Deployed, type Durations, type Quantiles, type SimulatedDay } from './simulate-day';
import type { WritePattern } from './write-pattern';

export interface Simulation {
  readonly feeds: number;
  readonly articlesPerDay: number;
  readonly seed: number;
  /** The machine on which the write pattern was computed: cores, processor, Node. */
  readonly machine: string;
  readonly deployed: Deployed;
  readonly durations: Durations;
  readonly pattern: WritePattern;
  readonly day: SimulatedDay;
  readonly capacities: readonly Capacity[];
  /** US dollars a month at this load. */
  readonly cost: string;
}

const whole = (value: number) => Math.round(value).toLocaleString('en');
const figure = (value: number) => (Math.abs(value) >= 100 ? whole(value) : value.toPrecision(2).replace(/\.0$/, ''));
const quantiles = ({ p50, p99, max }: Quantiles, unit = '') => `${figure(p50)} / ${figure(p99)} / ${figure(max)}${unit}`;
const percent = (share: number) => (share === 0 ? '0' : share < 0.0005 ? 'under 0.1 %' : `${(100 * share).toFixed(1)} %`);

/** The simulation in Markdown, as quoted in docs/operations/limits.md. */
export function textOf({ feeds, articlesPerDay, seed, machine, deployed, durations, pattern, day, capacities, cost }: Simulation): string {
  const mean = articlesPerDay / 86_400;
  return `${whole(feeds)} feeds, polled every ${deployed.pollMinutes} minutes, ${whole(articlesPerDay)} articles a day (${figure(mean)} a second on average), seed ${seed}, ${day.bursts} bursts.
Deployed: Ingestion ${deployed.ingestionMb} MB and ${deployed.pollConcurrency} parallel polls; Analysis ${deployed.analysisMb} MB, ${deployed.analysisConcurrency} parallel batches of ${deployed.batchMessages} messages; list on ${deployed.listPartitions === 1 ? 'one partition' : `${deployed.listPartitions} partitions`}.
Computed on ${machine}.

| p50 / p99 / maximum of the day | |
| --- | --- |
| articles published, stored, scored | ${[day.articles.published, day.articles.stored, day.articles.scored].map(whole).join(', ')} |
| articles that left their feed before the next poll | ${whole(day.articles.lost)} |
| delay of polls, s | ${quantiles(day.pollLateness)} |
| share of each minute for which Ingestion is busy | ${quantiles({ p50: 100 * day.ingestionBusy.p50, p99: 100 * day.ingestionBusy.p99, max: 100 * day.ingestionBusy.max }, ' %')} |
| age of the scoring queue, s | ${quantiles(day.queueAge)} |
| busy environments of Analysis | ${quantiles(day.analysisConcurrency)} of ${deployed.analysisConcurrency} |
| write units a second, table and indexes | ${quantiles(day.tableWrites)} |
| read units a second, partition of the sources | ${quantiles(day.sourcesReads)} of ${whole(documented.partitionReads)} |

| partition key | write units per article: stored, scored | units a second: p50 / p99 / maximum | hottest item | over ${whole(documented.partitionWrites)} a second |
| --- | --- | --- | --- | --- |
${day.heat.map(({ partition, wanted, hottestItem, throttledShare }, index) => `| ${partition} | ${(pattern.keys[index]?.stored ?? 0).toFixed(2)}, ${(pattern.keys[index]?.scored ?? 0).toFixed(2)} | ${quantiles(wanted)} | ${figure(hottestItem)} | ${percent(throttledShare)} |`).join('\n')}

| what fails first | up to articles a second | a day, on average | compared with the average of this day |
| --- | --- | --- | --- |
${capacities
  .slice(0, 8)
  .map(
    ({ what, articlesASecond }) =>
      `| ${what} | ${figure(articlesASecond)} | ${figure((articlesASecond * 86_400) / 1e6)} million | ${figure(articlesASecond / mean)} times |`,
  )
  .join('\n')}

An article takes ${figure(pattern.writesAnArticle)} write units over its life; reading all sources takes ${whole(pattern.sources.readsALook)} read units. A month of such days costs $${cost} on AWS.
Durations, ms: ${Object.entries(durations)
    .map(([name, value]) => `${name} ${Number((value as number).toFixed(2))}`)
    .join(', ')}.`;
}
