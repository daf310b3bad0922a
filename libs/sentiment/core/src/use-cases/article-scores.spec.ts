import { sentimentWith } from '@barometer/events/testing';
import { STANDARD_RETENTION } from '@barometer/kernel';
import type { LifeArticle } from '../domain/article-life';
import type { ArticleLedger, Transition } from '../ports/article-ledger.port';
import { ArticleScores } from './article-scores';

const NOW = Date.UTC(2026, 0, 15, 10, 20);
const glad = sentimentWith(0.8);
const article = (id: string, fields: Partial<LifeArticle> = {}): LifeArticle => ({
  id,
  title: `Title of ${id}`,
  summary: '',
  state: 'pending',
  publishedAt: NOW,
  storedAt: NOW,
  number: 1,
  receives: 0,
  availableAt: 0,
  ...fields,
});

/** A ledger of these articles that calls the transition again after each write, like a store whose answer was lost. */
function forgetful(articles: readonly LifeArticle[], topics: readonly { topicId: string; version: number }[] = []) {
  const byId = new Map(articles.map((one) => [one.id, one]));
  const batches: number[] = [];
  const joins = jest.fn(() => 'story');
  const ledger: ArticleLedger = {
    retention: STANDARD_RETENTION,
    change: async (ids: readonly string[], transition: Transition) => {
      batches.push(ids.length);
      return ids.flatMap((id) => {
        const before = byId.get(id);
        const after = transition(before);
        if (after) byId.set(id, after);
        transition(before);
        transition(after);
        return after && after !== before ? [{ article: after, memberships: { sourceIds: ['a'], topics } }] : [];
      });
    },
    read: async () => [...byId.values()],
    scored: async ({ limit }) => [...byId.values()].slice(0, limit),
    free: async () => [],
    failed: async () => [...byId.keys()],
    backlog: async () => ({ pending: 0, failed: 0 }),
    stories: async () => ({ join: joins, note: () => Promise.reject(new Error('The table is busy.')) }),
    readableTopics: async () =>
      new Map([
        ['energy', 1],
        ['sport', 2],
      ]),
  };
  return { scores: new ArticleScores(ledger), byId, batches, joins };
}

it('reports the topics that readers see, and a score whatever happens to its story', async () => {
  const topics = [
    { topicId: 'energy', version: 1 },
    { topicId: 'sport', version: 1 },
    { topicId: 'new', version: 1 },
  ];
  const { scores } = forgetful([article('one')], topics);
  expect(await scores.apply([{ articleId: 'one', sentiment: glad }], NOW)).toMatchObject([
    { articleId: 'one', sourceIds: ['a'], topicIds: ['energy'], sentiment: glad },
  ]);
});

it('lets an article join once, however often the store calls', async () => {
  const { scores, joins, byId } = forgetful([article('one'), article('two', { state: 'failed' })]);
  await scores.apply(
    [
      { articleId: 'one', sentiment: glad },
      { articleId: 'two', sentiment: glad },
    ],
    NOW,
  );
  expect([joins.mock.calls.length, byId.get('one')?.joinedStory]).toEqual([1, 'story']);
});

it('reports what it did, even if the store calls again afterwards', async () => {
  const { scores } = forgetful([article('one', { state: 'scored', sentiment: glad, scoredAt: NOW })]);
  expect(await scores.judge('one', { label: 'negative', at: NOW })).toBe('judged');
  expect(await scores.takeBack('one', NOW)).toBe('taken-back');
  expect([await scores.takeBack('one', NOW), await scores.takeBack('unknown', NOW)]).toEqual(['unjudged', 'gone']);
});

it('continues only after a chunk that is full', async () => {
  const { scores } = forgetful([article('one', { state: 'scored', sentiment: glad })]);
  expect((await scores.scored({ limit: 1 })).position).toBe(`${NOW} one`);
  expect(await scores.scored({ limit: 2 })).toEqual({ items: [{ id: 'one', title: 'Title of one', summary: '', sentiment: glad }] });
});

it('redrives many in several transactions', async () => {
  const { scores, batches } = forgetful(Array.from({ length: 1_100 }, (_, index) => article(`${index}`, { state: 'failed', reason: 'broken' })));
  expect([await scores.redrive(NOW), batches]).toEqual([1_100, [500, 500, 100]]);
});
