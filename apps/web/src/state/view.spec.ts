import fc from 'fast-check';
import { changedView, defaultView, feedQuery, periods, readView, scopeQuery, withScope, writeView, type ComparedScope, type View } from './view';

const views: fc.Arbitrary<View> = fc
  .record({
    period: fc.constantFrom(...periods),
    zoom: fc.option(
      fc.tuple(fc.integer({ min: 0, max: 2e12 }), fc.integer({ min: 1, max: 1e9 })).map(([from, length]) => ({ from, to: from + length })),
      { nil: undefined },
    ),
    bucket: fc.constantFrom(undefined, 'hour', 'day'),
    topic: fc.constantFrom(undefined, 'energy', 'a.b-c_9'),
    ofSources: fc.constantFrom<Pick<View, 'source' | 'group'>>(
      { source: undefined, group: undefined },
      { source: 'the-guardian', group: undefined },
      { source: undefined, group: 'News & Co/World' },
    ),
    by: fc.constantFrom(undefined, 'group'),
    label: fc.constantFrom(undefined, 'negative', 'neutral', 'positive'),
    search: fc.constantFrom(undefined, 'gas prices', 'a&b=c#d'),
    compare: fc.option(
      fc.uniqueArray(fc.constantFrom<ComparedScope>('all', 'topic:energy', 'source:a.b-c_9', 'source:the-guardian', 'group:News/World'), {
        minLength: 1,
        maxLength: 3,
      }),
      { nil: undefined },
    ),
    apart: fc.constantFrom(undefined, true as const),
    story: fc.constantFrom(undefined, 'mfzwizltoq4dqnrzgm2tkmzzha'),
    article: fc.constantFrom(undefined, 'mfzwizltoq4dqnrzgm2tkmzzha'),
  })
  .map(({ ofSources, ...view }) => changedView({ ...view, ...ofSources }, {}));

describe('the view in the address', () => {
  it('is empty for what the page shows at first', () => expect(writeView(defaultView)).toBe(''));

  it('is read as it was written', () => fc.assert(fc.property(views, (view) => expect(readView(writeView(view))).toEqual(view))));

  it('has a feed of its list, without a period', () => {
    expect(feedQuery({ ...defaultView, period: '7d', article: 'mfzwizltoq4dqnrzgm2tkmzzha' })).toBe('');
    expect(feedQuery({ ...defaultView, label: 'positive', topic: 'energy', search: 'gas & oil' })).toBe('?topic=energy&label=positive&q=gas+%26+oil');
  });

  it('leaves out what it does not understand', () => {
    const view = readView(
      '?period=9y&from=noon&to=later&bucket=week&topic=%3Cb%3E&label=angry&article=1&stories=1&compare=all:1&compare=topic:%3Cb%3E&compare=group:a//b&group=a/b/c/d/e&by=week&compare=&q=%20%20',
    );
    expect(writeView(view)).toBe('');
  });

  it('has no zoom that ends before it starts', () => expect(readView('?from=2026-11-23T10:00:00Z&to=2026-11-23T09:00:00Z').zoom).toBeUndefined());

  it("compares each scope once, and at most three besides the page's own", () => {
    expect(readView('?source=bbc&compare=topic:energy&compare=topic:energy&compare=all').compare).toEqual(['topic:energy', 'all']);
    expect(readView('?compare=source:a&compare=source:b&compare=source:c&compare=source:d').compare).toEqual(['source:a', 'source:b', 'source:c']);
  });

  it("never compares the page's own scope with itself, nor a scope twice, as it is read or written", () => {
    const own: readonly [string, string][] = [
      ['', 'all'],
      ['topic=energy&', 'topic:energy'],
      ['source=bbc&', 'source:bbc'],
      ['group=News%2FWorld&', 'group:News/World'],
    ];
    for (const [address, scope] of own) {
      const compare = `compare=${encodeURIComponent(scope)}`;
      expect([address, readView(`?${address}${compare}`).compare]).toEqual([address, undefined]);
      expect(readView(`?${address}${compare}&compare=topic:war&${compare}&compare=topic:war`).compare).toEqual(['topic:war']);
      const written = writeView({ ...readView(`?${address}`), compare: [scope as ComparedScope, 'topic:war', 'topic:war'] });
      expect(new URLSearchParams(written).getAll('compare')).toEqual(['topic:war']);
    }
    // Four of which one is the page's own leave three, not two.
    expect(readView('?compare=all&compare=source:a&compare=source:b&compare=source:c').compare).toEqual(['source:a', 'source:b', 'source:c']);
    expect(readView('?topic=energy&source=bbc&compare=topic:energy').compare).toEqual(['topic:energy']);
  });

  it('drops a comparison that becomes the scope of the page, and adds none twice', () => {
    const view = readView('?topic=energy&compare=all&compare=source:bbc');
    expect(view.compare).toEqual(['all', 'source:bbc']);
    expect(changedView(view, { topic: undefined }).compare).toEqual(['source:bbc']);
    expect(changedView(view, { topic: undefined, source: 'bbc' }).compare).toEqual(['all']);
    expect(changedView(view, { compare: [...(view.compare ?? []), 'all'] }).compare).toEqual(['all', 'source:bbc']);
    expect(changedView(view, { label: 'negative' }).compare).toEqual(['all', 'source:bbc']);
  });

  it('asks the API for a compared scope at the same time', () => {
    const view: View = { period: '7d', topic: 'energy', source: 'bbc' };
    expect(scopeQuery(withScope(view, 'all'))).toEqual({ topic: undefined, source: undefined, group: undefined, period: '7d' });
    expect(scopeQuery(withScope(view, 'group:News/World'))).toEqual({ topic: undefined, source: undefined, group: 'News/World', period: '7d' });
    expect(scopeQuery(withScope(view, 'source:cnbc'))).toEqual({ topic: undefined, source: 'cnbc', group: undefined, period: '7d' });
  });

  it('asks the API for the zoom instead of the period', () => {
    expect(scopeQuery({ period: '7d', topic: 'energy' })).toMatchObject({ topic: 'energy', period: '7d' });
    expect(scopeQuery({ period: '7d', zoom: { from: 0, to: 3_600_000 } })).toEqual({
      topic: undefined,
      source: undefined,
      group: undefined,
      from: '1970-01-01T00:00:00.000Z',
      to: '1970-01-01T01:00:00.000Z',
    });
  });
});
