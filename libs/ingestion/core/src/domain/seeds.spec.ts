import { parseSourceSeeds, parseTopicSeeds } from './seeds';

const source = { id: 'gazette', name: 'Gazette', url: 'https://gazette.example/rss' };

describe('parseSourceSeeds', () => {
  const read = (...entries: unknown[]) => {
    const list = parseSourceSeeds({ sources: entries });
    if (!list.ok) throw new Error(list.error.message);
    return list.value;
  };

  it('reads a list', () => {
    const full = {
      ...source,
      id: 'b',
      url: 'newsapi:x',
      homepage: 'https://gazette.example/',
      language: 'en',
      groups: ['World', 'News/World'],
      intervalMinutes: 30,
      userAgent: 'Example/1.0',
    };
    expect(read(source, full)).toEqual({
      sources: [
        { ...source, place: 'sources[0]' },
        { ...full, place: 'sources[1]' },
      ],
      unread: [],
      leftOut: [],
    });
  });

  it('accepts one group without a list, and the older `field` in place of groups', () => {
    expect(read({ ...source, groups: 'World' }, { ...source, field: 'world' }, { ...source, field: 'world', groups: ['News'] })).toMatchObject({
      sources: [{ groups: ['World'] }, { groups: ['world'] }, { groups: ['News'] }],
      leftOut: [{ place: 'sources[2]', message: 'The field field is not known; it was left out.' }],
    });
  });

  it.each([
    [{ homepage: ['x'] }, {}, 'The field homepage must be a text; it was left out.'],
    [{ intervalMinutes: 'often' }, {}, 'The field intervalMinutes must be a number; it was left out.'],
    [{ feild: 'x' }, {}, 'The field feild is not known; it was left out.'],
    [{ kind: 'paper' }, {}, expect.stringMatching(/^The field kind .*; it was left out\.$/)],
    [{ name: 1984 }, { name: '1984' }, undefined],
    [{ intervalMinutes: '30' }, { intervalMinutes: 30 }, undefined],
    [{ homepage: null }, {}, undefined],
  ])('reads a source with %j, and reports what was left out', (fields, expected, message) => {
    const { sources, leftOut } = read(source, { ...source, ...fields }, source);
    expect(sources).toEqual([
      { ...source, place: 'sources[0]' },
      { ...source, ...expected, place: 'sources[1]' },
      { ...source, place: 'sources[2]' },
    ]);
    expect(leftOut).toEqual(message === undefined ? [] : [{ place: 'sources[1]', name: expect.any(String), url: source.url, message }]);
  });

  it.each([['x'], [{ name: 'Gazette' }], [{ name: 'Gazette', url: 5 }], [null]])('reports %j, which has no address', (entry) => {
    const { sources, unread } = read(entry, source);
    expect(sources).toHaveLength(1);
    expect(unread).toMatchObject([{ place: 'sources[0]', url: '', message: 'There is no address under "url".' }]);
  });

  it.each([[null], [{ sources: 'x' }], [[source]]])('rejects %j', (value) => {
    expect(parseSourceSeeds(value)).toEqual({ ok: false, error: { message: 'There must be a list "sources:".' } });
  });
});

describe('parseTopicSeeds', () => {
  it('reads a list and completes it', () => {
    expect(parseTopicSeeds({ topics: [{ name: 'Sea', anyOf: ['sea'] }] })).toEqual({
      ok: true,
      value: [{ name: 'Sea', anyOf: ['sea'], allOf: [], noneOf: [] }],
    });
  });

  it.each([
    [{ topics: [{ name: 'Sea', noneOf: ['x'] }] }, 'topics[0] (Sea): must have a phrase in anyOf or allOf'],
    [{ topics: [{ name: 'Sea', anyOf: 'sea' }] }, 'topics[0] (Sea): anyOf must be a list of phrases'],
    [{ topics: [{ name: 'Sea', anyOf: ['a', 7] }] }, 'topics[0] (Sea): anyOf.1 must be a text'],
    [
      {
        topics: [
          { name: 'Sea', anyOf: ['a'] },
          { name: 'Sea', anyOf: ['b'] },
        ],
      },
      'topics[1] (Sea): name is there twice',
    ],
  ])('%j', (value, message) => expect(parseTopicSeeds(value)).toEqual({ ok: false, error: { message } }));
});
