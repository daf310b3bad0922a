import { HOUR, hourOf, type Clock } from '@barometer/kernel';
import type { Article } from '../domain/article';
import { canonicalUrl } from '../domain/canonical-url';
import { itemKeys, type ItemKeys } from '../domain/item-keys';
import type { DetectLanguage } from '../domain/language';
import { isInFuture } from '../domain/listed-date';
import { listedItem, type ListedItem } from '../domain/listed-item';
import { pageKey } from '../domain/page-key';
import { PublisherSources } from '../domain/publisher-sources';
import type { Source } from '../domain/source';
import { takeArticles } from '../domain/take-articles';
import { ToldNothing } from '../domain/told-nothing';
import type { ArticleStore } from '../ports/article-store.port';
import type { ScoringQueue } from '../ports/scoring-queue.port';
import type { SourceStore } from '../ports/source-store.port';
import type { TopicCatalog, TopicRule } from '../ports/topic-catalog.port';
import { identifyArticles } from './identify-articles';
import { storeArticles } from './store-articles';

/** An article as a row of a file. */
export interface ImportedRow {
  readonly title: string;
  readonly url: string;
  /** Milliseconds since 1970, UTC. */
  readonly publishedAt: number;
  readonly publisher: string;
  readonly summary?: string;
  readonly language?: string;
}

/** The outcome of the rows so far. */
export interface ArticlesImported {
  readonly rows: number;
  /** Stored now; `unscored` of them get no score because of their language, or because they are a single word. */
  readonly stored: number;
  readonly unscored: number;
  /** In the store already, or earlier in the file. */
  readonly known: number;
  /** Older than the retention, or in hours whose counts outlive their articles: not stored. */
  readonly tooOld: number;
  /** Later than now: not stored. */
  readonly future: number;
  /** Publishers for which sources were created. */
  readonly newSources: number;
}

export interface ImportArticlesDeps {
  readonly articles: ArticleStore;
  readonly sources: SourceStore;
  readonly topics: TopicCatalog;
  readonly queue: ScoringQueue;
  readonly clock: Clock;
  readonly detectLanguage: DetectLanguage;
}

/** Articles in one write; large, since a file has many. */
const CHUNK = 500;

/** With more publishers, the column holds something else. */
const MOST_NEW_SOURCES = 2_000;

/** A file that cannot be a list of articles; the message is a sentence for a reader. */
export class ImportRefusedError extends Error {
  override readonly name = 'ImportRefusedError';
}

/**
 * Stores past articles under their own time, by the rules of polling: their identity, their text and their topics. Their
 * hours are marked as imported before they are stored, so that after a crash in between they are still new, and are
 * marked again. Importing a file twice stores nothing twice.
 */
export class ImportArticles {
  private publishers: PublisherSources | undefined;
  private readonly report = { rows: 0, stored: 0, unscored: 0, known: 0, tooOld: 0, future: 0, newSources: 0 };

  constructor(private readonly deps: ImportArticlesDeps) {}

  /** Stores some rows of a file, and answers the outcome of all so far. @throws ImportRefusedError */
  async add(rows: readonly ImportedRow[]): Promise<ArticlesImported> {
    const { clock, topics } = this.deps;
    const now = clock.now();
    this.report.rows += rows.length;
    const bySource = await this.bySource(await this.storable(rows, now), now);
    const rules = await topics.rules();
    const found: Article[] = [];
    const fresh = new Map<string, Article>();
    for (const { source, rows: own } of bySource) {
      for (const document of eachPageOnce(own)) {
        const { items, newIds } = await this.identified(source, document, rules, now);
        for (const item of items) if (newIds.has(item.id) && !fresh.has(item.id)) fresh.set(item.id, item);
        found.push(...items);
      }
    }
    if (fresh.size > 0) await this.deps.articles.markImported(hoursOf(fresh.values()));
    const { newArticles, skipped } = await storeArticles(this.deps, found, () => undefined, CHUNK);
    this.report.stored += newArticles;
    this.report.unscored += skipped;
    this.report.known = this.report.rows - this.report.stored - this.report.tooOld - this.report.future;
    return { ...this.report };
  }

