import type { ReaderJudgement, Sentiment } from '@barometer/events';
import { articleIdOf, HOUR, ManualClock, type Clock, type Retention, type TopicVersion } from '@barometer/kernel';
import type { ArticleQuery, ArticleState, ArticleView } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';

/** An article that is in a store before a test begins, with its counts in the roll-ups if it is scored. */
export interface SeedArticle {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly publisher?: string;
  readonly publishedAt: number;
  readonly storedAt: number;
  readonly sourceIds: readonly string[];
  readonly topics: readonly TopicVersion[];
  /** The story that it joined. */
  readonly joinedStory?: string;
  readonly state: ArticleState;
  readonly reason?: string;
  readonly sentiment?: Sentiment;
  readonly judgement?: ReaderJudgement;
  readonly modelSentiment?: Sentiment;
}

/** A store, with functions that write to it as other domains would. */
export interface ReportStoreFixture {
  readonly store: ReportStore;
  articles(articles: readonly SeedArticle[]): void;
  /** A topic with its latest version; readers see `readyVersion`. */
  topic(topic: { readonly id: string; readonly version: number; readonly readyVersion?: number }): void;
  /** Records a successful poll of the source in this hour. */
  observed(sourceId: string, hour: number): void;
  /** Records an import of the source's articles into this hour. */
  imported(sourceId: string, hour: number): void;
  /** Counts one positive article too many in a roll-up. */
  spoil(scope: string, hour: number): void;
}

export type MakeReportStore = (clock: Clock, retention?: Retention) => ReportStoreFixture;

/** The present time of every test, on the hour. */
export const NOW = Date.UTC(2026, 10, 23, 12);

export const model = { id: 'small', revision: 'r1' };

/** A sentiment with this tone; the label follows it. */
export function sentimentOf(tone: number, more: Partial<Sentiment> = {}): Sentiment {
  const label = tone > 0.3 ? 'positive' : tone < -0.3 ? 'negative' : 'neutral';
  const scores = { negative: Math.max(0, -tone), neutral: 1 - Math.abs(tone), positive: Math.max(0, tone) };
  return { label, confidence: 0.9, scores, tone, uncertain: false, model, ...more };
}

/** An article named by a number, each one an hour older than the one before; scored 0 by default. */
export function seed(name: string | number, more: Partial<SeedArticle> & { readonly tone?: number } = {}): SeedArticle {
  const { tone = 0, ...rest } = more;
  const publishedAt = more.publishedAt ?? NOW - (typeof name === 'number' ? name + 1 : 1) * HOUR;
  const state = more.state ?? 'scored';
  return {
    id: articleIdOf(`${name}`),
    title: `Article ${name}`,
    summary: '',
    publishedAt,
    storedAt: publishedAt + 5_000,
    sourceIds: ['wire'],
    topics: [],
    ...(state === 'scored' && { sentiment: sentimentOf(tone) }),
    ...rest,
    state,
  };
}

/** A fixture with a clock set to `NOW`. */
export function begin(make: MakeReportStore, retention?: Retention): ReportStoreFixture & { readonly clock: ManualClock } {
  const clock = new ManualClock(NOW);
  return { ...make(clock, retention), clock };
}

/** All pages of a query; throws if a cursor repeats a page. */
export async function walk(store: ReportStore, query: Omit<ArticleQuery, 'cursor'>): Promise<ArticleView[]> {
  const found: ArticleView[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.articles({ ...query, ...(cursor !== undefined && { cursor }) });
    if (page.items.length > query.limit) throw new Error(`a page of ${page.items.length}, asked for ${query.limit}`);
    if (page.cursor !== undefined && page.cursor === cursor) throw new Error('a cursor that leads to itself');
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}
