import { exampleSource } from '../testing/fake-sources';
import { PublisherSources } from './publisher-sources';

const north = exampleSource({ id: 'north', name: 'The North', url: 'https://feeds.north.example/rss', homepage: 'https://www.north.example/' });
const two = ['world', 'sport'].map((id) => exampleSource({ id, name: `South ${id}`, url: `https://www.south.example/${id}` }));
const idOf = (publishers: PublisherSources, publisher: string, url = 'https://elsewhere.example/1') => publishers.of(publisher, url, 0).id;

describe('the source of a publisher', () => {
  it('is the one with its name, regardless of spelling variants', () => {
    const publishers = new PublisherSources([north, ...two]);
    expect(['The North', '  the NORTH ', 'South: Sport'].map((name) => idOf(publishers, name))).toEqual(['north', 'north', 'sport']);
    expect(publishers.takeNew()).toEqual([]);
  });

  it('else the only one on the site of its article', () => {
    const publishers = new PublisherSources([north, ...two]);
    expect(idOf(publishers, 'North online', 'https://north.example/1')).toBe('north');
    expect(idOf(publishers, 'North online')).toBe('north');
    expect(idOf(publishers, 'The South', 'https://south.example/1')).toBe('the-south');
  });

  it('else a new one, which is never polled, the same for every article with that name', () => {
    const publishers = new PublisherSources([north, exampleSource({ id: 'the-west', name: 'Another' })]);
    expect([idOf(publishers, 'The West'), idOf(publishers, 'the west')]).toEqual(['the-west-2', 'the-west-2']);
    const made = publishers.takeNew();
    expect(made).toMatchObject([
      { id: 'the-west-2', kind: 'import', name: 'The West', url: 'import:the west', homepage: 'https://elsewhere.example/', paused: true },
    ]);
    expect(publishers.takeNew()).toEqual([]);
    // Also after a reader renamed it, and after a restart.
    expect(idOf(new PublisherSources(made.map((source) => ({ ...source, name: 'Renamed' }))), 'The West')).toBe('the-west-2');
  });

  it('is a new one if several sources have its name', () => {
    const [one, other] = ['a', 'b'].map((id) => exampleSource({ id, name: 'Wire', url: `https://${id}.example/` }));
    const publishers = new PublisherSources([one!, other!]);
    expect(idOf(publishers, 'Wire')).toBe('wire');
  });
});
