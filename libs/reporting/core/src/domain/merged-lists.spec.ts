import * as fc from 'fast-check';
import { newestFirst, type ListPosition } from './cursor';
import { mergedLists, type ReadList } from './merged-lists';

const isAfter = (place: ListPosition | undefined, row: ListPosition): boolean => !place || newestFirst(place, row) < 0;

function listOf(rows: readonly ListPosition[], asked: number[] = []): ReadList<ListPosition> {
  const sorted = [...rows].sort(newestFirst);
  return async (after, size) => {
    asked.push(size);
    return sorted.filter((row) => isAfter(after, row)).slice(0, size);
  };
}

const position = fc.record({ publishedAt: fc.integer({ min: 0, max: 40 }), id: fc.constantFrom(...'abcdefgh') });

it('gives the same as sorting all rows, each once', async () => {
  const lists = fc.array(fc.array(position, { maxLength: 60 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(lists, fc.option(position, { nil: undefined }), fc.integer({ min: 1, max: 80 }), async (given, after, most) => {
      // A row has the same time in every list.
      const distinct = (rows: ListPosition[]) => [
        ...new Map(rows.map((row) => [`${row.publishedAt} ${row.id}`, { ...row, id: `${row.publishedAt} ${row.id}` }])).values(),
      ];
      const all = given.map(distinct);
      const expected = distinct(all.flat().map(({ publishedAt, id }) => ({ publishedAt, id: id.split(' ')[1] ?? '' })))
        .filter((row) => isAfter(after, row))
        .sort(newestFirst)
        .slice(0, most);
      expect(
        await mergedLists(
          all.map((rows) => listOf(rows)),
          { after, most },
        ),
      ).toEqual(expected);
    }),
    { numRuns: 300, seed: 8 },
  );
});

it('reads many lists in small parts, and the one with most rows in larger ones', async () => {
  const asked: number[] = [];
  const busy = Array.from({ length: 500 }, (_, index) => ({ publishedAt: 10_000 - index, id: `${index}` }));
  const found = await mergedLists([listOf(busy, asked), ...Array.from({ length: 99 }, () => listOf([]))], { most: 301 });
  expect(found).toEqual(busy.slice(0, 301));
  expect(asked).toEqual([10, 20, 40, 80, 160]);
});
