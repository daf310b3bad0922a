import { publisherOf, referenceModel, usualReference } from './reference-model';

const from = (name: string, url = 'https://x.example/feed') => publisherOf({ name, url })?.name;

describe('the reference', () => {
  it('names its origin', () => {
    expect(usualReference.provenance).toMatchObject({
      file: 'unlabelled.headlines.jsonl',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      rows: 64_457,
      from: '2025-07-24',
      to: '2026-08-22',
    });
    expect(usualReference.publishers.length).toBeGreaterThan(40);
    expect(Math.min(...usualReference.publishers.map(({ rows }) => rows))).toBeGreaterThanOrEqual(100);
    expect(usualReference.overall.mean).toBeCloseTo(-0.35, 2);
  });

  it('finds publishers by the host of a feed, else by a unique name', () => {
    expect(from('World', 'https://feeds.bbci.co.uk/news/world/rss.xml')).toBe('BBC');
    expect(from('guardian')).toBe('The Guardian');
    expect(from('ars  technica')).toBe('Ars Technica');
    expect(from('Deutsche Welle', 'https://rss.dw.com/rdf/rss-en-all')).toBe('Deutsche Welle');
    expect(from('ABC News (Australia)', 'https://www.abc.net.au/news/feed/51120/rss.xml')).toBeUndefined();
    expect(from('World', 'https://notbbc.com/feed')).toBeUndefined();
    expect(from('Nobody', 'no address')).toBeUndefined();
  });

  it('expects the overall mean for an unknown publisher, and is less certain', () => {
    const model = referenceModel([
      { id: 'known', name: 'Reuters', url: '' },
      { id: 'other', name: 'The Daily Nothing', url: '' },
    ]);
    expect(model).toMatchObject({ basis: 'reference', days: 395, mean: { value: usualReference.overall.mean } });
    expect(model.source('other')).toEqual(model.source('never listed'));
    expect(model.source('other')!.value).toBe(0);
    expect(model.source('known')!.variance).toBeLessThan(model.source('other')!.variance / 50);
    expect(model.hour(5)).toEqual({ value: 0, variance: 0 });
  });

  it('lets parts of a day vary as whole days do, and weeks less', () => {
    const model = referenceModel([]);
    const mood = (hours: number) => model.spread(hours).mood;
    expect([mood(1), mood(24)]).toEqual([usualReference.mood.variance, usualReference.mood.variance]);
    expect(mood(28 * 24)).toBeLessThan(mood(24) / 3);
    expect(mood(28 * 24)).toBeGreaterThan(mood(24) / 28);
  });
});
