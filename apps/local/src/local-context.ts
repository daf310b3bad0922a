import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CliContext, System } from '@barometer/cli';
import type { MemoryScoringQueue } from '@barometer/ingestion-memory';
import { readArticleRows, readOpml, writeOpml, type HttpFeedFetcher } from '@barometer/ingestion-http';
import { ExplainTexts, ScoreTexts, textToScore } from '@barometer/sentiment';
import { evaluateFile, fetchModel, TransformersClassifier } from '@barometer/sentiment-transformers';
import type { Container } from 'inversify';
import { composeSystem } from './composition-root';
import type { Settings } from './config';
import { diagnose } from './doctor';
import { addressFileIn } from './page-address';
import { seedStore } from './seeds';
import { serve } from './serve';
import { backUpFile, restoreFile } from './stores/backup-file';
import { openStores } from './stores/open-stores';
import { inWords } from './stores/sqlite-stores';
import type { Stores } from './stores/stores';
import { tokens } from './tokens';

/** A system with the container that it came out of, for the server. */
export interface LocalSystem extends System {
  readonly container: Container;
}

/** What the commands need, from the adapters of this machine. */
export function createLocalContext({ settings, version, stop }: { settings: Settings; version: string; stop: AbortSignal }): CliContext {
  const { stdin, stdout, stderr } = process;
  const log = (line: string) => void stderr.write(`${line}\n`);
  const addressFile = addressFileIn(settings.dataDirectory);
  return {
    version,
    stop,
    io: { stdin, stdout, stderr },
    interactive: stderr.isTTY === true,
    openSystem: async ({ readOnly = false, beside = false } = {}) => systemOn(await openStores(settings, { readOnly, beside, addressFile }), settings, log),
    openScorer: async () => {
      const classifier = newClassifier(settings);
      await classifier.ready();
      return { classifier, scoreTexts: new ScoreTexts({ classifier }), explainTexts: new ExplainTexts({ classifier }), close: () => classifier.close() };
    },
    backUp: (file, options) => backUpFile(settings, file, options),
    restore: (file, options) => restoreFile(settings, file, { ...options, addressFile }),
    serve: async (system, pipeline) => {
      const { container } = system as LocalSystem;
      const server = await serve({ system: { container }, pipeline, settings, version, log });
      container.get(tokens.pageAddress).serveAt(server.address);
      try {
        if (settings.store === 'sqlite') writeFileSync(addressFile, server.address);
      } catch (error) {
        await server.close();
        throw inWords(error, settings.dataDirectory, addressFile);
      }
      return { address: server.address, close: () => server.close().finally(() => rmSync(addressFile, { force: true })) };
    },
    // Only this command loads the package of the protocol.
    serveMcp: async (options) =>
      (await import('./mcp')).serveMcp({
        ...options,
        settings,
        version,
        stop,
        log,
        openSystem: async () => systemOn(await openStores(settings, { readOnly: true, addressFile }), settings, log),
      }),
    diagnose: (options) => diagnose({ settings, newClassifier: () => newClassifier(settings) }, options),
    readOpml,
    writeOpml,
    readArticleRows,
    evaluate: async (file, options) => {
      const classifier = newClassifier(settings);
      try {
        return await evaluateFile(file, classifier, options);
      } finally {
        await classifier.close();
      }
    },
    fetchModel: (options) => fetchModel({ ...options, directory: join(settings.dataDirectory, 'models') }),
  };
}

function newClassifier({ modelDirectory, scoringThreads }: Settings): TransformersClassifier {
  return new TransformersClassifier({ modelDirectory, ...(scoringThreads !== undefined && { threads: scoringThreads }) });
}

function systemOn(stores: Stores, settings: Settings, log: (line: string) => void): LocalSystem {
  const classifier = newClassifier(settings);
  const container = composeSystem({ settings, classifier, stores, log });
  const get = container.get.bind(container);
  return {
    container,
    classifier,
    pollSources: get(tokens.pollSources),
    ...(settings.canary && { sendCanary: get(tokens.sendCanary) }),
    backfillTopics: get(tokens.backfillTopics),
    previewSource: get(tokens.previewSource),
    listSources: get(tokens.listSources),
    changeSources: get(tokens.changeSources),
    addSource: get(tokens.addSource),
    importSources: get(tokens.importSources),
    stores: {
      sources: get(tokens.sourceStore),
      articles: get(tokens.articleStore),
      catalog: get(tokens.topicCatalog),
      seeds: get(tokens.seedRecord),
      scores: get(tokens.scoreStore),
      reports: get(tokens.reportStore),
      topics: get(tokens.topicStore),
      keys: get(tokens.accessKeys),
      alerts: get(tokens.alertStore),
      digests: get(tokens.digestStore),
    },
    beginImport: get(tokens.beginImport),
    scoreArticles: get(tokens.scoreArticles),
    rescore: get(tokens.rescore),
    redriveArticles: get(tokens.redriveArticles),
    checkInvariant: get(tokens.checkInvariant),
    getStatus: get(tokens.getStatus),
    listModels: get(tokens.listModels),
    listArticles: get(tokens.listArticles),
    listJudgements: get(tokens.listJudgements),
    scoredText: (article) => textToScore(article, settings.scoreText),
    addAccessKey: get(tokens.addAccessKey),
    listAccessKeys: get(tokens.listAccessKeys),
    revokeAccessKey: get(tokens.revokeAccessKey),
    sessions: { list: get(tokens.listSessions), end: get(tokens.endSessions) },
    runAlerts: get(tokens.runAlerts),
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
      remove: get(tokens.removeDigest),
      preview: get(tokens.previewDigest),
      test: get(tokens.testDigest),
    },
    home: get(tokens.pageAddress).current(),
    backlog: () => get(tokens.scoreStore).backlog(),
    removeExpired: () => get(tokens.removeExpired).execute(),
    prepare: () => stores.prepare(),
    seed: async () => {
      await stores.prepare();
      return seedStore(container, settings, log);
    },
    onPending: (listener) => (get(tokens.scoringQueue) as MemoryScoringQueue).subscribe(listener),
    close: async () => {
      await classifier.close();
      await (get(tokens.feedFetcher) as HttpFeedFetcher).close();
      await get(tokens.guardedPost).close();
      stores.close();
    },
  };
}
