import type { AwsFault, Telemetry } from '@barometer/aws';
import type { ApiDependencies, Part, ReadModels } from '@barometer/http-api';
import type { Container } from 'inversify';
import type { Settings } from './config';
import { remoteSignIn } from './sign-in';
import { tokens, type Watch } from './tokens';

interface Options {
  readonly settings: Settings;
  readonly telemetry: Telemetry<'dashboard'>;
  readonly version: string;
}

/** What the API needs, out of the container. No live feed: a function's answer cannot stay open, so clients poll. */
export function apiDependencies(container: Container, { settings, telemetry, version }: Options): ApiDependencies {
  const get = container.get.bind(container);
  const startedAt = get(tokens.clock).now();
  const classifier = get(tokens.classifier);
  const feeds = get(tokens.feeds);
  return {
    version,
    clock: get(tokens.clock),
    config: {
      loopback: false,
      allowedOrigins: settings.corsOrigins,
      rateLimit: settings.rateLimit,
      retention: settings.retention,
      trustProxy: true,
      publicUrl: settings.home,
      requestTimeoutMs: settings.requestTimeLimitMs,
    },
    real: readModels(container),
    sources: {
      list: get(tokens.listSources),
      add: get(tokens.addSource),
      change: get(tokens.changeSource),
      changeMany: get(tokens.changeSources),
      remove: get(tokens.removeSource),
      pollNow: get(tokens.pollSourceNow),
      import: get(tokens.importSources),
      preview: feeds.preview,
      readOpml: feeds.readOpml,
      writeOpml: feeds.writeOpml,
    },
    topics: { add: get(tokens.addTopic), change: get(tokens.changeTopic), remove: get(tokens.removeTopic) },
    marks: { list: get(tokens.listMarks), add: get(tokens.addNote), remove: get(tokens.removeNote) },
    alerts: {
      list: get(tokens.listAlerts),
      addRule: get(tokens.addRule),
      changeRule: get(tokens.changeRule),
      removeRule: get(tokens.removeRule),
      addChannel: get(tokens.addChannel),
      removeChannel: get(tokens.removeChannel),
      testChannel: get(tokens.testChannel),
      backtest: get(tokens.backtestRule),
      redrive: get(tokens.redriveDeliveries),
    },
    digests: {
      list: get(tokens.listDigests),
      add: get(tokens.addDigest),
      change: get(tokens.changeDigest),
      remove: get(tokens.removeDigest),
      preview: get(tokens.previewDigest),
      test: get(tokens.testDigest),
    },
    sentiment: {
      scoreTexts: get(tokens.scoreTexts),
      explainTexts: get(tokens.explainTexts),
      explainArticle: get(tokens.explainArticle),
      judge: get(tokens.judgeArticle),
      takeBack: get(tokens.takeBackJudgement),
      redrive: get(tokens.redriveArticles),
    },
    keys: get(tokens.verifyAccessKey),
    ...(settings.signIn && {
      signIn: remoteSignIn(settings.signIn, { sessions: get(tokens.sessionStore), clock: get(tokens.clock), report: (fault) => telemetry.fault(fault) }),
    }),
    writeFeed: feeds.writeFeed,
    model: () => (classifier.hasAnswered ? classifier.model : undefined),
    readiness: () => ({ parts: { store: partOf(get(tokens.tableWatch).fault), model: partOf(lastingFaultOf(get(tokens.analysisWatch))) } }),
    // The pipeline runs in the other functions, so this process has no progress to report.
    progress: () => ({
      startedAt,
      polled: 0,
      pollsFailed: 0,
      pollFailures: {},
      newArticles: 0,
      alertsOpened: 0,
      alertsClosed: 0,
      scored: 0,
      scoredPerSecond: 0,
    }),
    webRoot: settings.webRoot,
    log: (line) => telemetry.error(line),
  };
}

function readModels(container: Container): ReadModels {
  const get = container.get.bind(container);
  return {
    watermark: () => get(tokens.reportStore).watermark(),
    mood: get(tokens.getMood),
    timeline: get(tokens.getTimeline),
    breakdown: get(tokens.getBreakdown),
    drivers: get(tokens.getDrivers),
    articles: get(tokens.listArticles),
    judgements: get(tokens.listJudgements),
    stories: get(tokens.listStories),
    story: get(tokens.getStory),
    article: get(tokens.getArticle),
    status: get(tokens.getStatus),
    topics: get(tokens.listTopics),
    previewTopic: get(tokens.previewTopic),
  };
}

/** Only callers with a key read this, so it may name the resource. */
function partOf(fault: AwsFault | undefined): Part {
  return fault ? { state: 'failed', message: fault.message } : { state: 'ok' };
}

/** The API refuses to analyse while the model counts as failed, so a fault that may be over by the next request must not count. */
function lastingFaultOf({ fault }: Watch): AwsFault | undefined {
  return fault?.kind === 'busy' || fault?.kind === 'unreachable' ? undefined : fault;
}
