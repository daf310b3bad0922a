import { expectedRollups, sentimentWith } from '@barometer/events/testing';
import { DAY, HOUR, storyScope } from '@barometer/kernel';
import { idOf, NOW, type CreateScoreStoreHarness, type ScoreStoreHarness } from './score-store-harness';

const glad = sentimentWith(0.8);
const sad = sentimentWith(-0.6, 'r2');

const FERRY = ['Ferry sinks off Zanzibar, at least 40 drown', 'At least 40 dead as ferry goes down near Zanzibar', 'Zanzibar ferry disaster: 40 dead'] as const;

/** What every `ScoreStore` promises about stories. */
export function scoreStoreStoriesContract(create: CreateScoreStoreHarness): void {
  describe('stories', () => {
    let store: ScoreStoreHarness;
    beforeEach(async () => (store = await create()));
    afterEach(() => store.close());

    const add = (name: string, title: string, publishedAt = NOW) => store.probe.addArticle({ id: idOf(name), title, publishedAt, sourceIds: [name] });
    const apply = (names: readonly string[], scores = store.scores) =>
      scores.apply(
        names.map((name) => ({ articleId: idOf(name), sentiment: glad })),
        NOW + HOUR,
      );
    const joined = async (name: string) => (await store.probe.articles()).find(({ id }) => id === idOf(name))?.joinedStory;
    const counted = async (story: string) => {
      const rollups = (await store.probe.rollups()).filter(({ scope }) => scope === storyScope(idOf(story)));
      return rollups.reduce((sum, { negative, neutral, positive }) => sum + negative + neutral + positive, 0);
    };
    const expectInvariant = async () => expect(await store.probe.rollups()).toEqual(expectedRollups(await store.probe.articles()));

    it('joins articles about one event, whether scored together or later, and counts them into the story', async () => {
      await add('one', FERRY[0]);
      await add('other', 'Court blocks logging plan in Tasmania');
      await add('two', FERRY[1], NOW + HOUR);
      await add('three', FERRY[2], NOW + 2 * HOUR);
      await apply(['one', 'other', 'two']);
      await apply(['three']);
      expect([await joined('one'), await joined('other'), await joined('two'), await joined('three')]).toEqual([
        undefined,
        undefined,
        idOf('one'),
        idOf('one'),
      ]);
      expect([await counted('one'), await counted('other')]).toEqual([2, 0]);
      await expectInvariant();
    });

    it('finds the stories again after a restart', async () => {
      await add('one', FERRY[0]);
      await add('two', FERRY[1]);
      await apply(['one']);
      await apply(['two'], store.again());
      expect(await joined('two')).toBe(idOf('one'));
      await expectInvariant();
    });

    it('joins nothing that is three days apart', async () => {
      await add('one', FERRY[0], NOW - 3 * DAY - HOUR);
      await add('two', FERRY[0]);
      await apply(['one', 'two']);
      expect(await joined('two')).toBeUndefined();
    });

    it("joins once, and stays in the story through a re-scoring, which updates the story's counts", async () => {
      await add('one', FERRY[0]);
      await add('two', FERRY[1]);
      await apply(['one', 'two']);
      expect(await apply(['two'])).toEqual([]);
      expect(await store.scores.replace([{ articleId: idOf('two'), expected: glad, next: sad }], NOW + HOUR)).toEqual(new Set([idOf('two')]));
      expect([await joined('two'), await counted('one')]).toEqual([idOf('one'), 1]);
      await expectInvariant();
    });

    it('puts many articles about one event into one story', async () => {
      const names = Array.from({ length: 30 }, (_, index) => `many ${index}`);
      for (const [index, name] of names.entries()) await add(name, FERRY[index % 3]!);
      await apply(names.slice(0, 20));
      await apply(names.slice(20));
      expect(await counted(names[0]!)).toBe(29);
      await expectInvariant();
    });
  });
}
