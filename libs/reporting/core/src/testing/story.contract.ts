import { HOUR, RETENTION } from '@barometer/kernel';
import { MOST_OF_STORY } from '../ports/report-store.port';
import { begin, NOW, seed, type MakeReportStore } from './seeds';

/** What a store promises of the articles of a story. */
export function storyContract(make: MakeReportStore): void {
  describe('stories', () => {
    it('gives the articles of a story, newest first, and each says of which story it is', async () => {
      const { store, articles } = begin(make);
      const first = seed(3, { tone: 0.5 });
      articles([first, seed(1, { joinedStory: first.id }), seed(2, { joinedStory: first.id }), seed(0), seed('waiting', { state: 'pending' })]);
      const found = await store.story(first.id);
      expect(found.map(({ id }) => id)).toEqual([seed(1).id, seed(2).id, first.id]);
      expect(found.map(({ storyId }) => storyId)).toEqual([first.id, first.id, first.id]);
      expect([(await store.article(seed(0).id))?.storyId, (await store.article(seed('waiting').id))?.storyId]).toEqual([seed(0).id, undefined]);
      expect((await store.story(seed(0).id)).map(({ id }) => id)).toEqual([seed(0).id]);
    });

    it('knows no story by the id of one that joined, of one that waits, or of nothing', async () => {
      const { store, articles } = begin(make);
      const first = seed(3);
      articles([first, seed(1, { joinedStory: first.id }), seed('waiting', { state: 'pending' })]);
      for (const id of [seed(1).id, seed('waiting').id, seed('nothing').id]) expect(await store.story(id)).toEqual([]);
    });

    it('goes on without a first article that has expired', async () => {
      const { store, articles, clock } = begin(make);
      const first = seed('first', { publishedAt: NOW - RETENTION + HOUR });
      articles([first, seed('second', { publishedAt: NOW - RETENTION + 5 * HOUR, joinedStory: first.id })]);
      expect(await store.story(first.id)).toHaveLength(2);
      clock.advance(2 * HOUR);
      expect((await store.story(first.id)).map(({ id }) => id)).toEqual([seed('second').id]);
      expect(await store.check()).toEqual([]);
    });

    it('reads the newest hundred of a long story, and the first', async () => {
      const { store, articles } = begin(make);
      const first = seed('first', { publishedAt: NOW - 2 * HOUR });
      articles([first, ...Array.from({ length: MOST_OF_STORY + 5 }, (_, index) => seed(`m${index}`, { publishedAt: NOW - HOUR + index * 1000, joinedStory: first.id }))]);
      const found = await store.story(first.id);
      expect([found.length, found[0]?.title, found.at(-1)?.id]).toEqual([MOST_OF_STORY + 1, `Article m${MOST_OF_STORY + 4}`, first.id]);
    });
  });
}
