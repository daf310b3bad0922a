import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { FunctionError } from './function-pool';

type Invoke = (event: unknown) => Promise<unknown>;

/** The answer of a function behind a Function URL. */
interface UrlAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** Serves a function at an address, as a Function URL does (payload 2.0, buffered). */
export const functionUrl = (invoke: Invoke): Server =>
  createServer((request, response) => {
    void buffer(request)
      .then(async (body) => {
        const answer = (await invoke(urlEvent(request, body))) as UrlAnswer;
        const cookies = answer.cookies ? { 'set-cookie': [...answer.cookies] } : {};
        response
          .writeHead(answer.statusCode, { ...withoutLength(answer.headers), ...cookies })
          .end(Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8'));
      })
      .catch((error: unknown) => fail(response, 502, error));
  });

/** Answers the Invoke call of the Lambda API, so that one function can call another. */
export const lambdaApi = (functions: Readonly<Record<string, Invoke>>): Server =>
  createServer((request, response) => {
    void buffer(request)
      .then(async (body) => {
        const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '')?.[1] ?? '';
        const invoke = functions[decodeURIComponent(name)];
        if (!invoke)
          return void response
            .writeHead(404, { 'x-amzn-errortype': 'ResourceNotFoundException' })
            .end(JSON.stringify({ Message: `Function not found: ${name}` }));
        try {
          response.end(JSON.stringify((await invoke(JSON.parse(body.toString('utf8')))) ?? null));
        } catch (error) {
          const { errorType, message } = error instanceof FunctionError ? error : { errorType: 'Error', message: String(error) };
          response.writeHead(200, { 'x-amz-function-error': 'Unhandled' }).end(JSON.stringify({ errorType, errorMessage: message }));
        }
      })
      .catch((error: unknown) => fail(response, 500, error));
  });

/** The event of a request with its whole body. */
function urlEvent(request: IncomingMessage, body: Buffer) {
  const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]));
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    queryStringParameters: Object.fromEntries(searchParams),
    headers,
    requestContext: { http: { method: request.method ?? 'GET', path: pathname, sourceIp: request.socket.remoteAddress ?? '127.0.0.1' }, stage: '$default' },
    isBase64Encoded: true,
    ...(body.length > 0 && { body: body.toString('base64') }),
  };
}

const withoutLength = (headers: UrlAnswer['headers'] = {}) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(content-length|set-cookie|transfer-encoding|connection)$/i.test(name)));

function fail(response: ServerResponse, status: number, error: unknown): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${error instanceof Error ? error.message : String(error)}\n`);
}
