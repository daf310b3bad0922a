import { articleIdOf, HOUR, hourOf, ManualClock } from '@barometer/kernel';
import type { ArticleView, Scope } from '../domain/report';
import { countsOfStories, heaviestOf, outlineOf } from '../domain/story';
import { NOW, sentimentOf } from '../testing';
import { reportsOf } from '../testing/fakes';
import { GetStory } from './get-story.use-case';
import { ListStories } from './list-stories.use-case';

const TITLES = ['Ferry sinks off Zanzibar, at least 40 drown', 'Zanzibar ferry disaster: 40 dead as ferry sinks', 'A day of grief'];

const view = (name: string, storyId: string, tone: number, age: number, more: Partial<ArticleView> = {}): ArticleView => ({
  id: articleIdOf(name),
  url: '',
  title: name,
  summary: '',
  sourceIds: ['wire'],
  topicIds: [],
  state: 'scored',
  storyId: articleIdOf(storyId),
  sentiment: sentimentOf(tone),
  journey: { publishedAt: NOW - age * HOUR, dated: true, fetchedAt: 0, storedAt: 0, receives: 1, changes: 0 },
  ...more,
});
const { sentiment: _sentiment, storyId: _storyId, ...unscored } = view('waiting', 'waiting', 0, 1);
const waiting: ArticleView = { ...unscored, state: 'pending' };
const told = [
  view('ferry 1', 'ferry 1', -0.8, 5, { title: TITLES[0]!, publisher: 'Daily' }),
  view('ferry 2', 'ferry 1', -0.4, 4, { title: TITLES[1]!, publisher: 'Herald' }),
  view('ferry 3', 'ferry 1', -0.6, 3, { title: TITLES[2]!, publisher: 'Daily' }),
  view('cup 1', 'cup 1', 1, 2),
  view('cup 2', 'cup 1', 1, 1),
  view('alone', 'alone', -1, 1),
  waiting,
];
const period = { from: NOW - 24 * HOUR, to: NOW };
const listOf = (all: readonly ArticleView[], findsEveryStory = true) => {
  const asked: Scope[] = [];
  const scored = all.filter(({ sentiment }) => sentiment);
  const reports = reportsOf({
    findsEveryStory,
    hours: async () => scored.map(() => ({ hour: hourOf(NOW) - 1, negative: 0, neutral: 1, positive: 0, toneSum: 0, toneSquares: 0 })),
    heaviestStories: async (scope, _period, by, limit) => {
      asked.push(scope);
      return heaviestOf(countsOfStories(scored).values(), by, limit);
    },
    storyOutline: async (id, within) => {
      asked.push(within);
      const members = scored.filter(({ storyId }) => storyId === id).slice(0, 100);
      return members.length === 0 ? undefined : outlineOf(members);
    },
  });
  return { asked, stories: new ListStories({ reports, clock: new ManualClock(NOW) }) };
};

it('orders stories of at least two articles by size, each with the tone of every publisher', async () => {
  const { stories, asked } = listOf(told);
  const found = await stories.execute({ period, topicId: 'sea', order: 'size', limit: 10 });
  expect(asked).toEqual([
    { topicId: 'sea' },
    { topicId: 'sea', period: { from: NOW - 5 * HOUR, to: NOW - 3 * HOUR + 1 } },
    { topicId: 'sea', period: { from: NOW - 2 * HOUR, to: NOW - HOUR + 1 } },
  ]);
  expect(found).toMatchObject({ articles: 6, isWhole: true });
  expect(found.stories.map(({ id, articles }) => [id, articles])).toEqual([
    [articleIdOf('ferry 1'), 3],
    [articleIdOf('cup 1'), 2],
  ]);
  expect(found.stories[0]).toMatchObject({
    firstAt: NOW - 5 * HOUR,
    lastAt: NOW - 3 * HOUR,
    tone: -0.6,
    weight: expect.closeTo(-0.3, 12),
    voices: [
      { publisher: 'Daily', articles: 2, tone: -0.7 },
      { publisher: 'Herald', articles: 1, tone: -0.4 },
    ],
  });
  expect(TITLES.slice(0, 2)).toContain(found.stories[0]?.typical.title);
});

it('orders them by their effect on the mood, of either sign', async () => {
  const { stories } = listOf(told);
  const { stories: found } = await stories.execute({ period, order: 'weight', limit: 1 });
  expect(found.map(({ id, weight }) => [id, weight])).toEqual([[articleIdOf('cup 1'), expect.closeTo(1 / 3, 12)]]);
});

it('orders them by their exact weights, also where these read the same', async () => {
  const heavier = [view('heavy 1', 'heavy 1', -0.800002, 9), view('heavy 2', 'heavy 1', -0.8, 8)];
  const later = [view('later 1', 'later 1', -0.8, 2), view('later 2', 'later 1', -0.8, 1)];
  const quiet = Array.from({ length: 40 }, (_, index) => view(`quiet ${index}`, `quiet ${index}`, 0, 1));
  const { stories } = listOf([...later, ...heavier, ...quiet]);
  const { stories: found } = await stories.execute({ period, order: 'weight', limit: 2 });
  expect(found.map(({ id }) => id)).toEqual([articleIdOf('heavy 1'), articleIdOf('later 1')]);
});

it('counts all articles of a story, of which it reads a hundred', async () => {
  const many = Array.from({ length: 700 }, (_, index) => view(`long ${index}`, 'long 0', index < 350 ? -0.5 : 0.5, 1 + index / 60));
  const { stories } = listOf([...many, ...told]);
  const {
    stories: [long],
    articles,
  } = await stories.execute({ period, order: 'size', limit: 1 });
  expect(long).toMatchObject({ articles: 700, tone: 0, weight: 0 });
  expect(articles).toBe(706);
});

it('says whether some may be missing', async () => {
  expect(await listOf(told, false).stories.execute({ period, order: 'size', limit: 10 })).toMatchObject({ isWhole: false });
});

it('finds nothing in an empty period', async () => {
  expect(await listOf([]).stories.execute({ period, order: 'size', limit: 10 })).toMatchObject({ stories: [], articles: 0 });
});

it('finds a story by any of its articles, and none that is no longer kept', async () => {
  const reports = reportsOf({ article: async (id) => told.find((one) => one.id === id), story: async (id) => told.filter(({ storyId }) => storyId === id) });
  const story = new GetStory({ reports });
  expect(await story.execute(articleIdOf('ferry 2'))).toMatchObject({ id: articleIdOf('ferry 1'), articles: 3, tone: -0.6 });
  expect(await story.execute(articleIdOf('nothing'))).toBeUndefined();
});

it('continues a story whose first article has expired', async () => {
  const left = told.slice(1, 3);
  const reports = reportsOf({ article: async (id) => left.find((one) => one.id === id), story: async (id) => left.filter(({ storyId }) => storyId === id) });
  expect(await new GetStory({ reports }).execute(articleIdOf('ferry 1'))).toMatchObject({ id: articleIdOf('ferry 1'), articles: 2 });
});
