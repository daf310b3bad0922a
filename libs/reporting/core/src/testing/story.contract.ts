import fc from 'fast-check';
import { DAY, HOUR, toMicro } from '@barometer/kernel';
import { MOST_OF_STORY } from '../ports/report-store.port';
import type { Period, Scope, ScopeOfOne } from '../domain/report';
import { heaviestOf, outlineOf, type StoryCounts, type StoryWeighing } from '../domain/story';
import { begin, NOW, seed, type MakeReportStore, type SeedArticle } from './seeds';

const gas = { topicId: 'gas', version: 2 };

/** Stories with one or several articles, within a day or over many days. */
const articlesOfStories = fc
  .array(
    fc.array(
      fc.record({
        age: fc.integer({ min: 0, max: 200 * 60 }),
        tone: fc.integer({ min: -1000, max: 1000 }),
        sources: fc.subarray(['wire', 'post'], { minLength: 1 }),
        inTopic: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    { minLength: 1, maxLength: 7 },
  )
  .map((stories) =>
    stories.flatMap((members, story) =>
      members.map(({ age, tone, sources, inTopic }, index) =>
        seed(`s${story} ${index}`, {
          publishedAt: NOW - age * 60_000 - 1,
          tone: tone / 1000,
          sourceIds: sources,
          topics: inTopic ? [gas] : [],
          ...(index > 0 && { joinedStory: seed(`s${story} 0`).id }),
        }),
      ),
    ),
  );
const scopes = fc.constantFrom<ScopeOfOne>({}, { sourceId: 'wire' }, { topicId: 'gas' }, { topicId: 'gas', sourceId: 'post' });
const periods = fc.tuple(fc.nat(210), fc.nat(210)).map((ends): Period => ({ from: NOW - Math.max(...ends) * HOUR, to: NOW - Math.min(...ends) * HOUR }));
const weighings = fc.oneof(
  fc.constantFrom<StoryWeighing>({ perArticle: 1, perTone: 0 }, { perArticle: 0, perTone: 1 }),
  fc.record({ perArticle: fc.integer({ min: -9, max: 9 }).map((tenths) => tenths / 10), perTone: fc.constantFrom(1, -1), least: fc.constantFrom(0, 0.5) }),
);

/** The counts of the stories of these articles, computed article by article. */
function countedIn(articles: readonly SeedArticle[], { topicId, sourceId }: Scope, { from, to }: Period): Map<string, StoryCounts> {
  const own = articles.filter(
    (one) =>
      one.publishedAt >= from &&
      one.publishedAt < to &&
      (topicId === undefined || one.topics.length > 0) &&
      (sourceId === undefined || one.sourceIds.includes(sourceId)),
  );
  return new Map(
    [...Map.groupBy(own, ({ id, joinedStory }) => joinedStory ?? id)].map(([id, members]) => {
      const times = members.map(({ publishedAt }) => publishedAt);
      return [
        id,
        {
          id,
          articles: members.length,
          toneSum: members.reduce((sum, { sentiment }) => sum + toMicro(sentiment?.tone ?? 0), 0),
          firstAt: Math.min(...times),
          lastAt: Math.max(...times),
        },
      ];
    }),
  );
}

/** What a store promises about the articles of a story. */
export function storyContract(make: MakeReportStore): void {
  describe('stories', () => {
    it('gives the articles of a story, newest first, each with the id of the story', async () => {
      const { store, articles } = begin(make);
      const first = seed(3, { tone: 0.5 });
      articles([first, seed(1, { joinedStory: first.id }), seed(2, { joinedStory: first.id }), seed(0), seed('waiting', { state: 'pending' })]);
      const found = await store.story(first.id);
      expect(found.map(({ id }) => id)).toEqual([seed(1).id, seed(2).id, first.id]);
      expect(found.map(({ storyId }) => storyId)).toEqual([first.id, first.id, first.id]);
      expect([(await store.article(seed(0).id))?.storyId, (await store.article(seed('waiting').id))?.storyId]).toEqual([seed(0).id, undefined]);
      expect((await store.story(seed(0).id)).map(({ id }) => id)).toEqual([seed(0).id]);
    });

    it('finds no story by the id of an article that joined, of a pending one, or of an unknown one', async () => {
      const { store, articles } = begin(make);
      const first = seed(3);
      articles([first, seed(1, { joinedStory: first.id }), seed('waiting', { state: 'pending' })]);
      for (const id of [seed(1).id, seed('waiting').id, seed('nothing').id]) expect(await store.story(id)).toEqual([]);
    });

    it('continue after their first article has expired', async () => {
      const { store, articles, clock } = begin(make);
      const first = seed('first', { publishedAt: NOW - store.retention.articles + HOUR });
      articles([first, seed('second', { publishedAt: NOW - store.retention.articles + 5 * HOUR, joinedStory: first.id })]);
      expect(await store.story(first.id)).toHaveLength(2);
      clock.advance(2 * HOUR);
      expect((await store.story(first.id)).map(({ id }) => id)).toEqual([seed('second').id]);
      expect(await store.check()).toEqual([]);
    });

    it('finds the heaviest stories of any scope and period, each with all of its articles there', async () => {
      await fc.assert(
        fc.asyncProperty(articlesOfStories, scopes, periods, weighings, fc.integer({ min: 1, max: 4 }), async (all, scope, period, by, limit) => {
          const { store, articles, topic } = begin(make);
          topic({ id: 'gas', version: 2, readyVersion: 2 });
          articles(all);
          const expected = countedIn(all, scope, period);
          expect(await store.heaviestStories(scope, period, by, limit)).toEqual(heaviestOf(expected.values(), by, limit));
          expect(
            await store.storyCounts(
              all.map(({ id }) => id),
              scope,
              period,
            ),
          ).toEqual(expected);
        }),
        { numRuns: 30 },
      );
    }, 60_000);

    it('gives the articles of a story in a scope and period', async () => {
      const { store, articles, topic } = begin(make);
      topic({ id: 'gas', version: 2, readyVersion: 2 });
      const first = seed(3, { topics: [gas] });
      articles([
        first,
        seed(1, { joinedStory: first.id, sourceIds: ['post'], publisher: 'Post', tone: -0.4 }),
        seed(2, { joinedStory: first.id, topics: [gas], sourceIds: ['wire', 'post'] }),
      ]);
      const titles = async (scope: Scope, period: Period) => {
        const found = await store.story(first.id, { ...scope, period });
        expect(await store.storyOutline(first.id, { ...scope, period })).toEqual(found.length === 0 ? undefined : outlineOf(found));
        return found.map(({ title }) => title);
      };
      const whole = { from: NOW - DAY, to: NOW };
      expect(await titles({}, whole)).toEqual(['Article 1', 'Article 2', 'Article 3']);
      expect(await titles({}, { from: NOW - 3 * HOUR, to: NOW - 2 * HOUR })).toEqual(['Article 2']);
      expect(await titles({ sourceId: 'post' }, whole)).toEqual(['Article 1', 'Article 2']);
      expect(await titles({ topicId: 'gas' }, whole)).toEqual(['Article 2', 'Article 3']);
      expect(await titles({ topicId: 'gas', sourceId: 'post' }, whole)).toEqual(['Article 2']);
      expect(await titles({ topicId: 'unknown' }, whole)).toEqual([]);
      expect(await titles({ sourceIds: ['post', 'far'] }, whole)).toEqual(['Article 1', 'Article 2']);
      expect(await titles({ topicId: 'gas', sourceIds: ['far', 'wire'] }, whole)).toEqual(['Article 2', 'Article 3']);
      expect(await titles({ sourceIds: ['far'] }, whole)).toEqual([]);
      expect(await titles({ sourceIds: [] }, whole)).toEqual([]);
    });

    it('finds no stories of an unknown topic, and none in an empty period', async () => {
      const { store, articles } = begin(make);
      const first = seed(3);
      articles([first, seed(1, { joinedStory: first.id })]);
      const by = { perArticle: 1, perTone: 0 };
      expect(await store.heaviestStories({ topicId: 'unknown' }, { from: NOW - DAY, to: NOW }, by, 5)).toEqual([]);
      expect(await store.heaviestStories({}, { from: NOW, to: NOW }, by, 5)).toEqual([]);
      expect((await store.storyCounts([first.id], { topicId: 'unknown' }, { from: NOW - DAY, to: NOW })).size).toBe(0);
      expect((await store.storyCounts([], {}, { from: NOW - DAY, to: NOW })).size).toBe(0);
    });

    it('counts no expired article', async () => {
      const { store, articles, clock } = begin(make);
      const first = seed('first', { publishedAt: NOW - store.retention.articles + HOUR });
      articles([
        first,
        ...[5, 6].map((hours) => seed(`after ${hours}`, { publishedAt: NOW - store.retention.articles + hours * HOUR, joinedStory: first.id })),
      ]);
      const ever = { from: 0, to: NOW + DAY };
      const size = async () => (await store.heaviestStories({}, ever, { perArticle: 1, perTone: 0 }, 5)).map(({ articles: number }) => number);
      expect(await size()).toEqual([3]);
      clock.advance(2 * HOUR);
      expect(await size()).toEqual([2]);
      clock.advance(4 * HOUR);
      expect(await size()).toEqual([]);
    });

    it('reads the newest hundred of a long story, and the first', async () => {
      const { store, articles } = begin(make);
      const first = seed('first', { publishedAt: NOW - 2 * HOUR });
      articles([
        first,
        ...Array.from({ length: MOST_OF_STORY + 5 }, (_, index) => seed(`m${index}`, { publishedAt: NOW - HOUR + index * 1000, joinedStory: first.id })),
      ]);
      const found = await store.story(first.id);
      expect([found.length, found[0]?.title, found.at(-1)?.id]).toEqual([MOST_OF_STORY + 1, `Article m${MOST_OF_STORY + 4}`, first.id]);
    });
  });
}
