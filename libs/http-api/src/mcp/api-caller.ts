import type { FastifyInstance } from 'fastify';

/** A request to the REST API, below its prefix. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  /** Such as `/mood`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export interface ApiAnswer {
  readonly status: number;
  /** The parsed JSON of the answer; undefined if it is not JSON. */
  readonly body: unknown;
}

/** Sends a request to a Barometer. Throws `CallerError` if none answers. */
export type AskApi = (request: ApiRequest) => Promise<ApiAnswer>;

/** There was no answer; the message is one sentence for the caller. */
export class CallerError extends Error {
  override readonly name = 'CallerError';
}

const PREFIX = '/api/v1';
const TIMEOUT_MS = 30_000;
/** Far more than any answer to the requests made here. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Calls an API in this process, without a socket. */
export const inProcess =
  (app: FastifyInstance): AskApi =>
  async ({ method, path, query, body }) => {
    const response = await app.inject({
      method,
      url: `${PREFIX}${path}${queryOf(query)}`,
      headers: { host: '127.0.0.1' },
      ...(body !== undefined && { payload: body as object }),
    });
    return { status: response.statusCode, body: parsed(response.body) };
  };

/** Calls a Barometer at `address` (http or https, with its base path). Follows no redirect, so that the key is sent nowhere else. */
export function overHttp({ address, key }: { readonly address: string; readonly key?: string | undefined }): AskApi {
  const base = `${address.replace(/\/+$/, '')}${PREFIX}`;
  return async ({ method, path, query, body }) => {
    try {
      const response = await fetch(`${base}${path}${queryOf(query)}`, {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: parsed(await limitedText(response)) };
    } catch (error) {
      if (error instanceof CallerError) throw error;
      throw new CallerError(`The Barometer at ${address} does not answer: ${reasonOf(error)}.`);
    }
  };
}

function queryOf(query: ApiRequest['query'] = {}): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

async function limitedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new CallerError(`The answer is larger than ${MOST_BYTES / 1024 / 1024} MB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return `nothing came within ${TIMEOUT_MS / 1000} seconds`;
  return cause?.code ?? cause?.message ?? message;
}
