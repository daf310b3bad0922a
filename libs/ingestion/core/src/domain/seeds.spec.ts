import { parseSourceSeeds, parseTopicSeeds } from './seeds';

const source = { id: 'gazette', name: 'Gazette', url: 'https://gazette.example/rss' };

describe('parseSourceSeeds', () => {
  it('reads a list', () => {
    const full = { ...source, id: 'b', url: 'newsapi:x', homepage: 'https://gazette.example/', language: 'en', field: 'world', intervalMinutes: 30 };
    expect(parseSourceSeeds({ sources: [source, full] })).toEqual({ ok: true, value: [source, full] });
  });

  it.each([
    [null, 'There must be a list "sources:".'],
    [{ sources: 'x' }, 'There must be a list "sources:".'],
    [{ sources: [source, { ...source, id: 'B b' }] }, 'sources[1] (B b): id must be small letters, digits and dashes'],
    [{ sources: [{ ...source, url: 'ftp://x' }] }, 'sources[0] (gazette): url must be an http or https address, or "newsapi:" and a query'],
    [{ sources: [{ ...source, intervalMinutes: 0 }] }, 'sources[0] (gazette): intervalMinutes must be at least 1'],
    [{ sources: [{ name: 'Gazette', url: source.url }] }, 'sources[0] (Gazette): id must be a text'],
    [{ sources: [{ ...source, feild: 'x' }] }, 'sources[0] (gazette): Unrecognized key: "feild"'],
    [{ sources: [source, { ...source, url: 'https://b.example/' }] }, 'sources[1] (gazette): id is there twice'],
    [{ sources: [source, { ...source, id: 'b' }] }, 'sources[1] (b): url is there twice'],
    [{ sources: ['x'] }, expect.stringMatching(/^sources\[0\]: /)],
  ])('%j', (value, message) => expect(parseSourceSeeds(value)).toEqual({ ok: false, error: { message } }));
});

describe('parseTopicSeeds', () => {
  it('reads a list and completes it', () => {
    expect(parseTopicSeeds({ topics: [{ name: 'Sea', anyOf: ['sea'] }] })).toEqual({ ok: true, value: [{ name: 'Sea', anyOf: ['sea'], allOf: [], noneOf: [] }] });
  });

  it.each([
    [{ topics: [{ name: 'Sea', noneOf: ['x'] }] }, 'topics[0] (Sea): must have a phrase in anyOf or allOf'],
    [{ topics: [{ name: 'Sea', anyOf: 'sea' }] }, 'topics[0] (Sea): anyOf must be a list of phrases'],
    [{ topics: [{ name: 'Sea', anyOf: ['a', 7] }] }, 'topics[0] (Sea): anyOf.1 must be a text'],
    [{ topics: [{ name: 'Sea', anyOf: ['a'] }, { name: 'Sea', anyOf: ['b'] }] }, 'topics[1] (Sea): name is there twice'],
  ])('%j', (value, message) => expect(parseTopicSeeds(value)).toEqual({ ok: false, error: { message } }));
});
