import { HOUR, ManualClock } from '@barometer/kernel';
import type { Scope } from '@barometer/reporting';
import { NOW, seed } from '@barometer/reporting/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import fc from 'fast-check';
import { reportFixture } from './testing/seed';

const gas = { topicId: 'gas', version: 1 };
const article = fc.record({
  age: fc.nat(20),
  isTold: fc.boolean(),
  sources: fc.subarray(['wire', 'post', 'rare'], { minLength: 1 }),
  inTopic: fc.boolean(),
});
const scopes = fc.constantFrom<Scope>(
  {},
  { sourceId: 'wire' },
  { sourceId: 'rare' },
  { sourceIds: ['rare'] },
  { sourceIds: ['post', 'rare'] },
  { topicId: 'gas' },
  { topicId: 'gas', sourceId: 'post' },
  { topicId: 'gas', sourceIds: ['wire', 'rare'] },
);

describe('the articles of a story', () => {
  it('in a scope and period are the same whichever list is the shortest', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(article, { minLength: 1, maxLength: 14 }), scopes, fc.nat(20), fc.nat(20), async (rows, scope, one, other) => {
        const db = openDatabase(':memory:');
        const { store, articles, topic } = reportFixture(new ManualClock(NOW), db.retention, db);
        topic({ id: 'gas', version: 1, readyVersion: 1 });
        const first = seed('0');
        const all = rows.map(({ age, isTold, sources, inTopic }, index) =>
          seed(`${index}`, {
            publishedAt: NOW - age * HOUR,
            sourceIds: sources,
            topics: inTopic ? [gas] : [],
            ...(isTold && index > 0 && { joinedStory: first.id }),
          }),
        );
        articles(all);
        const period = { from: NOW - Math.max(one, other) * HOUR, to: NOW - Math.min(one, other) * HOUR };
        const asked = scope.sourceIds ?? (scope.sourceId === undefined ? undefined : [scope.sourceId]);
        const expected = all
          .filter(({ id, joinedStory }) => id === first.id || joinedStory === first.id)
          .filter(({ publishedAt }) => publishedAt >= period.from && publishedAt < period.to)
          .filter(({ sourceIds }) => asked === undefined || sourceIds.some((id) => asked.includes(id)))
          .filter(({ topics }) => scope.topicId === undefined || topics.length > 0)
          .toSorted((a, b) => b.publishedAt - a.publishedAt || (a.id < b.id ? 1 : -1));
        expect((await store.story(first.id, { ...scope, period })).map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        db.close();
      }),
      { seed: 34, numRuns: 150 },
    );
  });
});
