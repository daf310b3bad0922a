import * as z from 'zod';
import { fakeDependencies } from '../testing/fake-dependencies';
import { testApi } from '../testing/test-api';
import { docsPage } from './docs-page';
import type { OpenApiDocument } from './tidy-document';

// The table of routes in the design document.
const table = `
  GET /mood · GET /timeline · GET /marks · POST /marks · DELETE /marks/{id} · GET /breakdown · GET /drivers
  GET /articles · GET /articles/{id} · POST /articles/{id}/redrive · GET /articles/{id}/explanation · PUT /articles/{id}/judgement · DELETE /articles/{id}/judgement · GET /judgements · GET /stories · GET /stories/{id}
  GET /sources · POST /sources · GET /sources/{id} · PATCH /sources/{id} · DELETE /sources/{id} · POST /sources/{id}/poll · POST /sources/changes · POST /sources/preview
  GET /sources.opml · POST /sources.opml
  GET /topics · POST /topics · GET /topics/{id} · PUT /topics/{id} · DELETE /topics/{id} · POST /topics/preview
  GET /alerts/rules · POST /alerts/rules · PUT /alerts/rules/{id} · DELETE /alerts/rules/{id} · POST /alerts/backtest
  GET /alerts/channels · POST /alerts/channels · PUT /alerts/channels/{id} · DELETE /alerts/channels/{id} · POST /alerts/channels/{id}/test
  GET /digests · POST /digests · PUT /digests/{id} · DELETE /digests/{id} · POST /digests/{id}/test · GET /digests/preview · GET /digests/preview.html
  GET /alerts/episodes · GET /alerts/deliveries · POST /alerts/deliveries/redrive
  POST /analyze · GET /live · GET /status · GET /capabilities · GET /openapi.json · GET /docs · GET /session · POST /session · DELETE /session
  GET /session/sign-in · GET /session/callback · GET /sessions · DELETE /sessions · DELETE /sessions/{id}`
  .split(/[·\n]/)
  .map((route) => route.trim().replace(' /', ' /api/v1/'))
  .filter(Boolean);

const atTheRoot = [
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /feeds/mood.svg',
  'GET /feeds/mood.html',
  ...['articles', 'stories'].flatMap((list) => [`GET /feeds/${list}.atom`, `GET /feeds/${list}.json`]),
];

const documentOf = async (): Promise<OpenApiDocument> => (await (await testApi(fakeDependencies().deps)).ask('GET', '/api/v1/openapi.json')).json();

const operations = ({ paths }: OpenApiDocument) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
  );

