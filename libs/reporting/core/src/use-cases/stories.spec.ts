import { articleIdOf, HOUR, ManualClock } from '@barometer/kernel';
import type { ArticleQuery, ArticleView } from '../domain/report';
import { NOW, sentimentOf } from '../testing';
import { reportsOf } from '../testing/fakes';
import { GetStory } from './get-story.use-case';
import { ListStories } from './list-stories.use-case';

const TITLES = ['Ferry sinks off Zanzibar, at least 40 drown', 'Zanzibar ferry disaster: 40 dead as ferry sinks', 'A day of grief'];

const view = (name: string, storyId: string, tone: number, age: number, more: Partial<ArticleView> = {}): ArticleView => ({
  id: articleIdOf(name), url: '', title: name, summary: '', sourceIds: ['wire'], topicIds: [], state: 'scored', storyId: articleIdOf(storyId), sentiment: sentimentOf(tone),
  journey: { publishedAt: NOW - age * HOUR, dated: true, fetchedAt: 0, storedAt: 0, receives: 1, changes: 0 }, ...more,
});
const { sentiment: _sentiment, storyId: _storyId, ...unscored } = view('waiting', 'waiting', 0, 1);
const waiting: ArticleView = { ...unscored, state: 'pending' };
const told = [
  view('ferry 1', 'ferry 1', -0.8, 5, { title: TITLES[0]!, publisher: 'Daily' }),
  view('ferry 2', 'ferry 1', -0.4, 4, { title: TITLES[1]!, publisher: 'Herald' }),
  view('ferry 3', 'ferry 1', -0.6, 3, { title: TITLES[2]!, publisher: 'Daily' }),
  view('cup 1', 'cup 1', 1, 2), view('cup 2', 'cup 1', 1, 1),
  view('alone', 'alone', -1, 1),
  waiting,
];
const period = { from: NOW - 24 * HOUR, to: NOW };
const listOf = (pages: readonly (readonly ArticleView[])[]) => {
  const asked: ArticleQuery[] = [];
  const articles = async (query: ArticleQuery) => {
    asked.push(query);
    const place = Number(query.cursor ?? 0);
    return { items: pages[place] ?? [], searchedTo: NOW - (place + 1) * HOUR, ...(place + 1 < pages.length && { cursor: String(place + 1) }) };
  };
  return { asked, stories: new ListStories({ reports: reportsOf({ articles }), clock: new ManualClock(NOW) }) };
};

it('puts stories of at least two articles in order of size, each with who tells it how', async () => {
  const { stories, asked } = listOf([told]);
  const found = await stories.execute({ period, topicId: 'sea', order: 'size', limit: 10 });
  expect(asked).toEqual([{ topicId: 'sea', period, limit: 100 }]);
  expect(found).toMatchObject({ articles: 6, searchedTo: NOW - HOUR });
  expect(found.stories.map(({ id, articles }) => [id, articles])).toEqual([[articleIdOf('ferry 1'), 3], [articleIdOf('cup 1'), 2]]);
  expect(found.stories[0]).toMatchObject({
    firstAt: NOW - 5 * HOUR, lastAt: NOW - 3 * HOUR, tone: -0.6, weight: -0.3,
    voices: [{ publisher: 'Daily', articles: 2, tone: -0.7 }, { publisher: 'Herald', articles: 1, tone: -0.4 }],
  });
  expect(TITLES.slice(0, 2)).toContain(found.stories[0]?.typical.title);
});

it('puts what moves the mood most first, either way', async () => {
  const { stories } = listOf([told]);
  const { stories: found } = await stories.execute({ period, order: 'weight', limit: 1 });
  expect(found.map(({ id, weight }) => [id, weight])).toEqual([[articleIdOf('cup 1'), 0.333333]]);
});

it('looks at some five hundred articles and says how far that reached', async () => {
  const pages = Array.from({ length: 20 }, (_, page) => Array.from({ length: 100 }, (__, index) => view(`${page} ${index}`, `${page} ${index}`, 0, page)));
  const { stories, asked } = listOf(pages);
  expect(await stories.execute({ period, order: 'size', limit: 10 })).toMatchObject({ articles: 500, searchedTo: NOW - 5 * HOUR, stories: [] });
  expect(asked).toHaveLength(5);
});

it('makes nothing of an empty period', async () => {
  expect(await listOf([[]]).stories.execute({ period, order: 'size', limit: 10 })).toMatchObject({ stories: [], articles: 0 });
});

it('finds a story by any of its articles, and none that is not kept', async () => {
  const reports = reportsOf({ article: async (id) => told.find((one) => one.id === id), story: async (id) => told.filter(({ storyId }) => storyId === id) });
  const story = new GetStory({ reports });
  expect(await story.execute(articleIdOf('ferry 2'))).toMatchObject({ id: articleIdOf('ferry 1'), articles: 3, tone: -0.6 });
  expect(await story.execute(articleIdOf('nothing'))).toBeUndefined();
});

it('goes on with a story whose first article has expired', async () => {
  const left = told.slice(1, 3);
  const reports = reportsOf({ article: async (id) => left.find((one) => one.id === id), story: async (id) => left.filter(({ storyId }) => storyId === id) });
  expect(await new GetStory({ reports }).execute(articleIdOf('ferry 1'))).toMatchObject({ id: articleIdOf('ferry 1'), articles: 2 });
});
