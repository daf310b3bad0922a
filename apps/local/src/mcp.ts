import type { Writable } from 'node:stream';
import { buildApi } from '@barometer/http-api';
import { inProcess, overHttp, serveMcp as serve, type AskApi } from '@barometer/http-api/mcp';
import type { Container } from 'inversify';
import type { Settings } from './config';
import { dependencies, type ShownPipeline } from './serve';

interface McpOptions {
  /** The Barometer to query; without it, the store of this computer. */
  readonly url?: string;
  readonly openSystem: () => Promise<{ readonly container: Container; close(): Promise<void> }>;
  readonly settings: Settings;
  readonly version: string;
  readonly stop: AbortSignal;
  readonly log: (line: string) => void;
}

/** Answers an assistant on standard input and output until the input ends or a stop is requested. */
export async function serveMcp({ url, openSystem, settings, version, stop, log }: McpOptions): Promise<void> {
  keepStdoutClean(process.stderr);
  const speak = (ask: AskApi) => serve({ ask, version, log }, { stdin: process.stdin, stdout: process.stdout }, stop);
  if (url !== undefined) return speak(overHttp({ address: url, key: settings.barometerKey }));
  const system = await openSystem();
  const app = await buildApi({ ...dependencies(system.container, idle(), { ...settings, needsKeys: false, basePath: '' }), version, log });
  try {
    await speak(inProcess(app));
  } finally {
    await app.close();
    await system.close();
  }
}

/** No pipeline runs beside the answers; the model is loaded for the first text. */
function idle(): ShownPipeline {
  const progress = {
    startedAt: Date.now(),
    polled: 0,
    pollsFailed: 0,
    pollFailures: {},
    newArticles: 0,
    alertsOpened: 0,
    alertsClosed: 0,
    scored: 0,
    scoredPerSecond: 0,
    model: 'ready' as const,
  };
  return { progress: () => progress };
}

/** Standard output belongs to the protocol: what a library writes to the console goes to standard error. */
function keepStdoutClean(stderr: Writable): void {
  const { Console } = console;
  const elsewhere = new Console(stderr, stderr);
  for (const name of ['log', 'info', 'debug', 'warn', 'error', 'dir', 'table', 'trace'] as const) console[name] = elsewhere[name].bind(elsewhere);
}