describe('the OpenAPI document', () => {
  it('has every route of the design and no other', async () => {
    const document = await documentOf();
    expect(document.openapi).toBe('3.1.0');
    expect(
      operations(document)
        .map(({ route }) => route)
        .sort(),
    ).toEqual([...table, ...atTheRoot].sort());
  });

  it('gives every route a summary, a known tag, described responses and its problems', async () => {
    const document = await documentOf();
    const tags = new Set(document.tags?.map(({ name }) => name));
    for (const { route, operation } of operations(document)) {
      expect([route, operation.summary?.length ?? 0]).toEqual([route, expect.any(Number)]);
      expect(operation.summary).toBeTruthy();
      expect(tags).toContain(operation.tags?.[0]);
      const responses = Object.entries(operation.responses);
      expect(responses.some(([status]) => /^2|^303$/.test(status))).toBe(true);
      for (const [status, { description, content }] of responses) {
        expect([route, status, description]).toEqual([route, status, expect.not.stringMatching(/^Default Response$|^$/)]);
        if (Number(status) >= 400 && !route.endsWith('/readyz')) {
          expect(content?.['application/problem+json']?.schema).toEqual({ $ref: '#/components/schemas/Problem' });
        }
      }
    }
  });

  it('refers only to schemas that it has, and has no others', async () => {
    const document = await documentOf();
    const referred = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/([^"]+)/g)].map(([, name]) => name);
    expect([...new Set(referred)].sort()).toEqual(Object.keys(document.components.schemas ?? {}).sort());
    expect(document.components.schemas).toHaveProperty('Mood');
    expect(document.components.schemas).toHaveProperty('NewSource');
    expect(JSON.stringify(document)).not.toContain('02-29');
  });

  it('describes the parameters as they are validated', async () => {
    const { paths } = await documentOf();
    const parameters = paths['/api/v1/articles']?.['get']?.parameters ?? [];
    expect(parameters.map(({ name }) => name).sort()).toEqual(['cursor', 'from', 'group', 'label', 'limit', 'period', 'q', 'source', 'state', 'to', 'topic']);
    expect(parameters.find(({ name }) => name === 'limit')).toMatchObject({ in: 'query', required: false, schema: { maximum: 100, default: 50 } });
    expect(paths['/api/v1/breakdown']?.['get']?.parameters?.find(({ name }) => name === 'by')?.required).toBe(true);
  });

  it('matches real answers', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const document = await documentOf();
    const paths = [
      'mood',
      'timeline',
      'marks',
      'breakdown',
      'articles',
      'articles/{id}',
      'stories',
      'stories/{id}',
      'sources',
      'sources/{id}',
      'topics',
      'topics/{id}',
      'alerts/rules',
      'alerts/channels',
      'alerts/episodes',
      'alerts/deliveries',
      'digests',
      'digests/preview',
      'status',
      'capabilities',
    ];
    for (const path of paths) {
      const url = `/api/v1/${path}`
        .replace('articles/{id}', `articles/${'a'.repeat(26)}`)
        .replace('stories/{id}', `stories/${'a'.repeat(26)}`)
        .replace('sources/{id}', 'sources/daily')
        .replace('{id}', 'energy');
      const answer = await ask('GET', path === 'breakdown' ? `${url}?by=source` : url);
      expect([path, answer.statusCode]).toEqual([path, 200]);
      const reference = document.paths[`/api/v1/${path}`]?.['get']?.responses['200']?.content?.['application/json']?.schema.$ref;
      expect(reference).toBeDefined();
      expect([path, validate(document, reference?.split('/').at(-1) ?? '', answer.json())]).toEqual([path, []]);
    }
  });

  it('has valid examples', async () => {
    const document = await documentOf();
    let checked = 0;
    JSON.stringify(document, (_key, part) => {
      for (const example of Array.isArray(part?.examples) ? part.examples : []) {
        const { examples: _, ...schema } = part;
        expect([example, z.fromJSONSchema({ ...schema, $defs: definitions(document) }).safeParse(example).success]).toEqual([example, true]);
        checked += 1;
      }
      return part;
    });
    expect(checked).toBeGreaterThan(5);
  });
});

/** The component schemas in the place where JSON Schema expects them. */
const definitions = (document: OpenApiDocument) => JSON.parse(JSON.stringify(document.components.schemas).replaceAll('#/components/schemas/', '#/$defs/'));

/** The errors of a value against a component schema, read back from the document itself. */
function validate(document: OpenApiDocument, name: string, value: unknown): string[] {
  const result = z.fromJSONSchema({ $ref: `#/$defs/${name}`, $defs: definitions(document) }).safeParse(value);
  return result.success ? [] : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('the docs page', () => {
  it('shows every route without a script or external resources', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const { body, headers } = await ask('GET', '/api/v1/docs');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toBe(
      "default-src 'self';script-src 'self';style-src 'self';connect-src 'self';font-src 'self';manifest-src 'self';img-src 'self' data:;object-src 'none';base-uri 'none';frame-ancestors 'none';form-action 'self'",
    );
    for (const route of table) expect(body).toContain(`${route.split(' ')[0]}</span> <code>${route.split(' ')[1]}</code>`);
    expect(body).not.toMatch(/<script|style=|https?:\/\/(?!www\.theguardian)/);
    expect(body).toContain('id="problem-bad-request"');
    expect((await ask('GET', '/api/v1/docs.css')).headers['content-type']).toBe('text/css; charset=utf-8');
  });

  it('escapes all texts', () => {
    const page = docsPage({ openapi: '3.1.0', info: { title: '<img src=x> & "y"', version: '1' }, paths: {}, components: {} });
    expect(page).toContain('&lt;img src=x&gt; &amp; &quot;y&quot; API');
    expect(page).not.toContain('<img');
  });

  it('has no dead links', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const { body } = await ask('GET', '/api/v1/docs');
    const ids = new Set([...body.matchAll(/id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, target] of body.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });
});
