import { setImmediate } from 'node:timers/promises';
import { DAY, MICRO, scopeKey, type TopicVersion } from '@barometer/kernel';
import { heaviestOf, leastArticles, weightOf, type StoryCounts, type StoryWeighing } from '@barometer/reporting';
import type { SqliteDatabase } from '@barometer/storage-sqlite';
import { joinedTo, membership, membershipLists } from './story-rows';

/**
 * The scope and period in which stories are looked for: from `from` to before `to`, in milliseconds, and nothing older
 * than what is kept.
 */
export interface StoryPlace {
  readonly topic?: TopicVersion | undefined;
  readonly sourceId?: string | undefined;
  readonly from: number;
  readonly to: number;
}

/** Longer stories are found by a separate index. */
const SHORT_DAYS = 3;
/** Days of stories, and stories to count, before other work gets a turn: some milliseconds each. */
const DAYS_A_TURN = 8;
const COUNTED_A_TURN = 150;

const counts = 'story AS id, articles, tone_sum AS toneSum, first_at AS firstAt, last_at AS lastAt';
const within = 'scope = ?1 AND first_day = ?2 AND first_at >= ?3 AND last_at < ?4 AND articles >= ?5';

export const largestQuery = `SELECT ${counts} FROM story_totals INDEXED BY story_totals_by_size WHERE ${within} ORDER BY articles DESC, last_at DESC LIMIT ?6`;
export const heaviestQuery = `SELECT ${counts} FROM story_totals INDEXED BY story_totals_by_size WHERE ${within} AND abs(?7 * articles + ?8 * tone_sum) >= ?9 ORDER BY abs(?7 * articles + ?8 * tone_sum) DESC, last_at DESC LIMIT ?6`;
/** Stories that began before a time and ended after it: short ones by the day on which they began, and the long ones. */
export const crossingQuery = `SELECT story AS id FROM story_totals INDEXED BY story_totals_by_size
    WHERE scope = ?1 AND first_day >= ?2 / ${DAY} - ${SHORT_DAYS} AND first_day <= ?2 / ${DAY} AND more_days <= ${SHORT_DAYS} AND first_at < ?2 AND last_at >= ?2 AND articles >= ?3
  UNION ALL SELECT story FROM story_totals INDEXED BY story_totals_long WHERE more_days > ${SHORT_DAYS} AND scope = ?1 AND articles >= ?3 AND first_at < ?2 AND last_at >= ?2`;

/** The counts of these stories in this scope and period, from their articles. */
export async function countStories(db: SqliteDatabase, ids: readonly string[], place: StoryPlace): Promise<StoryCounts[]> {
  const lists = membershipLists(place);
  const first = membership({ topic: place.topic, sourceIds: place.sourceId === undefined ? undefined : [place.sourceId] }, 'a');
  const query = `WITH told AS (
      SELECT j.value AS story, a.published_at, a.tone FROM json_each(?1) j CROSS JOIN articles i INDEXED BY articles_by_story
        ON i.joined_story = j.value AND i.published_at >= ?2 AND i.published_at < ?3 ${joinedTo('i', lists)} CROSS JOIN articles a ON a.number = i.number
      WHERE a.state = 'scored'
      UNION ALL SELECT j.value, a.published_at, a.tone FROM json_each(?1) j CROSS JOIN articles a
      WHERE a.id = j.value AND +a.published_at >= ?2 AND +a.published_at < ?3 AND +a.state = 'scored' AND a.joined_story IS NULL${first.sql}
    ) SELECT story AS id, count(*) AS articles, sum(tone) AS toneSum, min(published_at) AS firstAt, max(published_at) AS lastAt FROM told GROUP BY story`;
  const params = [...lists.flatMap((list) => list.params), ...first.params];
  const found: StoryCounts[] = [];
  for (let start = 0; start < ids.length; start += COUNTED_A_TURN) {
    if (start > 0) await setImmediate();
    found.push(...db.all<StoryCounts>(query, JSON.stringify(ids.slice(start, start + COUNTED_A_TURN)), place.from, place.to, ...params));
  }
  return found;
}

/**
 * The heaviest stories. Most of them are entirely inside the period, and their totals are in an index by day and size:
 * the largest of each day show how many articles a story needs to be among the heaviest, and fewer days have such
 * stories. Stories that cross an end of the period are counted by their articles.
 */
export async function heaviestStories(db: SqliteDatabase, place: StoryPlace, by: StoryWeighing, limit: number): Promise<StoryCounts[]> {
  const scope = scopeKey(place);
  const { from, to } = place;
  if (limit < 1 || to <= from) return [];
  let best: StoryCounts[] = [];
  const add = (rows: readonly StoryCounts[]) => {
    if (rows.length > 0) best = heaviestOf(new Map([...best, ...rows].map((row) => [row.id, { ...row }])).values(), by, limit);
  };
  /** The least weight with which a story can still be among the heaviest; slightly less, since SQLite may round differently. */
  const bar = (): number => {
    const last = best.length === limit ? best.at(-1) : undefined;
    return Math.max(by.least ?? 0, last ? weightOf(last, by) : 0) * (1 - 1e-9);
  };
  const least = (): number => leastArticles(bar(), by);
  const [first, last] = [Math.floor(from / DAY), Math.floor((to - 1) / DAY)];
  const each = async (read: (day: number) => readonly StoryCounts[]) => {
    for (let day = last; day >= first; day -= 1) {
      add(read(day));
      if ((last - day) % DAYS_A_TURN === DAYS_A_TURN - 1) await setImmediate();
    }
    await setImmediate();
  };
  await each((day) => db.all<StoryCounts>(largestQuery, scope, day, from, to, least(), limit));
  if (by.perTone !== 0) await each((day) => db.all<StoryCounts>(heaviestQuery, scope, day, from, to, least(), limit, by.perArticle, by.perTone / MICRO, bar()));
  const crossing = [from, to].flatMap((end) => db.all<{ id: string }>(crossingQuery, scope, end, least()).map(({ id }) => id));
  add(await countStories(db, [...new Set(crossing)], place));
  return best;
}
