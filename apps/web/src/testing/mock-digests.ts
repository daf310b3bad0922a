import type { Digest, DigestTest, NewDigest } from '@barometer/http-api/contract';
import { HOUR, iso } from './mock-data';
import type { MockAnswer, MockRequest } from './mock-http';

export interface MockDigests {
  readonly now: number;
  digests: Digest[];
  /** The queries of requested previews. */
  readonly previewed: string[];
}

/** A digest that was sent this morning, in situations with news. */
export function digestsFor(situation: string, now: number): MockDigests {
  const morning = digestFrom('morning', now, { name: 'Morning digest', timeZone: 'Europe/Vienna', channelIds: ['phone'] });
  return { now, digests: situation === 'second-day' ? [{ ...morning, last: { dueAt: iso(now - 4 * HOUR), outcome: 'told', skipped: 1 } }] : [], previewed: [] };
}

const digestFrom = (
  id: string,
  now: number,
  { name, every = 'day', weekday = 'monday', time = '07:00', timeZone, scope = {}, channelIds, enabled = true }: NewDigest,
): Digest => ({
  id,
  name,
  every,
  weekday,
  time,
  timeZone,
  scope: scope as Digest['scope'],
  channelIds,
  enabled,
  createdAt: iso(now),
  changedAt: iso(now),
  ...(enabled && { nextAt: iso(now + 20 * HOUR) }),
});

const shown = (topic: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Preview</title></head><body style="font:16px sans-serif"><h1>Darker than usual</h1><p>The mood of ${topic} was −0.21.</p><script>document.body.textContent = 'A script ran.';</script></body></html>`;

/** The routes of digests. */
export function changeDigests(mock: MockDigests, { method, path, query, body }: MockRequest): MockAnswer {
  const [, , id = '', action] = path.split('/');
  if (id === 'preview.html') {
    mock.previewed.push(query.toString());
    return { status: 200, html: shown(query.get('topic') ?? 'all news') };
  }
  if (method === 'GET') return { status: 200, body: { items: mock.digests } };
  if (action === 'test')
    return { status: 200, body: { items: [{ channelId: 'phone', sent: false, reason: 'The receiver answers 500.' }], silence: null } satisfies DigestTest };
  if (method === 'DELETE') {
    mock.digests = mock.digests.filter((one) => one.id !== id);
    return { status: 204 };
  }
  const digest = digestFrom(method === 'PUT' ? id : 'added', mock.now, JSON.parse(body) as NewDigest);
  mock.digests = [...mock.digests.filter((one) => one.id !== digest.id), digest];
  return { status: method === 'PUT' ? 200 : 201, body: digest };
}
