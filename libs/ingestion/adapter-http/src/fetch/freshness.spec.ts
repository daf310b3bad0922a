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
    ['Mon, 05 Jan 2026 11:00:00 GMT', {}],
    ['Monday, 05-Jan-26 12:00:30 GMT', { retryAfterMs: 30_000 }],
    ['Mon Jan  5 12:00:30 2026', { retryAfterMs: 30_000 }],
    ['0', { retryAfterMs: 0 }],
    [' 90 ', { retryAfterMs: 90_000 }],
    ['1.5', { retryAfterMs: 1_500 }],
    ['9'.repeat(40), { retryAfterMs: 365 * 86_400_000 }],
    ['', {}],
    ['90 seconds', {}],
    ['Infinity', {}],
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
