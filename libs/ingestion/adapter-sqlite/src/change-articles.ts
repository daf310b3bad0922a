import { addGained, type NewArticle, type StoredArticle, type StoredChange, type Storing } from '@barometer/ingestion';
import { expiryOf, hourOf, RollupIncrements } from '@barometer/kernel';
import {
  addToRollups,
  indexWords,
  refreshStoryTotals,
  sentimentColumns,
  sentimentOf,
  type SentimentColumns,
  type SqliteDatabase,
} from '@barometer/storage-sqlite';

/** Among the store's facts about itself: the highest number of an article that was removed. */
export const LAST_NUMBER = 'articles.last-number';

interface ReadArticle extends StoredArticle {
  readonly keys: readonly string[];
  readonly story: string;
}

/** `ChangeArticles` in SQLite. Call it in a transaction. */
export function changeArticles(db: SqliteDatabase, ids: readonly string[], { begin, again }: Storing): StoredChange[] {
  const known = new Map(readArticles(db, ids).map((article) => [article.id, article]));
  const rollups = new RollupIncrements();
  const stories: string[] = [];
  const versions = begin && known.size < ids.length ? topicVersions(db) : new Set();
  const changes = ids.flatMap((id): StoredChange[] => {
    const before = known.get(id);
    if (!before) {
      const after = begin?.(id, ({ topicId, version }) => versions.has(`${version} ${topicId}`));
      if (after) insert(db, after);
      return after ? [{ after }] : [];
    }
    const after = again(before);
    if (after === before) return [];
    update(db, before, after);
    addGained(rollups, before, after);
    if (after.sentiment && after.sources.length + after.topics.length > before.sources.length + before.topics.length) stories.push(after.story);
    return [{ before, after }];
  });
  addToRollups(db, rollups);
  refreshStoryTotals(db, stories);
  return changes;
}

type Row = Pick<StoredArticle, 'id' | 'url' | 'title' | 'summary' | 'publishedAt' | 'changes'> &
  SentimentColumns & { readonly story: string; readonly keys: string; readonly sources: string; readonly topics: string };

const query = `SELECT id, url, title, summary, published_at AS publishedAt, changes, coalesce(joined_story, id) AS story, ${sentimentColumns},
    (SELECT json_group_array(key) FROM article_keys WHERE article_id = a.id) AS keys,
    (SELECT json_group_array(json_array(source_id, listed)) FROM (SELECT source_id, listed FROM article_sources WHERE article_id = a.id ORDER BY position)) AS sources,
    (SELECT json_group_array(json_object('topicId', topic_id, 'version', version)) FROM (SELECT topic_id, version FROM article_topics WHERE article_id = a.id ORDER BY topic_id, version)) AS topics
  FROM articles a WHERE id IN (SELECT value FROM json_each(?))`;

/** These articles as storing sees them, in any order. */
export function readArticles(db: SqliteDatabase, ids: readonly string[]): ReadArticle[] {
  return db.all<Row>(query, JSON.stringify(ids)).map((row) => {
    const { id, url, title, summary, publishedAt, changes, story } = row;
    const sentiment = sentimentOf(row);
    const sources = (JSON.parse(row.sources) as [string, string | null][]).map(([sourceId, listed]) => ({ sourceId, ...(listed !== null && { listed }) }));
    const [keys, topics] = [JSON.parse(row.keys), JSON.parse(row.topics)];
    return { id, url, title, summary, publishedAt, changes, story, keys, sources, topics, ...(sentiment && { sentiment }) };
  });
}

function topicVersions(db: SqliteDatabase): ReadonlySet<string> {
  const rows = db.all<{ topicId: string; version: number }>('SELECT topic_id AS topicId, version FROM topic_versions');
  return new Set(rows.map(({ topicId, version }) => `${version} ${topicId}`));
}

function insert(db: SqliteDatabase, article: NewArticle): void {
  const hour = hourOf(article.publishedAt);
  const row = db.get<{ number: number }>(
    `INSERT INTO articles (number, id, url, title, summary, publisher, language, published_at, dated, fetched_at, stored_at, hour, expires_at, state, reason)
     VALUES (1 + max(coalesce((SELECT max(number) FROM articles), 0), coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?), 0)),
             ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number`,
    LAST_NUMBER,
    article.id,
    article.url,
    article.title,
    article.summary,
    article.publisher ?? null,
    article.language ?? null,
    article.publishedAt,
    Number(article.dated),
    article.fetchedAt,
    article.storedAt,
    hour,
    expiryOf(hour),
    article.state,
    article.reason ?? null,
  );
  if (row) indexWords(db, row.number, article);
  writeMemberships(db, { keys: [], sources: [], topics: [] }, article);
}

function update(db: SqliteDatabase, before: ReadArticle, after: ReadArticle): void {
  if (before.url !== after.url || before.changes !== after.changes) {
    db.run('UPDATE articles SET url = ?, changes = ? WHERE id = ?', after.url, after.changes, after.id);
  }
  writeMemberships(db, before, after);
}

/** Writes the keys, sources and topics that have come, and what sources list otherwise than before; none go. */
function writeMemberships(
  db: SqliteDatabase,
  before: Pick<ReadArticle, 'keys' | 'sources' | 'topics'>,
  { id, publishedAt, keys, sources, topics }: Pick<ReadArticle, 'id' | 'publishedAt' | 'keys' | 'sources' | 'topics'>,
): void {
  // A key that another article has, as its id or besides it, stays that one's.
  const take = 'INSERT OR IGNORE INTO article_keys (key, article_id) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM articles WHERE id = ?)';
  for (const key of keys.slice(before.keys.length)) db.run(take, key, id, key);
  const list = 'INSERT INTO article_sources (article_id, source_id, published_at, position, listed) VALUES (?, ?, ?, ?, ?)';
  sources.forEach((source, position) => {
    if (source === before.sources[position]) return;
    const listed = source.listed ?? null;
    if (position < before.sources.length) db.run('UPDATE article_sources SET listed = ? WHERE article_id = ? AND source_id = ?', listed, id, source.sourceId);
    else db.run(list, id, source.sourceId, publishedAt, position, listed);
  });
  const join = 'INSERT INTO article_topics (article_id, topic_id, version, published_at) VALUES (?, ?, ?, ?)';
  for (const topic of topics) if (!before.topics.includes(topic)) db.run(join, id, topic.topicId, topic.version, publishedAt);
}
