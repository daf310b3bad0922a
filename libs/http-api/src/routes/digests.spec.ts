import { digestListSchema, digestPreviewSchema, digestSchema, digestTestSchema } from '../contract';
import { fakeDependencies, READ_KEY } from '../testing/fake-dependencies';
import { problemOf, testApi } from '../testing/test-api';

const digests = '/api/v1/digests';
const evening = { name: 'Evening', time: '18:00', timeZone: 'Europe/Vienna', channelIds: ['hook'] };

describe('digests', () => {
  it('adds, shows, changes and removes a digest', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const added = await ask('POST', digests, { payload: evening });
    const { id, nextAt } = digestSchema.parse(added.json());
    expect([added.statusCode, added.json()]).toMatchObject([201, { every: 'day', weekday: 'monday', time: '18:00', enabled: true, scope: {} }]);
    expect(nextAt).toMatch(/T1[67]:00:00.000Z$/);
    const list = await ask('GET', digests);
    expect(digestListSchema.parse(list.json()).items).toMatchObject([
      { id: 'morning', last: { outcome: 'silent', reason: 'Nothing was observed: no feed was read in these hours.', skipped: 1 } },
      { id, name: 'Evening' },
    ]);
    expect((await ask('GET', digests, { headers: { 'if-none-match': String(list.headers.etag) } })).statusCode).toBe(304);
    expect((await ask('PUT', `${digests}/${id}`, { payload: { ...evening, every: 'week', weekday: 'friday', enabled: false } })).json()).toMatchObject({
      every: 'week',
      weekday: 'friday',
      enabled: false,
    });
    expect((await ask('DELETE', `${digests}/${id}`)).statusCode).toBe(204);
    expect([
      problemOf(await ask('PUT', `${digests}/${id}`, { payload: evening })).status,
      problemOf(await ask('DELETE', `${digests}/${id}`)).status,
      problemOf(await ask('POST', `${digests}/${id}/test`)).status,
    ]).toEqual([404, 404, 404]);
  });

  it.each([
    [{ ...evening, time: '25:00' }, 'time'],
    [{ ...evening, timeZone: 'Mars/Base' }, 'timeZone'],
    [{ ...evening, timeZone: undefined }, 'timeZone'],
    [{ ...evening, channelIds: [] }, 'channelIds'],
    [{ ...evening, channelIds: ['nowhere'] }, 'channelIds'],
    [{ ...evening, weekday: 'someday' }, 'weekday'],
    [{ ...evening, name: ' ' }, 'name'],
    [{ ...evening, id: 'mine' }, 'id'],
  ])('refuses %j', async (payload, field) => {
    const { ask } = await testApi(fakeDependencies().deps);
    const response = await ask('POST', digests, { payload });
    expect([response.statusCode, problemOf(response).errors?.[0]?.field]).toEqual([400, field]);
  });

  it('shows a preview to every reader, with links to the address of the request', async () => {
    const { ask } = await testApi(fakeDependencies({ loopback: false }).deps);
    const headers = { authorization: `Bearer ${READ_KEY}`, host: 'mood.example' };
    const { edition, text, silence } = digestPreviewSchema.parse(
      (await ask('GET', `${digests}/preview?every=week&topic=energy&timeZone=Europe/Vienna&at=2026-11-23T10:00:00Z`, { headers })).json(),
    );
    expect(edition).toMatchObject({
      digest: { name: 'Weekly digest' },
      scope: { topic: 'energy' },
      from: '2026-11-16T10:00:00.000Z',
      to: '2026-11-23T10:00:00.000Z',
      hours: 168,
      verdict: 'Darker than usual',
    });
    expect([edition?.link, text, silence]).toEqual([
      'http://mood.example/?from=2026-11-16T10%3A00%3A00.000Z&to=2026-11-23T10%3A00%3A00.000Z&topic=energy',
      expect.stringContaining('Mon 16 Nov 11:00 to Mon 23 Nov 11:00 (Europe/Vienna)'),
      null,
    ]);
    for (const [method, path] of [
      ['POST', ''],
      ['PUT', '/morning'],
      ['DELETE', '/morning'],
      ['POST', '/morning/test'],
    ] as const) {
      expect([
        path,
        (await ask(method, `${digests}${path}`, { headers, ...(method === 'POST' || method === 'PUT' ? { payload: {} } : {}) })).statusCode,
      ]).toEqual([path, 403]);
    }
    expect((await ask('GET', `${digests}/preview`)).statusCode).toBe(401);
  });

  it('shows it as HTML that only the page may frame, and that can do nothing', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    const { headers, body } = await ask('GET', `${digests}/preview.html`);
    expect([headers['content-type'], headers['x-frame-options']]).toEqual(['text/html; charset=utf-8', 'SAMEORIGIN']);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';style-src 'unsafe-inline';base-uri 'none';form-action 'none';frame-ancestors 'self';sandbox allow-popups allow-popups-to-escape-sandbox",
    );
    expect(body).toContain('Gas prices jump as &lt;b&gt;pipeline&lt;/b&gt; closes');
    expect((await ask('GET', `${digests}/preview.html?source=odd`)).body).toContain(
      'Nothing was observed: no feed was read in these hours. Nothing would be sent.',
    );
  });

  it('says so if nothing was observed', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect((await ask('GET', `${digests}/preview?source=odd`)).json()).toEqual({
      edition: null,
      text: null,
      silence: 'Nothing was observed: no feed was read in these hours.',
    });
    expect(problemOf(await ask('GET', `${digests}/preview?every=year`)).errors?.[0]?.field).toBe('every');
    const quiet = digestSchema.parse((await ask('POST', digests, { payload: { ...evening, scope: { sourceId: 'odd' } } })).json());
    expect((await ask('POST', `${digests}/${quiet.id}/test`)).json()).toEqual({ items: [], silence: 'Nothing was observed: no feed was read in these hours.' });
  });

  it('sends a test and reports the answer', async () => {
    const { ask } = await testApi(fakeDependencies().deps);
    expect(digestTestSchema.parse((await ask('POST', `${digests}/morning/test`)).json())).toEqual({
      items: [{ channelId: 'hook', sent: false, reason: 'The receiver answers 500.' }],
      silence: null,
    });
  });
});
