import { addGained, type NewArticle, type StoredChange, type Storing } from '@barometer/ingestion';
import { expiryOf, hourOf, RollupIncrements } from '@barometer/kernel';
import { addToRollups, type ArticleRow, type MemoryDatabase } from '@barometer/storage-memory';

/** `ChangeArticles` in memory. Call it in a transaction. */
export function changeArticles(db: MemoryDatabase, ids: readonly string[], { begin, again }: Storing): StoredChange[] {
  const rollups = new RollupIncrements();
  const changes = ids.flatMap((id): StoredChange[] => {
    const before = db.articles.get(id);
    const after = before
      ? again(before)
      : begin &&
        rowOf(
          db,
          begin(id, ({ topicId, version }) => db.topicVersions.get(topicId)?.has(version) ?? false),
        );
    if (!after || after === before) return [];
    const own = before?.keys ?? [];
    db.articles.set(id, { ...after, keys: [...own, ...take(db, id, after.keys.slice(own.length))] });
    if (before) addGained(rollups, before, after);
    return [{ before, after }];
  });
  addToRollups(db, rollups);
  return changes;
}

function rowOf(db: MemoryDatabase, article: NewArticle): ArticleRow {
  const hour = hourOf(article.publishedAt);
  return { ...article, number: db.nextArticleNumber(), hour, expiresAt: expiryOf(hour), receives: 0, availableAt: 0 };
}

/** Those of the keys that no other article has, which are this one's from now on. */
function take(db: MemoryDatabase, articleId: string, keys: readonly string[]): string[] {
  const free = keys.filter((key) => !db.articleKeys.has(key) && !db.articles.has(key));
  for (const key of free) db.articleKeys.set(key, articleId);
  return free;
}
