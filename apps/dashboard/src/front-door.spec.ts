import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { dashboardUnderTest } from './testing/dashboard-under-test';
import { urlRequest } from './testing/function-url';
import { memoryBindings } from './testing/memory-bindings';

type Headers = Record<string, string>;
interface ViewerRequest {
  headers: Record<string, { value: string }>;
}

const code = readFileSync(join(__dirname, '../../../infra/src/front-door/viewer-request.js'), 'utf8');
const viewerFunction = runInNewContext(`${code}; handler`) as (event: { request: ViewerRequest; viewer: { ip: string } }) => ViewerRequest;

/**
 * The headers of a reader's request as CloudFront changes them: by its viewer function, then by its signature, with the
 * function's host.
 */
function throughCloudFront(headers: Headers, ip = '203.0.113.9'): Headers {
  const asked = { host: 'news.example.org', ...headers };
  const { headers: passed } = viewerFunction({
    request: { headers: Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, { value }])) },
    viewer: { ip },
  });
  return {
    ...Object.fromEntries(Object.entries(passed).map(([name, { value }]) => [name, value])),
    host: 'abc.lambda-url.eu-central-1.on.aws',
    authorization: 'AWS4-HMAC-SHA256 Credential=…',
  };
}

function behindFrontDoor(environment: Headers = {}) {
  const { send, addKey } = dashboardUnderTest(memoryBindings(), { environment: { FRONT_DOOR: 'cloudfront', ...environment } });
  const ask = (method: string, path: string, headers: Headers, { body, ip }: { body?: object; ip?: string } = {}) =>
    send(urlRequest(method, path, { headers: throughCloudFront(headers, ip), ...(body && { body }) }));
  return { ask, addKey };
}

describe('the dashboard behind CloudFront', () => {
  it("accepts a reader's key although CloudFront's signature replaces its header", async () => {
    const { ask, addKey } = behindFrontDoor();
    expect((await ask('GET', '/api/v1/mood', {})).statusCode).toBe(401);
    expect((await ask('GET', '/api/v1/mood', await addKey('read'))).statusCode).toBe(200);
  });

  it("accepts changes from the page's own origin, and from no other", async () => {
    const { ask, addKey } = behindFrontDoor();
    const body = { name: 'Gas', anyOf: ['gas'] };
    const headers = await addKey('write');
    expect((await ask('POST', '/api/v1/topics', { ...headers, origin: 'https://news.example.org' }, { body })).statusCode).toBe(201);
    expect((await ask('POST', '/api/v1/topics', { ...headers, origin: 'https://evil.example' }, { body })).statusCode).toBe(403);
    expect(
      (
        await ask(
          'POST',
          '/api/v1/topics',
          { ...headers, origin: 'https://evil.example', 'x-barometer-host': 'evil.example', 'x-forwarded-host': 'evil.example' },
          { body },
        )
      ).statusCode,
    ).toBe(403);
  });

  it('limits the rate by the address of the reader, whatever headers claim', async () => {
    const { ask } = behindFrontDoor({ RATE_LIMIT: '2' });
    const answers = [];
    for (const claimed of ['1.1.1.1', '2.2.2.2', '3.3.3.3'])
      answers.push((await ask('GET', '/api/v1/mood', { 'x-forwarded-for': claimed, 'x-barometer-viewer': claimed })).statusCode);
    expect([...answers, (await ask('GET', '/api/v1/mood', {}, { ip: '203.0.113.10' })).statusCode]).toEqual([401, 401, 429, 401]);
  });

  it('accepts no key that a reader puts into the header of the front door', async () => {
    const { ask, addKey } = behindFrontDoor();
    const { authorization } = await addKey('read');
    expect((await ask('GET', '/api/v1/mood', { 'x-barometer-authorization': authorization })).statusCode).toBe(401);
  });

  it('ignores these headers without a front door', async () => {
    const { ask, addKey } = dashboardUnderTest(memoryBindings(), { environment: { RATE_LIMIT: '2' } });
    const { authorization } = await addKey('read');
    const answers = [];
    for (const viewer of ['1.1.1.1', '2.2.2.2', '3.3.3.3'])
      answers.push((await ask('GET', '/api/v1/mood', { headers: { 'x-barometer-viewer': viewer, 'x-barometer-authorization': authorization } })).statusCode);
    expect(answers).toEqual([401, 401, 429]);
  });
});
