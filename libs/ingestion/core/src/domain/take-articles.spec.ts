import { DAY } from '@barometer/kernel';
import { takeArticles, type KeyedItem } from './take-articles';

const now = Date.UTC(2026, 0, 15);
const item = (id: string, publishedAt?: number) =>
  ({ itemKeys: { id }, title: id, url: `https://n.example/${id}`, ...(publishedAt !== undefined && { publishedAt }) }) as unknown as KeyedItem;
const from = { sourceId: 'gazette', firstPoll: false, firstSeen: new Map<string, number>(), rules: [], now, maxAge: 30 * DAY };
const ids = (taken: ReturnType<typeof takeArticles>) => taken.taken.map(({ item: { itemKeys } }) => itemKeys.id);

it('takes items of the maximum age, and no older ones', () => {
  expect(ids(takeArticles([item('oldest', now - 30 * DAY), item('older', now - 30 * DAY - 1)], from))).toEqual(['oldest']);
});

it('later takes an item with the date of the oldest one of the first poll, but not an undated one seen by then', () => {
  const takenSince = now - DAY;
  const firstSeen = new Map([
    ['seen', takenSince],
    ['new', takenSince + 1],
  ]);
  expect(ids(takeArticles([item('equal', takenSince), item('before', takenSince - 1), item('seen'), item('new')], { ...from, takenSince, firstSeen }))).toEqual(
    ['equal', 'new'],
  );
});
