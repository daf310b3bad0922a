import fc from 'fast-check';
import { DAY, HOUR } from '@barometer/kernel';
import { keysOf, MOST_MEMBERS, representativesOf } from './choose-story';
import { evaluatePairs } from './evaluate-pairs';
import { headlineOf } from './headline';
import { MOST_STORIES_OF_WORD, StoryIndex } from './story-index';

/** The story of each article, as the position of its first article. */
function stream(index: StoryIndex, articles: readonly (readonly [title: string, at: number])[]): string[] {
  return articles.map(([title, at], place) => {
    const headline = headlineOf(title);
    const story = index.find(headline, at) ?? String(place);
    index.add(story, headline, at);
    return story;
  });
}

const FERRY = ['Ferry sinks off Zanzibar, at least 40 drown', 'At least 40 dead as ferry goes down near Zanzibar', 'Zanzibar ferry disaster: 40 dead'] as const;

it('joins articles about one event, and no others', () => {
  const titles = [FERRY[0], 'Court blocks logging plan in Tasmania', FERRY[1], 'Tasmania logging plan halted by judge', FERRY[2]];
  expect(
    stream(
      new StoryIndex(),
      titles.map((title) => [title, 0]),
    ),
  ).toEqual(['0', '1', '0', '1', '0']);
});

it('joins nothing after three days, and removes old stories', () => {
  const index = new StoryIndex();
  expect(
    stream(index, [
      [FERRY[0], 0],
      [FERRY[0], 3 * DAY + 1],
    ]),
  ).toEqual(['0', '1']);
  index.forgetBefore(3 * DAY + 1);
  expect(index.size).toBe(1);
  index.forgetBefore(7 * DAY);
  expect(index.size).toBe(0);
});

it('accepts an article that comes late', () => {
  expect(
    stream(new StoryIndex(), [
      [FERRY[0], DAY],
      [FERRY[1], DAY - 6 * HOUR],
    ]),
  ).toEqual(['0', '0']);
});

it('does not drift through an affair from one article to the next', () => {
  const steps = [
    'Ferry sinks off Zanzibar, dozens of tourists drown',
    'Zanzibar ferry that sank had no licence, harbour master admits',
    'Harbour master of Zanzibar suspended over licence fraud',
    'Licence fraud widens: harbour master names senators',
    'Senators deny licence fraud as court freezes accounts',
    'Court unfreezes accounts of senators',
  ];
  const stories = stream(
    new StoryIndex(),
    steps.map((title, hour) => [title, hour * HOUR]),
  );
  expect(stories.at(-1)).not.toBe(stories[0]);
});

it('looks up a hot word at the cost of any other', () => {
  const index = new StoryIndex();
  const words = fc.sample(fc.string({ unit: fc.constantFrom(...'bcdfgkmnprstvz'), minLength: 9, maxLength: 9 }), 5 * MOST_STORIES_OF_WORD);
  for (const word of words) index.add(word, headlineOf(`quorix ${word} ${word}x`), 0);
  expect(index.candidates(['quorix'], 0).length).toBeLessThanOrEqual(12);
  expect(index.size).toBeGreaterThan(MOST_STORIES_OF_WORD);
});

it('gives the same stories to the same articles', () => {
  const vocabulary = ['Zanzibar', 'ferry', 'sinks', 'Tasmania', 'logging', 'court', 'blocks', 'kettle', 'Bavaria', 'recall'];
  const articles = fc.array(
    fc.tuple(
      fc.array(fc.constantFrom(...vocabulary), { minLength: 2, maxLength: 6 }).map((words) => words.join(' ')),
      fc.integer({ min: 0, max: 2 * DAY }),
    ),
    { maxLength: 30 },
  );
  fc.assert(fc.property(articles, (list) => expect(stream(new StoryIndex(), list)).toEqual(stream(new StoryIndex(), list))));
});

it('keeps the first and the latest articles of a long story', () => {
  const members = Array.from({ length: 30 }, (_, index) => index);
  expect(representativesOf(members)).toEqual([0, 1, 2, 3, 26, 27, 28, 29]);
  expect(representativesOf(members.slice(0, MOST_MEMBERS))).toHaveLength(MOST_MEMBERS);
});

it('looks up a headline by its rarest words', () => {
  expect(keysOf(headlineOf('US court blocks Zanzibar ferry plan after storm'))[0]).toBe('zanzibar');
  expect(keysOf(headlineOf('US says it will')).length).toBe(0);
});

it('counts judged pairs', () => {
  const side = (text: string, at = 0) => ({ text, at });
  const pairs = [
    { a: side(FERRY[0]), b: side(FERRY[1], HOUR), relation: 'same' as const },
    { a: side(FERRY[0]), b: side('Kettles recalled across Bavaria'), relation: 'different' as const },
    { a: side(''), b: side(''), relation: 'different' as const },
  ];
  expect(evaluatePairs(pairs)).toEqual({ same: { pairs: 1, joined: 1 }, related: { pairs: 0, joined: 0 }, different: { pairs: 2, joined: 0 } });
});
