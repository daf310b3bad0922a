import { freshnessOf, validatorsOf } from './freshness';

const NOW = Date.UTC(2026, 0, 5, 12);
const fresh = (headers: Record<string, string>) => freshnessOf(new Headers(headers), NOW);

describe('freshnessOf', () => {
  it.each([
    ['max-age=60', { maxAgeMs: 60_000 }],
    ['public, Max-Age="120", must-revalidate', { maxAgeMs: 120_000 }],
    ['s-maxage=60', {}],
    ['no-cache, max-age=60', {}],
    ['max-age=soon', {}],
    ['', {}],
  ])('reads Cache-Control: %s', (value, expected) => {
    expect(fresh({ 'cache-control': value })).toEqual(expected);
  });

  it.each([
    ['90', { retryAfterMs: 90_000 }],
    ['Mon, 05 Jan 2026 12:00:30 GMT', { retryAfterMs: 30_000 }],
    ['Mon, 05 Jan 2026 11:00:00 GMT', { retryAfterMs: 0 }],
    ['later', {}],
    ['-5', {}],
  ])('reads Retry-After: %s', (value, expected) => {
    expect(fresh({ 'retry-after': value })).toEqual(expected);
  });
});

it('keeps validators as they are sent', () => {
  expect(validatorsOf(new Headers({ etag: 'W/"a"', 'last-modified': 'yesterday' }))).toEqual({ etag: 'W/"a"', lastModified: 'yesterday' });
  expect(validatorsOf(new Headers())).toEqual({});
});