  private async storable(rows: readonly ImportedRow[], now: number): Promise<ImportedRow[]> {
    const oldest = (await this.deps.articles.importableFrom(now)) * HOUR;
    const kept: ImportedRow[] = [];
    for (const row of rows) {
      if (row.publishedAt < oldest) this.report.tooOld += 1;
      else if (isInFuture(row.publishedAt, now)) this.report.future += 1;
      else kept.push(row);
    }
    return kept;
  }

  /** The rows by source, in the order of the file; new sources are stored first. */
  private async bySource(rows: readonly ImportedRow[], now: number): Promise<{ source: Source; rows: ImportedRow[] }[]> {
    const { sources } = this.deps;
    const publishers = (this.publishers ??= new PublisherSources(await sources.list()));
    const groups = new Map<string, { source: Source; rows: ImportedRow[] }>();
    for (const row of rows) {
      const source = publishers.of(row.publisher, row.url, now);
      const group = groups.get(source.id) ?? { source, rows: [] };
      groups.set(source.id, group);
      group.rows.push(row);
    }
    const made = publishers.takeNew();
    this.report.newSources += made.length;
    if (this.report.newSources > MOST_NEW_SOURCES)
      throw new ImportRefusedError(`The file names more than ${MOST_NEW_SOURCES} publishers that are no sources yet. Is the publisher in that column?`);
    if (made.length > 0) await sources.addAll(made);
    return [...groups.values()];
  }

  private async identified(
    source: Source,
    rows: readonly ImportedRow[],
    rules: readonly TopicRule[],
    now: number,
  ): Promise<{ items: readonly Article[]; newIds: ReadonlySet<string> }> {
    const listed = rows.map((row) => this.listed(row, source, now)).filter((item) => item !== undefined);
    const toldNothing = new ToldNothing();
    const keys = itemKeys(listed, { sourceId: source.id, ownPages: [], toldNothing });
    const items = listed.map((item, index) => ({ ...item, itemKeys: keys[index] as ItemKeys }));
    const { taken } = takeArticles(items, { sourceId: source.id, firstPoll: false, firstSeen: new Map(), rules, now, maxAge: Infinity });
    const { articles, newIds } = await identifyArticles(this.deps.articles, { sourceId: source.id, before: new Set(), toldNothing }, taken, items);
    return { items: articles, newIds };
  }

  private listed({ title, url, summary, publishedAt, publisher, language }: ImportedRow, source: Source, now: number): ListedItem | undefined {
    const item = {
      title,
      titleIsText: true,
      link: url,
      publishedAt,
      ...(summary !== undefined && { summary }),
      ...(language !== undefined && { language }),
      ...(publisher !== source.name && { publisher }),
    };
    return listedItem(item, { source, feed: {}, baseUrl: url, now, detectLanguage: this.deps.detectLanguage });
  }
}

/** The hours of articles, by the source that listed each first. */
function hoursOf(articles: Iterable<Article>): Map<string, number[]> {
  const bySource = Map.groupBy(articles, ({ sourceIds }) => sourceIds[0] ?? '');
  return new Map([...bySource].map(([id, own]) => [id, [...new Set(own.map(({ publishedAt }) => hourOf(publishedAt)))]]));
}

/**
 * Splits rows so that each part has a page only once: in a feed, a page shared by two items identifies neither, but in
 * an archive it is one article with two headlines.
 */
function eachPageOnce(rows: readonly ImportedRow[]): ImportedRow[][] {
  const parts: ImportedRow[][] = [];
  const times = new Map<string, number>();
  for (const row of rows) {
    const page = pageKey(canonicalUrl(row.url) ?? row.url) ?? row.url;
    const part = times.get(page) ?? 0;
    times.set(page, part + 1);
    (parts[part] ??= []).push(row);
  }
  return parts;
}
