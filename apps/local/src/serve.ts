import { buildApi, type ApiDependencies, type PipelineProgress, type ReadModels, type Readiness } from '@barometer/http-api';
import { readOpml, writeFeed, writeOpml } from '@barometer/ingestion-http';
import { StoreError } from '@barometer/kernel';
import type { Container } from 'inversify';
import type { Settings } from './config';
import { prepareFirstKey } from './first-key';
import { listen } from './listen';
import { loadSample } from './sample';
import { localSignIn, prepareSignIn } from './sign-in';
import { tokens } from './tokens';

/** What the server shows of the pipeline that runs beside it. */
export interface ShownPipeline {
  progress(): PipelineProgress & { readonly model: 'loading' | 'ready' | 'failed'; readonly message?: string };
}

interface ServeOptions {
  readonly system: { readonly container: Container };
  readonly pipeline: ShownPipeline;
  readonly settings: Settings;
  readonly version: string;
  readonly log: (line: string) => void;
}

/** Serves the page and the API; the sample is filled in the background, once the model is there. */
export async function serve({ system: { container }, pipeline, settings, version, log }: ServeOptions) {
  const sample = loadSample({ settings, classifier: container.get(tokens.classifier), isNeeded: () => hasNoScores(container) });
  sample.filled.catch((error: unknown) => log(`the sample data set cannot be shown: ${error instanceof Error ? error.message : String(error)}`));
  const app = await buildApi({ ...dependencies(container, pipeline, settings), version, log, sample: readModels(sample.container) });
  try {
    const address = await listen(app, settings);
    await prepareFirstKey({ settings, listKeys: container.get(tokens.listAccessKeys), takeFirstKey: container.get(tokens.takeFirstKey), log });
    await prepareSignIn(settings.signIn, log);
    return { address: `${address}${settings.basePath}`, close: () => app.close() };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** A store that does not answer now may turn out to be new. */
async function hasNoScores(container: Container): Promise<boolean> {
  try {
    return (await container.get(tokens.reportStore).status()).scored === 0;
  } catch (error) {
    if (error instanceof StoreError) return true;
    throw error;
  }
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

/** What the API needs from a system, except for the sample. */
export function dependencies(container: Container, pipeline: ShownPipeline, settings: Settings): Omit<ApiDependencies, 'version' | 'log' | 'sample'> {
  const get = container.get.bind(container);
  return {
    clock: get(tokens.clock),
    config: {
      loopback: !settings.needsKeys,
      allowedOrigins: settings.corsOrigins,
      rateLimit: settings.rateLimit,
      basePath: settings.basePath,
      publicUrl: settings.publicUrl,
      retention: settings.retention,
      ...(settings.trustProxy !== undefined && { trustProxy: settings.trustProxy }),
    },
    real: readModels(container),
    sources: {
      list: get(tokens.listSources),
      add: get(tokens.addSource),
      change: get(tokens.changeSource),
      changeMany: get(tokens.changeSources),
      remove: get(tokens.removeSource),
      pollNow: get(tokens.pollSourceNow),
      preview: get(tokens.previewSource),
      import: get(tokens.importSources),
      readOpml,
      writeOpml,
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
    ...(settings.signIn && { signIn: localSignIn(container, settings.signIn) }),
    writeFeed,
    live: get(tokens.liveFeed),
    model: () => (pipeline.progress().model === 'ready' ? get(tokens.classifier).model : undefined),
    readiness: () => readiness(pipeline),
    progress: () => pipeline.progress(),
    webRoot: settings.webRoot,
  };
}

function readiness(pipeline: ShownPipeline): Readiness {
  const { model, message } = pipeline.progress();
  if (model === 'loading') return { parts: { model: { state: 'loading', message: 'the model is being loaded' }, store: { state: 'ok' } } };
  const state = model === 'ready' ? 'ok' : 'failed';
  // Once the model is ready, a message is about what a step could not store.
  const store = model === 'ready' && message !== undefined ? { state: 'failed' as const, message } : { state: 'ok' as const };
  return { parts: { model: { state, ...(state === 'failed' && message !== undefined && { message }) }, store } };
}
