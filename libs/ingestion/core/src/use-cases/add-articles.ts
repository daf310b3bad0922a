import type { Moment } from '@barometer/kernel';
import type { Article } from '../domain/article';
import { listedAgain, newArticle } from '../domain/stored-article';
import type { ChangeArticles, StoredChange } from '../ports/article-records.port';
import type { AddReport } from '../ports/article-store.port';

/** Implements `ArticleStore.addAll` for every store: applies the rules of storing articles through the store's `change`. */
export async function addArticles(change: ChangeArticles, articles: readonly Article[], moment: Moment): Promise<AddReport> {
  const report = { pending: [] as string[], skipped: 0, linked: 0, changed: 0, known: 0 };
  for (const round of rounds(articles)) {
    const changes = await change([...round.keys()], {
      begin: (id, isThere) => newArticle(round.get(id) as Article, moment.now, isThere),
      again: (known) => listedAgain(known, round.get(known.id) as Article, moment),
    });
    const made = new Map(changes.map((one) => [one.after.id, one]));
    for (const article of round.values()) count(report, article, made.get(article.id));
  }
  return report;
}

/** Splits the articles into rounds in which each id occurs once; repeated ids go into later rounds in their order. */
function rounds(articles: readonly Article[]): Map<string, Article>[] {
  const found: Map<string, Article>[] = [];
  for (const article of articles) {
    const round = found.find((one) => !one.has(article.id));
    if (round) round.set(article.id, article);
    else found.push(new Map([[article.id, article]]));
  }
  return found;
}

function count(report: { pending: string[]; skipped: number; linked: number; changed: number; known: number }, article: Article, change?: StoredChange): void {
  const { before, after } = change ?? {};
  if (after && !before) {
    if (article.status.state === 'pending') report.pending.push(article.id);
    else report.skipped += 1;
    return;
  }
  const linked = before !== undefined && after !== undefined && after.sources.length > before.sources.length;
  const changed = before !== undefined && after !== undefined && after.changes > before.changes;
  report.linked += Number(linked);
  report.changed += Number(changed);
  report.known += Number(!linked && !changed);
}
