import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { PREFIX } from '../api';
import type { Problem } from '../contract/problem';
import { ApiProblem, problemKinds, type ProblemKind } from './api-problem';
import { fieldErrors } from './field-errors';

/**
 * Turns every failure of a request into a problem document, whose addresses begin with `basePath`; unexpected errors go
 * to `log` and not to the client.
 */
export function problemHandler(log: (line: string) => void, basePath: string) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const problem = asProblem(error);
    if (problem.kind === 'internal') log(`${request.method} ${pathOf(request)}: ${describe(error)}`);
    return sendProblem(request, reply, problem, basePath);
  };
}

/** Sends a problem document, bypassing the response schemas of the route. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: ApiProblem, basePath: string): FastifyReply {
  const { status, title } = problemKinds[problem.kind];
  const body: Problem = {
    type: `${basePath}${PREFIX}/docs#problem-${problem.kind}`,
    title,
    status,
    detail: problem.detail,
    instance: `${basePath}${pathOf(request)}`,
    ...(problem.errors && { errors: [...problem.errors] }),
  };
  return reply
    .code(status)
    .headers({ 'cache-control': 'no-store', ...problem.headers })
    .removeHeader('etag')
    .type('application/problem+json')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body);
}

/** The path without its query, which may contain a reader's search. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/';
}

const kindOfStatus = new Map<number, ProblemKind>(Object.entries(problemKinds).map(([kind, { status }]) => [status, kind as ProblemKind]));

function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const known = error as Partial<FastifyError>;
  if (known.validation) return validationProblem(known as FastifyError);
  if (known.code === 'FST_ERR_HANDLER_TIMEOUT') return outage('The server could not answer within its time limit.');
  const publicMessage = publicMessageOf(error);
  if (publicMessage !== undefined) return outage(publicMessage);
  const kind = kindOfStatus.get(known.statusCode ?? 500);
  const ownWords = kind === undefined || kind === 'internal' ? undefined : details[kind];
  if (kind === undefined && (known.statusCode ?? 500) < 500) return new ApiProblem('bad-request', 'The request cannot be understood.');
  return new ApiProblem(kind ?? 'internal', ownWords ?? 'The server could not answer; its log says why.');
}

/** Adapters throw this, or set it as the cause, if something that they need does not answer; anyone may see `publicMessage`. */
interface Outage {
  readonly statusCode: 503;
  readonly publicMessage: string;
  readonly cause?: unknown;
}

function publicMessageOf(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 3) return undefined;
  const { statusCode, publicMessage, cause } = error as Partial<Outage>;
  return statusCode === 503 && typeof publicMessage === 'string' ? publicMessage : publicMessageOf(cause, depth + 1);
}

const outage = (detail: string) => new ApiProblem('unavailable', detail, { headers: { 'retry-after': '5' } });

/** Explanations of the framework's refusals; its own messages name classes and options. */
const details: Partial<Record<ProblemKind, string>> = {
  'bad-request': 'The request cannot be understood: its body is not valid JSON, or its address is malformed.',
  'not-found': 'Nothing is served at this address.',
  'too-large': 'The body is larger than this address takes.',
  'unsupported-media-type': 'The Content-Type of the body is not one that this address takes; most take application/json.',
  'too-many-requests': 'Too many requests were made with this key or from this address; Retry-After says when to go on.',
  forbidden: 'This is not allowed.',
  unavailable: 'The server cannot answer now.',
};

function validationProblem(error: FastifyError): ApiProblem {
  const errors = fieldErrors(error);
  return new ApiProblem('bad-request', errors.map(({ field, message }) => `${field}: ${message}`).join('; '), { errors });
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : ` (${String(error.cause)})`;
  return `${error.stack ?? error.message}${cause}`;
}
