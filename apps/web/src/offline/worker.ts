import { KeptAnswers } from './kept-answers';
import { Shell } from './shell';

/** Written by the build (vite.config.ts). */
declare const SHELL: { readonly version: string; readonly files: readonly string[] };

interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: WorkerEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
}

const worker = self as unknown as Worker;
const { scope } = worker.registration;
const ask = (request: Request | string, init?: RequestInit) => fetch(request, init);
const shell = new Shell({ caches, fetch: ask, scope, ...SHELL });
const answers = new KeptAnswers({ caches, fetch: ask, now: Date.now, base: new URL(scope).pathname.replace(/\/$/, '') });

worker.addEventListener('install', (event) => event.waitUntil(shell.install().then(() => worker.skipWaiting())));
worker.addEventListener('activate', (event) => event.waitUntil(shell.activate().then(() => worker.clients.claim())));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (new URL(request.url).origin !== new URL(scope).origin) return;
  const one = [shell, answers].find((candidate) => candidate.takes(request));
  if (one) event.respondWith(one.answer(request));
});
