import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** The outcome of an invocation: the handler's answer, or the error with which the handler or its process ended. */
export type Outcome =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly error: { readonly errorType: string; readonly errorMessage: string } };

export interface InvokeOptions {
  /** The function's time limit in milliseconds, passed to it as a deadline; after it the outcome is an error. */
  readonly timeoutMs?: number;
  readonly functionArn?: string;
  /** The trace header of the invocation, in X-Ray's format; by default a new one that is not sampled. */
  readonly trace?: string;
}

interface Invocation extends Required<InvokeOptions> {
  readonly id: string;
  readonly event: unknown;
  settle(outcome: Outcome): void;
}

const PREFIX = '/2018-06-01/runtime';
const ARN = 'arn:aws:lambda:eu-central-1:000000000000:function:barometer';

/**
 * The service side of Lambda's Runtime API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html) for one
 * execution environment: the runtime client inside requests the next event and posts its outcome. One event at a time,
 * in the order of `invoke`.
 *
 * @example
 * const api = await RuntimeApi.listen();
 * start the function with AWS_LAMBDA_RUNTIME_API=`${api.address}`;
 * await api.initialised;
 * const outcome = await api.invoke({ hello: 'world' });
 */
export class RuntimeApi {
  private readonly waiting: Invocation[] = [];
  private readonly ready = Promise.withResolvers<void>();
  private asking: ServerResponse | undefined;
  private current: Invocation | undefined;
  private ended: Outcome | undefined;

  private constructor(private readonly server: Server) {
    // Callers may or may not wait for it, so a rejection must not count as unhandled.
    this.ready.promise.catch(() => undefined);
    server.on('request', (request, response) => void this.answer(request, response));
  }

  /** Listens on loopback; port 0 takes a free one. */
  static async listen(port = 0, host = '127.0.0.1'): Promise<RuntimeApi> {
    const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 });
    const api = new RuntimeApi(server);
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    return api;
  }

  /** The value of AWS_LAMBDA_RUNTIME_API: host and port. */
  get address(): string {
    const { address, port } = this.server.address() as AddressInfo;
    return `${address}:${port}`;
  }

  /** Resolves when the function first requests an event; rejects with its error if its start fails. */
  get initialised(): Promise<void> {
    return this.ready.promise;
  }

  /** Whether the process has ended, or counts as ended: every further event gets that as its outcome. */
  get hasEnded(): boolean {
    return this.ended !== undefined;
  }

  /** Sends an event and waits for its outcome. Never rejects: the loss of the process is an outcome too. */
  invoke(event: unknown, { timeoutMs = 30_000, functionArn = ARN, trace }: InvokeOptions = {}): Promise<Outcome> {
    if (this.ended) return Promise.resolve(this.ended);
    return new Promise((resolve) => {
      const id = randomUUID();
      this.waiting.push({ id, event, timeoutMs, functionArn, trace: trace ?? traceOf(id), settle: resolve });
      this.hand();
    });
  }

  /** Call this when the function's process has ended: everything waiting gets this as its outcome. */
  processEnded(message: string): void {
    this.end({ ok: false, error: { errorType: 'Runtime.ExitError', errorMessage: message } });
  }

  async close(): Promise<void> {
    this.processEnded('The Runtime API was closed.');
    this.asking?.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private end(outcome: Outcome & { ok: false }): void {
    this.ended ??= outcome;
    this.ready.reject(new Error(`${outcome.error.errorType}: ${outcome.error.errorMessage}`));
    for (const { settle } of [...(this.current ? [this.current] : []), ...this.waiting.splice(0)]) settle(outcome);
    this.current = undefined;
  }

  private hand(): void {
    if (!this.asking || this.current) return;
    const next = this.waiting.shift();
    if (!next) return;
    const { asking } = this;
    this.asking = undefined;
    this.current = this.withDeadline(next);
    asking.writeHead(200, {
      'content-type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': next.id,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + next.timeoutMs),
      'Lambda-Runtime-Invoked-Function-Arn': next.functionArn,
      'Lambda-Runtime-Trace-Id': next.trace,
    });
    asking.end(JSON.stringify(next.event));
  }

  private withDeadline(invocation: Invocation): Invocation {
    const timer = setTimeout(() => {
      const seconds = (invocation.timeoutMs / 1000).toFixed(2);
      this.end({ ok: false, error: { errorType: 'Sandbox.Timedout', errorMessage: `Task timed out after ${seconds} seconds` } });
    }, invocation.timeoutMs);
    return { ...invocation, settle: (outcome) => (clearTimeout(timer), invocation.settle(outcome)) };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.startsWith(PREFIX) ? request.url.slice(PREFIX.length) : undefined;
    if (request.method === 'GET' && path === '/invocation/next') {
      this.ready.resolve();
      this.asking = response;
      return this.hand();
    }
    const body = (await buffer(request)).toString();
    if (request.method === 'POST' && path === '/init/error') {
      this.end({ ok: false, error: errorIn(body, request) });
      return accept(response);
    }
    const [, id, what] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path ?? '') ?? [];
    if (request.method !== 'POST' || !what) return refuse(response, 404);
    if (id !== this.current?.id) return refuse(response, 400);
    this.settle(what === 'response' ? { ok: true, payload: parsed(body) } : { ok: false, error: errorIn(body, request) });
    accept(response);
  }

  private settle(outcome: Outcome): void {
    this.current?.settle(outcome);
    this.current = undefined;
  }
}

/** A trace header in X-Ray's format, not sampled. */
function traceOf(id: string): string {
  const digits = id.replaceAll('-', '');
  return `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${digits.slice(0, 24)};Parent=${digits.slice(0, 16)};Sampled=0`;
}

const accept = (response: ServerResponse) => void response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
const refuse = (response: ServerResponse, status: number) => void response.writeHead(status).end();

/** A handler may return nothing, and a streamed answer need not be JSON. */
function parsed(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}

function errorIn(body: string, request: IncomingMessage): { errorType: string; errorMessage: string } {
  const { errorType, errorMessage } = (parsed(body) ?? {}) as { errorType?: string; errorMessage?: string };
  const header = request.headers['lambda-runtime-function-error-type'];
  return { errorType: errorType ?? (Array.isArray(header) ? header[0] : header) ?? 'Unknown', errorMessage: errorMessage ?? body };
}
