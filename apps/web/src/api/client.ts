import type { Problem } from '@barometer/http-api/contract';
import { bodyHash } from './body-hash';
import { KEPT_AT } from '../offline/kept-answers';
import { ProblemError, UnreachableError } from './errors';

/** The path that the page is served below, as the server wrote it into the page; empty at the root. */
export const BASE = globalThis.document?.querySelector<HTMLMetaElement>('meta[name="barometer-base"]')?.content ?? '';
export const API = `${BASE}/api/v1`;
const REMEMBERED = 100;

type Query = Readonly<Record<string, string | number | undefined>>;

/** The address of a resource with the parameters that are set. */
export function address(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') parameters.set(name, String(value));
  const text = parameters.toString();
  return `${API}${path}${text && `?${text}`}`;
}

/** Reads and changes what the API serves. Answers with an ETag are kept; a 304 returns the kept one. */
export class ApiClient {
  /**
   * Called when an answer is an old one, kept for when there is no connection (offline/kept-answers.ts), with its time
   * in milliseconds since 1970.
   */
  onKept: (at: number) => void = () => {};
  private readonly kept = new Map<string, { readonly tag: string; readonly body: unknown }>();

  /** @throws ProblemError for an error answer, UnreachableError when nothing answers. */
  async get<T>(url: string, signal?: AbortSignal): Promise<T> {
    const known = this.kept.get(url);
    const answer = await this.fetch(url, { headers: known ? { 'if-none-match': known.tag } : {}, signal: signal ?? null, cache: 'no-store' });
    const keptAt = Date.parse(answer.headers.get(KEPT_AT) ?? '');
    if (!Number.isNaN(keptAt)) this.onKept(keptAt);
    if (answer.status === 304 && known) return known.body as T;
    const body = await readBody<T>(answer);
    this.keep(url, answer.headers.get('etag'), body);
    return body;
  }

  /** Sends a change. `body` is sent as JSON, or a file unchanged with its own type. */
  async send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object | { type: string; bytes: Blob }, signal?: AbortSignal): Promise<T> {
    const init: RequestInit = { method, signal: signal ?? null };
    if (body && 'bytes' in body && 'type' in body) await addBody(init, body.bytes, body.type);
    else if (body) await addBody(init, JSON.stringify(body), 'application/json');
    return readBody<T>(await this.fetch(`${API}${path}`, init));
  }

  private async fetch(url: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(url, { credentials: 'same-origin', ...init });
    } catch (cause) {
      if (init.signal?.aborted) throw cause;
      throw new UnreachableError(cause, { sending: init.method !== undefined });
    }
  }

  private keep(url: string, tag: string | null, body: unknown): void {
    this.kept.delete(url);
    if (!tag) return;
    this.kept.set(url, { tag, body });
    const oldest = this.kept.keys().next();
    if (this.kept.size > REMEMBERED && !oldest.done) this.kept.delete(oldest.value);
  }
}

async function addBody(init: RequestInit, body: string | Blob, type: string): Promise<void> {
  const hash = await bodyHash(body, { isSecure: globalThis.location?.protocol === 'https:' });
  Object.assign(init, { body, headers: { 'content-type': type, ...hash } });
}

async function readBody<T>(answer: Response): Promise<T> {
  const text = await answer.text();
  if (answer.ok) return (text ? JSON.parse(text) : undefined) as T;
  throw new ProblemError(problemOf(answer, text));
}

function problemOf(answer: Response, text: string): Problem {
  const fallback = { type: 'about:blank', title: answer.statusText || `Error ${answer.status}`, status: answer.status, instance: answer.url };
  try {
    return { ...fallback, ...(JSON.parse(text) as Partial<Problem>) };
  } catch {
    return fallback;
  }
}

export const api = new ApiClient();
