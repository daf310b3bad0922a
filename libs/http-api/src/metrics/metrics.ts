import type { CanaryStatus } from '@barometer/canary';
import { SECOND } from '@barometer/kernel';
import { lastHours, type BreakdownRow, type Mood } from '@barometer/reporting';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { RouteContext } from '../api';
import { sourceCounts } from '../wire/sources';
import type { UsualOfTopics } from './usual-of-topics';

/** The period of the mood: one day, as on the page by default. */
const MOOD_HOURS = 24;
/** Topics with figures of their own, the largest first: each of them is a separate time series in Prometheus. */
const MOST_TOPICS = 100;
/** The label for all news. No topic can have it: an id begins with a letter or a digit. */
const EVERYTHING = '_all';

const canaryStates = ['none', 'waiting', 'right', 'wrong', 'late', 'stopped'] as const;

/** Enough to notice that no notices arrive any more. */
const NEWEST_DELIVERIES = 100;

let processMetrics: Registry | undefined;

/** The resources of this process (memory, CPU, event loop), under the names that Prometheus clients share. */
function ofProcess(): Registry {
  if (!processMetrics) {
    processMetrics = new Registry();
    collectDefaultMetrics({ register: processMetrics });
  }
  return processMetrics;
}

/** All metrics in the text format of Prometheus. Every label has few values: states, kinds of failure, topics. */
export async function metricsOf(context: RouteContext, usualOfTopics: UsualOfTopics): Promise<string> {
  const { real, sources, clock, version } = context;
  const period = lastHours(MOOD_HOURS, clock.now());
  const [status, list, mood, topics, open, deliveries] = await Promise.all([
    real.status.execute(),
    sources.list.execute(),
    real.mood.execute({ period }),
    real.breakdown.execute({ by: 'topic', period }),
    context.alerts.list.open(),
    context.alerts.list.deliveries(NEWEST_DELIVERIES),
  ]);
  const shown = topics.rows.slice(0, MOST_TOPICS);
  const usualTones = new Map([
    [EVERYTHING, mood.usual],
    ...(await usualOfTopics.of(
      shown.filter(({ volume }) => volume > 0).map(({ id }) => id),
      period,
      real.mood,
    )),
  ]);
  const registers = [new Registry()];
  const gauge = (name: string, help: string, ...labelNames: string[]) => new Gauge({ name: `barometer_${name}`, help, labelNames, registers });
  const counter = (name: string, help: string, ...labelNames: string[]) => new Counter({ name: `barometer_${name}_total`, help, labelNames, registers });
  const progress = context.progress();
  const { id = 'none', revision = 'none' } = context.model() ?? {};

  gauge('build_info', 'Version of Barometer, and the model that scores; always 1', 'version', 'model', 'revision').set({ version, model: id, revision }, 1);
  const ready = gauge('ready', 'Whether a part works (1) or not (0)', 'part');
  for (const [part, { state }] of Object.entries(context.readiness().parts)) ready.set({ part }, Number(state === 'ok'));

  counter('polls', 'Polls that ended since the start, whatever they brought').inc(progress.polled);
  const failures = counter('poll_failures', 'Polls that failed since the start, by the kind of failure', 'reason');
  for (const [reason, count] of Object.entries(progress.pollFailures)) failures.inc({ reason }, count);
  counter('articles_new', 'Articles that were stored since the start').inc(progress.newArticles);
  counter('articles_scored', 'Articles that were scored since the start').inc(progress.scored);
  gauge('scoring_rate', 'Articles scored a second, over the last ten seconds').set(progress.scoredPerSecond);

  const articles = gauge('articles', 'Articles that are kept, by state', 'state');
  for (const state of ['pending', 'scored', 'failed', 'skipped'] as const) articles.set({ state }, status.articles[state]);
  gauge('oldest_waiting_seconds', 'How long the article that waits longest for its score has waited; 0 when none waits').set(
    (status.oldestPendingAgeMs ?? 0) / SECOND,
  );
  const counted = gauge('sources', 'Sources, by state', 'state');
  const { total: _total, ...states } = sourceCounts(list);
  for (const [state, count] of Object.entries(states)) counted.set({ state }, count);

  if (status.canary) tellCanary(status.canary, gauge);

  gauge('alerts_open', 'Episodes of alert rules that go on').set(open.length);
  const episodes = counter('alert_episodes', 'Episodes of alert rules that this process opened and closed since its start', 'event');
  episodes.inc({ event: 'opened' }, progress.alertsOpened);
  episodes.inc({ event: 'closed' }, progress.alertsClosed);
  const told = gauge('alert_deliveries', `The newest ${NEWEST_DELIVERIES} notices of alerts and digests, by state; older ones are not counted`, 'state');
  for (const state of ['waiting', 'sent', 'failed'] as const) told.set({ state }, deliveries.filter((one) => one.state === state).length);

  const tone = gauge('mood_tone', `Mean tone of the last ${MOOD_HOURS} hours, -1 to 1; absent without articles`, 'topic');
  const usual = gauge(
    'mood_usual',
    `The range in which 95 of 100 usual tones of ${MOOD_HOURS} hours lie, and its middle; absent where nothing is known of it`,
    'topic',
    'bound',
  );
  for (const [topic, range] of usualTones) if ('low' in range) for (const bound of ['low', 'mean', 'high'] as const) usual.set({ topic, bound }, range[bound]);
  const volume = gauge('mood_articles', `Scored articles of the last ${MOOD_HOURS} hours, by label`, 'topic', 'label');
  const tell = (topic: string, figures: Mood | BreakdownRow) => {
    if (figures.tone !== undefined) tone.set({ topic }, figures.tone);
    for (const label of ['negative', 'neutral', 'positive'] as const) volume.set({ topic, label }, figures.counts[label]);
  };
  tell(EVERYTHING, mood);
  for (const row of shown) tell(row.id, row);

  return Registry.merge([...registers, ofProcess()]).metrics();
}

type AddGauge = (name: string, help: string, ...labelNames: string[]) => Gauge;

function tellCanary(canary: CanaryStatus, gauge: AddGauge): void {
  const states = gauge('canary', 'How the last sentence with a known tone fared: 1 at its state, 0 at the others', 'state');
  for (const state of canaryStates) states.set({ state }, Number(canary.state === state));
  if (!('tookMs' in canary) || canary.tookMs === undefined) return;
  gauge('canary_seconds', 'From sending the sentence with a known tone to its stored score; absent where none came').set(canary.tookMs / SECOND);
}
