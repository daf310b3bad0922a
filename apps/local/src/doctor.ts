import { canaryStatus, canaryWords, type CanaryStatus } from '@barometer/canary';
import { existsSync } from 'node:fs';
import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { lookup } from 'node:dns/promises';
import { join } from 'node:path';
import type { Finding } from '@barometer/cli';
import { FeedsmithFeedReader, HttpFeedFetcher } from '@barometer/ingestion-http';
import { counted, systemClock } from '@barometer/kernel';
import { openDatabase, SqliteCanaryStore, StoreInUseError } from '@barometer/storage-sqlite';
import type { TransformersClassifier } from '@barometer/sentiment-transformers';
import type { Settings } from './config';
import { DEFAULT_PORT } from './listen';
import { readSourceSeeds } from './seeds';
import { loadProvider } from './sign-in';

interface DoctorDeps {
  readonly settings: Settings;
  readonly newClassifier: () => TransformersClassifier;
}

type Check = () => Promise<Omit<Finding, 'what'>>;

/** Enough free space for 90 days of polling: about a gigabyte for a hundred busy feeds. */
const COMFORTABLE_SPACE = 1e9;

/** Checks everything that Barometer needs; a check that throws is a finding too. */
export async function* diagnose(deps: DoctorDeps, { sources }: { sources: boolean }): AsyncGenerator<Finding> {
  const checks: Record<string, Check> = {
    Node: checkNode,
    model: () => checkModel(deps),
    'data folder': () => checkFolder(deps.settings),
    store: () => checkStore(deps.settings),
    ...(deps.settings.canary && { canary: () => checkCanary(deps.settings) }),
    page: () => checkPage(deps.settings),
    port: () => checkPort(deps.settings),
    network: () => checkNetwork(deps.settings),
    ...(deps.settings.signIn && { 'sign-in': () => checkSignIn(deps.settings.signIn) }),
  };
  for (const [what, check] of Object.entries(checks)) {
    try {
      yield { what, ...(await check()) };
    } catch (error) {
      yield { what, state: 'failed', detail: error instanceof Error ? error.message : String(error) };
    }
  }
  if (sources) yield* checkSources(deps.settings);
}

const checkNode: Check = async () => ({ state: 'ok', detail: `${process.versions.node} on ${process.platform} ${process.arch}` });

async function checkModel({ settings, newClassifier }: DoctorDeps): Promise<Omit<Finding, 'what'>> {
  const classifier = newClassifier();
  try {
    const started = performance.now();
    await classifier.ready();
    const [sentiment] = await classifier.classify(['A long-awaited breakthrough saves many lives']);
    const { id, revision } = classifier.model;
    return {
      state: 'ok',
      detail: `${id} ${revision} from ${settings.modelDirectory}, first score (${sentiment?.label}) after ${Math.round(performance.now() - started)} ms`,
    };
  } finally {
    await classifier.close();
  }
}

async function checkFolder({ dataDirectory }: Settings): Promise<Omit<Finding, 'what'>> {
  await mkdir(dataDirectory, { recursive: true });
  await access(dataDirectory, constants.W_OK);
  const { bavail, bsize } = await statfs(dataDirectory);
  const free = bavail * bsize;
  return { state: free < COMFORTABLE_SPACE ? 'warning' : 'ok', detail: `${dataDirectory}, ${(free / 1e9).toFixed(1)} GB free` };
}

async function checkStore(settings: Settings): Promise<Omit<Finding, 'what'>> {
  const { store, storeFile } = settings;
  if (store === 'memory') return { state: 'warning', detail: 'in memory: everything is forgotten at the end (STORE=memory)' };
  if (store === 'dynamodb') return (await import('./stores/dynamodb-stores')).lookAtTable(settings);
  if (!existsSync(storeFile)) return { state: 'ok', detail: `${storeFile} will be made at the first start` };
  try {
    openDatabase(storeFile).close();
    return { state: 'ok', detail: storeFile };
  } catch (error) {
    if (error instanceof StoreInUseError) return { state: 'ok', detail: `in use: ${error.message}` };
    throw error;
  }
}

