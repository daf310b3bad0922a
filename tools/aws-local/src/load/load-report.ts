import type { LoadReport } from './run-load';
import type { Samples } from './samples';

const whole = (value: number) => Math.round(value).toLocaleString('en');
const rate = (count: number, seconds: number) => (seconds > 0 ? (count / seconds).toFixed(1) : '0');
const ms = (samples: Samples) => {
  const [p50, p99] = [samples.quantile(0.5), samples.quantile(0.99)];
  return p50 === undefined || p99 === undefined ? 'none' : `${whole(p50)} / ${whole(p99)} ms`;
};

/** The result of a load as text for a terminal; actual rates beside the requested ones. */
export function textOf({ options, seconds, articles, ticks, batches, queueAge, reads, requests }: LoadReport, machine: string): string {
  const refused = [...requests.refused].map(([kind, count]) => `${kind} ${count}`).join(', ');
  const rows: [string, string][] = [
    ['articles published', `${whole(articles.published)} (${rate(articles.published, seconds)} a second; asked for ${options.articlesASecond})`],
    ['stored, scored, failed, waiting', [articles.stored, articles.scored, articles.failed, articles.pending].map(whole).join(', ')],
    ['ticks', `${ticks.durations.count}, of which ${ticks.failed} failed; ${whole(ticks.polls)} polls, of which ${ticks.failedPolls} failed`],
    ['a tick takes, p50 / p99', ms(ticks.durations)],
    [
      'batches',
      `${batches.durations.count}, of which ${batches.failed} failed; ${whole(batches.articles.sum)} articles were delivered, ${rate(batches.articles.sum, batches.durations.count)} a batch`,
    ],
    ['a batch takes, p50 / p99', ms(batches.durations)],
    ['age in the queue, p50 / p99', ms(queueAge)],
    [
      'reads',
      `${whole(reads.durations.count)} (${rate(reads.durations.count, seconds)} a second; asked for ${options.readsASecond}), ${reads.errors} errors, ${reads.throttled} throttled`,
    ],
    ['a read takes, p50 / p99', ms(reads.durations)],
    ['requests to the table', `${whole(requests.table)}; ${requests.cancelled} transactions were cancelled and tried again`],
    ['requests to the queue', whole(requests.queue)],
    ['other refusals', refused || 'none'],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    `${seconds.toFixed(0)} s of ${options.seconds} s with ${options.feeds} feeds, on ${machine}`,
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
  ].join('\n');
}

/** The problems of a load, one sentence each: none if everything published was stored and scored, and every reader got an answer. */
export function faultsOf({ articles, ticks, batches, reads, requests }: LoadReport): string[] {
  const count = (number: number, what: string) => (number > 0 ? [`${number} ${what}.`] : []);
  return [
    ...count(articles.published - articles.stored, 'articles were published and not stored'),
    ...count(articles.pending, 'articles wait for a score'),
    ...count(articles.failed, 'articles could not be scored'),
    ...count(ticks.failed, 'ticks failed'),
    ...count(ticks.failedPolls, 'polls failed'),
    ...[...ticks.reasons].map(([reason, number]) => `  ${number} times: ${reason}`),
    ...count(batches.failed, 'batches failed'),
    ...count(reads.errors, 'reads failed'),
    ...count(reads.throttled, 'reads were throttled'),
    ...[...requests.refused].flatMap(([kind, number]) => count(number, `requests were refused: ${kind}`)),
  ];
}
