import { sourceImportSchema, sourceListSchema, sourcePreviewSchema, sourceSchema } from '../contract';
import { fakeDependencies } from '../testing/fake-dependencies';
import { problemOf, testApi } from '../testing/test-api';

const sources = '/api/v1/sources';

describe('sources', () => {
  it('lists them with health and a state', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const response = await ask('GET', sources);
    const { items } = sourceListSchema.parse(response.json());
    expect(items.map(({ id, state }) => [id, state])).toEqual([
      ['daily', 'ok'],
      ['odd', 'failing'],
    ]);
    expect(items[0]?.health).not.toHaveProperty('etag');
    expect((await ask('GET', sources, { headers: { 'if-none-match': String(response.headers.etag) } })).statusCode).toBe(304);
  });

  it('adds, shows, changes and removes one', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const added = await ask('POST', sources, { payload: { url: 'https://new.example/rss', name: 'fresh' } });
    expect([added.statusCode, added.headers.location]).toEqual([201, '/api/v1/sources/fresh']);
    expect(sourceSchema.parse((await ask('GET', `${sources}/fresh`)).json()).url).toBe('https://new.example/rss');
    expect(sourceSchema.parse((await ask('PATCH', `${sources}/fresh`, { payload: { paused: true } })).json())).toMatchObject({ paused: true, state: 'paused' });
    expect(sourceSchema.parse((await ask('PATCH', `${sources}/fresh`, { payload: { userAgent: 'Example/1.0' } })).json()).userAgent).toBe('Example/1.0');
    expect((await ask('DELETE', `${sources}/fresh`)).statusCode).toBe(204);
    expect(problemOf(await ask('GET', `${sources}/fresh`)).status).toBe(404);
  });

  it.each([
    [{ url: 'feed' }, 400, 'url'],
    [{ url: 'https://daily.example/feed' }, 409, 'url'],
    [{}, 400, 'url'],
    [{ url: 'https://a.example', colour: 1 }, 400, 'colour'],
    [{ url: 'https://a.example', intervalMinutes: 0 }, 400, 'intervalMinutes'],
    [{ url: 'https://a.example', language: 'x'.repeat(36) }, 400, 'language'],
    [[], 400, 'body'],
    [{ url: 'https://a.example', userAgent: 'x'.repeat(301) }, 400, 'userAgent'],
  ])('refuses %j', async (payload, status, field) => {
    const { ask } = await testApi(fakeDependencies().deps);
    const problem = problemOf(await ask('POST', sources, { payload }));
    expect([problem.status, problem.errors?.[0]?.field]).toEqual([status, field]);
  });

  it('refuses an empty change and an unknown source', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect(problemOf(await ask('PATCH', `${sources}/daily`, { payload: {} })).errors).toEqual([{ field: 'body', message: 'must change at least one field' }]);
    for (const [method, path] of [
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/poll'],
    ] as const) {
      expect(problemOf(await ask(method, `${sources}/nobody${path}`, method === 'PATCH' ? { payload: { paused: true } } : {})).status).toBe(404);
    }
  });

  it('polls one now', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const response = await ask('POST', `${sources}/daily/poll`);
    expect([response.statusCode, response.json()]).toEqual([202, { id: 'daily', accepted: true }]);
  });

  it('reads a feed without adding it', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const preview = await ask('POST', `${sources}/preview`, { payload: { url: 'https://some.example/feed' } });
    expect(sourcePreviewSchema.parse(preview.json())).toMatchObject({ title: 'A feed', itemCount: 1, items: [{ publishedAt: '2026-11-23T10:20:00.000Z' }] });
    const site = await ask('POST', `${sources}/preview`, { payload: { url: 'https://some.example' } });
    expect(sourcePreviewSchema.parse(site.json()).feeds).toEqual([{ url: 'https://some.example/feed', title: 'All' }, { url: 'https://some.example/sport' }]);
    expect(problemOf(await ask('POST', `${sources}/preview`, { payload: { url: 'https://dead.example' } })).status).toBe(422);
    expect(problemOf(await ask('POST', `${sources}/preview`, { payload: { url: 'gopher' } })).status).toBe(400);
  });
});

describe('sources as OPML', () => {
  it('writes and reads them', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const document = await ask('GET', '/api/v1/sources.opml');
    expect(document.headers['content-type']).toBe('text/x-opml; charset=utf-8');
    expect(document.body).toContain('https://daily.example/feed');
    const imported = await ask('POST', '/api/v1/sources.opml', { payload: document.body, headers: { 'content-type': 'text/xml; charset=utf-8' } });
    expect(sourceImportSchema.parse(imported.json())).toMatchObject({
      added: 1,
      alreadyThere: 0,
      refused: [{ place: 'line 3', url: 'ftp://x', message: 'must be http' }],
      leftOut: [{ url: 'https://one.example/feed', message: 'The home page was left out.' }],
    });
  });

  it.each([
    ['text/x-opml; charset=utf-16le', Buffer.from('<opml>Café</opml>', 'utf16le')],
    ['text/xml; charset=iso-8859-1', Buffer.from('<opml>Café</opml>', 'latin1')],
    ['application/octet-stream', Buffer.from('<opml>Café</opml>')],
  ])('passes on the bytes of a document with its type, %s', async (type, payload) => {
    const { ask } = await testApi(fakeDependencies().deps);
    const imported = await ask('POST', '/api/v1/sources.opml', { payload, headers: { 'content-type': type } });
    expect(sourceImportSchema.parse(imported.json()).leftOut).toMatchObject([{ name: 'Café' }]);
  });

  it('refuses what is not OPML, too large, of another type, or empty', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const post = (payload: string | undefined, type: string) =>
      ask('POST', '/api/v1/sources.opml', { ...(payload !== undefined && { payload }), headers: { 'content-type': type } });
    expect(problemOf(await post('<html>', 'text/xml')).errors).toEqual([{ field: 'body', message: 'This is no OPML document.' }]);
    expect(problemOf(await post(`<opml>${' '.repeat(10 * 1024 * 1024)}`, 'text/xml')).status).toBe(413);
    expect(problemOf(await post('{}', 'application/json')).status).toBe(415);
    expect(problemOf(await post(undefined, 'text/xml')).status).toBe(400);
  });
});
