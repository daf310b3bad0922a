/** A request as a Function URL hands it over (payload 2.0). */
export function urlRequest(
  method: string,
  path: string,
  {
    headers = {},
    body,
    rawBody = body === undefined ? undefined : JSON.stringify(body),
  }: { headers?: Record<string, string>; body?: unknown; rawBody?: string } = {},
) {
  const [rawPath, rawQueryString = ''] = path.split('?');
  const query = Object.fromEntries(new URLSearchParams(rawQueryString));
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    queryStringParameters: query,
    headers: {
      host: 'abc.lambda-url.eu-central-1.on.aws',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    requestContext: { http: { method, path: rawPath, sourceIp: '203.0.113.9' }, stage: '$default' },
    isBase64Encoded: false,
    ...(rawBody !== undefined && { body: rawBody }),
  };
}

/** What the function answers, as a Function URL reads it. */
export interface UrlResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded?: boolean;
  readonly cookies?: readonly string[];
}
