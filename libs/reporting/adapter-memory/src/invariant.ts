import { addContribution, contributionOf, scopesOf, type Contribution } from '@barometer/kernel';
import { noCounts, type Counts, type Discrepancy } from '@barometer/reporting';
import type { ArticleRow, MemoryDatabase } from '@barometer/storage-memory';

type Rollups = ReadonlyMap<string, ReadonlyMap<number, Contribution>>;

/** What the roll-ups of these articles should be. */
export function expectedRollups(articles: Iterable<ArticleRow>): Rollups {
  const rollups = new Map<string, Map<number, Contribution>>();
  for (const { state, sentiment, sources, topics, joinedStory, hour } of articles) {
    if (state !== 'scored' || !sentiment) continue;
    for (const scope of scopesOf(
      sources.map(({ sourceId }) => sourceId),
      topics,
      joinedStory,
    )) {
      const hours = rollups.get(scope) ?? new Map<number, Contribution>();
      rollups.set(scope, hours.set(hour, addContribution(hours.get(hour) ?? noCounts, contributionOf(sentiment))));
    }
  }
  return rollups;
}

const isSame = (one: Counts, other: Counts) => (Object.keys(noCounts) as (keyof Counts)[]).every((key) => one[key] === other[key]);

/** Where the stored roll-ups of hours that are kept differ from the expected ones. */
export function findDiscrepancies(db: MemoryDatabase, expected: Rollups, isKept: (hour: number) => boolean): Discrepancy[] {
  const found: Discrepancy[] = [];
  for (const scope of [...new Set([...expected.keys(), ...db.rollups.keys()])].sort()) {
    const [wanted, stored] = [expected.get(scope), db.rollups.get(scope)];
    for (const hour of [...new Set([...(wanted?.keys() ?? []), ...(stored?.keys() ?? [])])].sort((one, other) => one - other)) {
      const pair = { stored: stored?.get(hour) ?? noCounts, expected: wanted?.get(hour) ?? noCounts };
      if (isKept(hour) && !isSame(pair.stored, pair.expected)) found.push({ scope, hour, ...pair });
    }
  }
  return found;
}

/** Sets a roll-up to the sum over the articles. */
export function mendRollup(db: MemoryDatabase, { scope, hour, expected }: Discrepancy): void {
  const hours = db.rollups.get(scope) ?? new Map<number, Contribution>();
  db.rollups.set(scope, hours.set(hour, expected));
}
