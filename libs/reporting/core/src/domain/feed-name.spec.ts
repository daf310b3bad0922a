import { feedName, feedOf, readFeedName } from './feed-name';

describe('the name of a feed', () => {
  it('is the same for either format, any order and any spelling of a number, without key and limit', () => {
    const name = 'articles?label=positive&tone=0.5';
    expect(
      feedName('articles', [
        ['tone', '0.50'],
        ['key', 'bar_x'],
        ['label', 'positive'],
        ['topic', ''],
        ['limit', '10'],
      ]),
    ).toBe(name);
    for (const address of ['/feeds/articles.atom?label=positive&tone=0.5', '/under/feeds/articles.json?key=x&tone=.5&label=positive'])
      expect(feedOf(address)).toBe(name);
    expect(feedName('stories', [])).toBe('stories');
  });

  it('exists for no other address', () => {
    for (const address of [
      '/api/v1/articles',
      '/feeds/articles.rss',
      '/feeds/topics.atom',
      '/feeds/articles.atom/x',
      '/feeds/articles.svg',
      '/feeds/mood.atom',
    ])
      expect(feedOf(address)).toBeUndefined();
  });

  it.each([
    ['articles', 'articles'],
    ['articles?tone=0.50&label=positive', 'articles?label=positive&tone=0.5'],
    ['https://x.example/feeds/stories.atom?topic=energy&key=secret', 'stories?topic=energy'],
    [' stories ', 'stories'],
    ['/feeds/mood.svg?topic=energy&theme=dark&key=x', 'mood?topic=energy'],
    ['mood?topic=energy&period=7d', 'mood?period=7d&topic=energy'],
    ['/feeds/articles.atom?group=News/World&key=x', 'articles?group=News%2FWorld'],
    ['mood?group=News', 'mood?group=News'],
  ])('is parsed from %s', (given, name) => expect(readFeedName(given)).toEqual({ ok: true, value: name }));

  it.each([
    ['topics', 'is not a list'],
    ['', 'is not a list'],
    ['articles?colour=red', 'cannot be filtered by "colour"'],
    ['stories?label=positive', 'cannot be filtered by "label"'],
    ['articles?label=good', 'is not a label'],
    ['articles?tone=2', 'is not a tone'],
    ['articles?tone=', 'is not a tone'],
    ['articles?q=a&q=b', 'given twice'],
    ['constructor', 'is not a list'],
    ['mood?label=positive', 'cannot be filtered by "label"'],
    ['mood?period=ever', 'is not a period'],
  ])('is refused for %s', (given, words) => {
    const read = readFeedName(given);
    expect(read.ok ? '' : read.error.message).toContain(words);
  });
});
