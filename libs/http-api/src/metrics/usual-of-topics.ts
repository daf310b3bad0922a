import { hourOf } from '@barometer/kernel';
import type { Mood, Period } from '@barometer/reporting';
import type { ReadModels } from '../dependencies';

/** Topics whose usual range one scrape may compute: each reads four weeks of hours. */
const LEARNED_AT_ONCE = 10;

/**
 * The usual range of each topic's mood, computed once an hour, a few topics per scrape: the others keep their previous
 * range, or get one in the next scrapes.
 */
export class UsualOfTopics {
  private known = new Map<string, { readonly hour: number; readonly usual: Mood['usual'] }>();

  /** The known ranges of these topics, after computing at most ten of them; topics that are not passed are forgotten. */
  async of(topicIds: readonly string[], period: Period, mood: ReadModels['mood']): Promise<ReadonlyMap<string, Mood['usual']>> {
    const hour = hourOf(period.to);
    const old = topicIds.filter((id) => this.known.get(id)?.hour !== hour);
    const next = [...old.filter((id) => !this.known.has(id)), ...old.filter((id) => this.known.has(id))].slice(0, LEARNED_AT_ONCE);
    const learned = await Promise.all(next.map(async (topicId) => [topicId, { hour, usual: (await mood.execute({ period, topicId })).usual }] as const));
    const all = new Map([...this.known, ...learned]);
    this.known = new Map(
      topicIds.flatMap((id) => {
        const one = all.get(id);
        return one ? [[id, one] as const] : [];
      }),
    );
    return new Map([...this.known].map(([id, { usual }]) => [id, usual]));
  }
}
