import awsLambdaFastify from '@fastify/aws-lambda';
import type { Telemetry } from '@barometer/aws';
import { buildApi, type ApiDependencies } from '@barometer/http-api';
import type { Context } from 'aws-lambda';
import * as z from 'zod';

/** The required parts of a Function URL's event (payload 2.0); the rest is passed on as it is. */
const requestSchema = z.looseObject({
  rawPath: z.string(),
  headers: z.record(z.string(), z.string()),
  requestContext: z.looseObject({ http: z.looseObject({ method: z.string(), sourceIp: z.string() }) }),
});
type Request = z.infer<typeof requestSchema>;

/** Content that is text reaches the client as text; everything else has to be base64 on its way. */
const TEXT = /^(text\/|application\/(.+\+)?(json|javascript|xml|manifest\+json)|image\/svg)/;

/**
 * Answers requests of a Function URL with the API, which is built once, in the cold start. With `frontDoor`, all
 * requests come through CloudFront (infra/src/front-door), which says who sends them, to which host and with what key.
 */
export function createHandler(deps: ApiDependencies, telemetry: Telemetry<'dashboard'>, { frontDoor = false }: { readonly frontDoor?: boolean } = {}) {
  const proxy = buildApi(deps).then(async (app) => {
    const answer = awsLambdaFastify<Request>(app, {
      decorateRequest: false,
      // A comma in a search must stay a comma.
      parseCommaSeparatedQueryParams: false,
      enforceBase64: ({ headers }) => !TEXT.test(String(headers['content-type'] ?? 'text/')),
    });
    await app.ready();
    return answer;
  });
  return (event: unknown, context: Context) =>
    telemetry.invocation(context, async () => {
      const start = performance.now();
      const response = await telemetry.traced('request', async () => (await proxy)((frontDoor ? throughFrontDoor : fromClient)(readRequest(event)), context));
      telemetry.record({ Requests: 1, RequestsFailed: Number(response.statusCode >= 500), RequestTime: Math.round(performance.now() - start) });
      return response;
    });
}

function readRequest(event: unknown): Request {
  const parsed = requestSchema.safeParse(event);
  if (parsed.success) return parsed.data;
  throw new TypeError('The event is no request of a Function URL (payload version 2.0).');
}

/** The sender's address and the scheme as Lambda reports them, whatever headers claim. */
function fromClient(request: Request): Request {
  const claimed = /^(x-forwarded-.*|forwarded)$/i;
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !claimed.test(name)));
  return { ...request, headers: { ...headers, 'x-forwarded-for': request.requestContext.http.sourceIp, 'x-forwarded-proto': 'https' } };
}

/**
 * Restores the headers that the front door's viewer function set aside for CloudFront's signature. With a front door
 * nobody but CloudFront can call the function, and it overwrites whatever a reader sends in these headers.
 */
function throughFrontDoor(request: Request): Request {
  const { 'x-barometer-authorization': key, 'x-barometer-host': host, 'x-barometer-viewer': viewer, authorization: _signature, ...rest } = request.headers;
  const { http } = request.requestContext;
  const direct = fromClient({ ...request, headers: rest, requestContext: { ...request.requestContext, http: { ...http, sourceIp: viewer ?? http.sourceIp } } });
  return {
    ...direct,
    headers: { ...direct.headers, ...(key !== undefined && { authorization: key }), ...(host !== undefined && { 'x-forwarded-host': host }) },
  };
}
