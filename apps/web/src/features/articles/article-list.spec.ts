import type { Article, ArticlePage } from '@barometer/http-api/contract';
import { articleOf, sourcesAt } from '../../testing/mock-data';
import { byStory, firstPage, withHeld, withNewer, withOlder } from './article-list';

const at = (minute: number) => Date.UTC(2026, 10, 23, 12, minute);
const article = (minute: number): Article => articleOf(minute + 1, at(minute), sourcesAt(0), []);
const page = (minutes: readonly number[], cursor?: string): ArticlePage => ({
  items: minutes.map(article),
  searchedTo: new Date(at(0)).toISOString(),
  sample: false,
  ...(cursor && { cursor }),
});
const minutes = (items: readonly Article[]) => items.map(({ publishedAt }) => new Date(publishedAt).getUTCMinutes());

describe('the list of articles', () => {
  const shown = firstPage('/a', page([9, 7, 5], 'older'));

  it('holds new articles back while nothing may move', () => {
    const next = withNewer(shown, page([11, 10, 9, 7, 5], 'older'), false);
    expect(minutes(next.items)).toEqual([9, 7, 5]);
    expect(minutes(next.held)).toEqual([11, 10]);
    expect(minutes(withHeld(next).items)).toEqual([11, 10, 9, 7, 5]);
  });

  it('inserts them by time when rows may move', () => {
    const next = withNewer(shown, page([11, 9, 8, 7], 'older'), true);
    expect(minutes(next.items)).toEqual([11, 9, 8, 7, 5]);
    expect([...next.fresh]).toHaveLength(2);
  });

  it('updates known articles in place', () => {
    const scored = { ...article(7), state: 'failed' as const };
    const next = withNewer(shown, { ...page([9, 7]), items: [article(9), scored] }, false);
    expect(next.items[1]).toBe(scored);
    expect(next.held).toEqual([]);
  });

  it('starts again when more arrived than a page holds, to leave no gap', () => {
    const held = withNewer(shown, page([20, 19, 18], 'newer'), false);
    expect(minutes(held.items)).toEqual([9, 7, 5]);
    expect(minutes(withHeld(held).items)).toEqual([20, 19, 18]);
    expect(withNewer(shown, page([20, 19, 18], 'newer'), true).cursor).toBe('newer');
  });

  it('puts articles of one story behind the newest', () => {
    const told = [9, 7, 5, 3].map(article).map((one, place) => (place === 1 ? one : { ...one, storyId: (place === 2 ? article(7) : article(3)).id }));
    const groups = byStory(told);
    expect(groups.map(({ head, others }) => [head, ...others].map(({ id }) => id))).toEqual([
      [told[0]!.id, told[3]!.id],
      [told[1]!.id, told[2]!.id],
    ]);
  });

  it('appends older ones once', () => {
    const next = withOlder(shown, page([5, 3, 1]));
    expect(minutes(next.items)).toEqual([9, 7, 5, 3, 1]);
    expect(next.cursor).toBeUndefined();
  });
});
