import { embedAddress, embedSnippet, moodFeed } from './embed-snippet';

const here = { home: 'https://x.example/under', about: 'Energy', period: '24h', keyed: false };

describe('the snippet for another page', () => {
  it('names its scope, and the period if it is not a day', () => {
    expect([moodFeed(here), moodFeed({ ...here, topic: 'energy', period: '7d' })]).toEqual(['mood', 'mood?topic=energy&period=7d']);
    expect(embedAddress('card', { ...here, topic: 'energy' })).toBe('https://x.example/under/feeds/mood.html?topic=energy');
  });

  it('has a place for the key if one is needed', () => {
    expect([embedAddress('badge', { ...here, keyed: true }), embedAddress('badge', { ...here, source: 'bbc', keyed: true })]).toEqual([
      'https://x.example/under/feeds/mood.svg?key=KEY',
      'https://x.example/under/feeds/mood.svg?source=bbc&key=KEY',
    ]);
  });

  it('escapes names', () => {
    const snippet = embedSnippet('card', { ...here, about: '"><script>', topic: 'a', period: '7d' });
    expect(snippet).toContain('title="The mood of &quot;>&lt;script>"');
    expect(snippet).toContain('mood.html?topic=a&amp;period=7d"');
    expect(embedSnippet('badge', here)).toMatch(/^<img src="[^"]+" alt="The mood of Energy" height="20">$/);
  });
});