/** How the last canary of this store fared; it is no fault that none is sent while Barometer does not run. */
async function checkCanary(settings: Settings): Promise<Omit<Finding, 'what'>> {
  const status = await lastCanary(settings);
  const state = status.state === 'wrong' ? 'failed' : status.state === 'late' ? 'warning' : 'ok';
  return { state, detail: canaryWords(status) };
}

async function lastCanary(settings: Settings): Promise<CanaryStatus> {
  const { store, storeFile } = settings;
  if (store === 'dynamodb') return (await import('./stores/dynamodb-stores')).lookAtCanary(settings);
  if (store === 'memory' || !existsSync(storeFile)) return { state: 'none' };
  const database = openDatabase(storeFile, { readOnly: true });
  try {
    return canaryStatus(await new SqliteCanaryStore(database).read(), systemClock.now());
  } finally {
    database.close();
  }
}

async function checkPage({ webRoot }: Settings): Promise<Omit<Finding, 'what'>> {
  const built = existsSync(join(webRoot, 'index.html'));
  return { state: 'ok', detail: built ? webRoot : 'will be built at the next "barometer up"' };
}

async function checkPort({ host, port = DEFAULT_PORT }: Settings): Promise<Omit<Finding, 'what'>> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    return { state: 'ok', detail: `${port} on ${host} is free` };
  } catch (error) {
    return { state: 'warning', detail: `${port} on ${host}: ${(error as Error).message}` };
  } finally {
    server.close();
  }
}

async function checkNetwork({ sourcesFile }: Settings): Promise<Omit<Finding, 'what'>> {
  const [first] = readSourceSeeds(sourcesFile).sources;
  if (first === undefined) return { state: 'warning', detail: `${sourcesFile} names no source` };
  const hostname = URL.parse(first.url)?.hostname ?? first.url;
  try {
    const { address } = await lookup(hostname);
    return { state: 'ok', detail: `${hostname} is ${address}; "barometer doctor --sources" asks every source` };
  } catch {
    return { state: 'warning', detail: `${hostname} cannot be looked up: without a network the page shows its sample` };
  }
}

async function checkSignIn(settings: Settings['signIn']): Promise<Omit<Finding, 'what'>> {
  if (!settings) return { state: 'ok', detail: 'nobody signs in at a provider' };
  const found = await (await loadProvider(settings)).look();
  if (!found.ok) return { state: 'failed', detail: found.error.message };
  return { state: 'ok', detail: `${found.value.issuer} answers${found.value.endsSessions ? ', and ends its own session at signing out' : ''}` };
}

async function* checkSources(settings: Settings): AsyncGenerator<Finding> {
  const { allowPrivateSources: allowPrivate, userAgent, newsApiKey, newsApiUrl } = settings;
  const fetcher = new HttpFeedFetcher({
    clock: systemClock,
    allowPrivate,
    userAgent,
    newsApiKey: async () => newsApiKey,
    ...(newsApiUrl && { newsApiBase: newsApiUrl }),
  });
  const reader = new FeedsmithFeedReader();
  try {
    for (const { name, url, userAgent: own } of readSourceSeeds(settings.sourcesFile).sources) {
      const what = name ?? url;
      const fetched = await fetcher.fetch({ url, ...(own !== undefined && { userAgent: own }) });
      if (!fetched.ok) yield { what, state: 'warning', detail: fetched.error.message };
      else if (fetched.value.kind === 'document') {
        const read = reader.read(fetched.value);
        yield read.ok
          ? { what, state: 'ok', detail: `${read.value.format}, ${counted(read.value.items.length, 'item')}` }
          : { what, state: 'warning', detail: read.error.message };
      }
    }
  } finally {
    await fetcher.close();
  }
}
