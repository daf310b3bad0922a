import type { Label, Sentiment } from '@barometer/events';
import { addContribution, contributionOf, DAY, hourOf, HOUR, lastExpiredHour, STANDARD_RETENTION, type Retention } from '@barometer/kernel';
import {
  bottomOf,
  countsOfStories,
  hasLabelAndState,
  hasWords,
  heaviestOf,
  outlineOf,
  noCounts,
  pageOf,
  readCursor,
  searchWords,
  sourcesOf,
  type ArticleQuery,
  type ArticleView,
  type HourCounts,
  type Period,
  type ReportStore,
  type Scope,
  type StoryWeighing,
  type Topic,
  type TopicStore,
} from '@barometer/reporting';

export const NOW = Date.parse('2026-11-23T10:20:00.000Z');

export function sentiment(tone: number): Sentiment {
  const label = tone > 0.2 ? 'positive' : tone < -0.2 ? 'negative' : 'neutral';
  const [positive, negative] = [Math.max(0, tone), Math.max(0, -tone)];
  return {
    label,
    confidence: 0.9,
    scores: { negative, positive, neutral: 1 - negative - positive },
    tone,
    uncertain: false,
    model: { id: 'fake-model', revision: 'r1' },
  };
}

export function article(letter: string, change: Partial<ArticleView> = {}, publishedAt = NOW - HOUR): ArticleView {
  return {
    id: letter.repeat(26),
    url: `https://news.example/${letter}`,
    title: `Title ${letter} of the day`,
    summary: 'A summary',
    sourceIds: ['daily'],
    topicIds: [],
    state: 'pending',
    journey: { publishedAt, dated: true, fetchedAt: publishedAt + 1, storedAt: publishedAt + 2, receives: 0, changes: 0 },
    ...(change.sentiment && { storyId: letter.repeat(26) }),
    ...change,
  };
}

/** Reads articles from an array; `touch` changes the `watermark`. */
export class FakeReportStore implements ReportStore {
  readonly findsEveryStory = true;
  private version = 1;
  constructor(
    public all: ArticleView[],
    readonly now = NOW,
    readonly retention: Retention = STANDARD_RETENTION,
  ) {}

  touch(): void {
    this.version += 1;
  }
  /** Does what the use cases of the sentiment domain would do. */
  judge(id: string, label: Label, at: number, score?: Sentiment): 'judged' | 'unscored' | 'gone' {
    const found = this.all.find((one) => one.id === id);
    if (!found) return 'gone';
    const modelSentiment = found.modelSentiment ?? found.sentiment ?? (found.state === 'skipped' ? score : undefined);
    if (!modelSentiment) return 'unscored';
    this.set({
      ...found,
      state: 'scored',
      judgement: { label, at },
      modelSentiment,
      sentiment: sentiment({ negative: -0.82, neutral: -0.05, positive: 0.62 }[label]),
    });
    return 'judged';
  }
  takeBack(id: string): 'taken-back' | 'unjudged' | 'gone' {
    const found = this.all.find((one) => one.id === id);
    if (!found?.modelSentiment) return found ? 'unjudged' : 'gone';
    const { judgement: _judgement, modelSentiment, ...rest } = found;
    const { sentiment: _sentiment, ...skipped } = rest;
    this.set(rest.reason === 'language' ? { ...skipped, state: 'skipped' } : { ...rest, sentiment: modelSentiment });
    return 'taken-back';
  }
  async watermark() {
    return `v${this.version}`;
  }
  async hours(scope: Scope, period: Period) {
    const byHour = new Map<number, HourCounts>();
    for (const one of this.within(scope, period)) {
      if (!one.sentiment) continue;
      const hour = hourOf(one.journey.publishedAt);
      byHour.set(hour, { hour, ...addContribution(byHour.get(hour) ?? noCounts, contributionOf(one.sentiment)) });
    }
    return [...byHour.values()].sort((a, b) => a.hour - b.hour);
  }
  async hoursBy(by: 'topic' | 'source', scope: Scope, period: Period) {
    const { sourceIds, ...rest } = scope;
    const ids = new Set(by === 'topic' ? this.all.flatMap((one) => one.topicIds) : (sourceIds ?? this.all.flatMap((one) => one.sourceIds)));
    const rows = [...ids].map(async (id) => [id, await this.hours(by === 'topic' ? { ...scope, topicId: id } : { ...rest, sourceId: id }, period)] as const);
    return new Map(await Promise.all(rows));
  }
  async *sourceDays(scope: Scope, firstDay: number, endDay: number) {
    for (let day = firstDay; day < endDay; day += 1) {
      const period = { from: day * DAY, to: (day + 1) * DAY };
      const all = await this.hoursBy('source', scope, period);
      yield { day, sources: new Map([...all].filter(([id, hours]) => hours.length > 0 && (sourcesOf(scope)?.includes(id) ?? true))) };
    }
  }
  async observedHours(_sourceIds: readonly string[] | undefined, period: Period) {
    return [hourOf(this.now - HOUR), hourOf(this.now)].filter((hour) => hour * HOUR >= period.from && hour * HOUR < period.to);
  }
  async importedHours(_sourceIds: readonly string[] | undefined, period: Period) {
    return [hourOf(this.now - 3 * HOUR)].filter((hour) => hour * HOUR >= period.from && hour * HOUR < period.to);
  }
  async checkedFrom() {
    return lastExpiredHour(this.now, this.retention.articles) + 1;
  }
  async modelChanges() {
    const by = (revision: string, at: number) => ({ at, model: { id: 'fake-model', revision } });
    return [by('r0', NOW - 9 * HOUR), by('r1', NOW - 5 * HOUR)];
  }
  async articles(query: ArticleQuery) {
    const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
    const rows = this.within(query, query.period ?? { from: 0, to: Number.MAX_SAFE_INTEGER })
      .map((view) => ({ view, id: view.id, publishedAt: view.journey.publishedAt, state: view.state, label: view.sentiment?.label }))
      .sort((a, b) => b.publishedAt - a.publishedAt || (a.id < b.id ? 1 : -1))
      .filter((row) => !after || row.publishedAt < after.publishedAt || (row.publishedAt === after.publishedAt && row.id < after.id));
    const words = searchWords(query.search);
    const matches = (row: (typeof rows)[number]) => hasLabelAndState(query, row) && (!words || hasWords(words, `${row.view.title} ${row.view.summary}`));
    const page = pageOf(rows, { limit: query.limit, matches, bottom: bottomOf(query, this.now, this.retention) });
    return { ...page, items: page.items.map(({ view }) => view) };
  }
  async judged({ limit, cursor }: { limit: number; cursor?: string }) {
    const page = await this.articles({ limit: 100, ...(cursor !== undefined && { cursor }) });
    return { ...page, items: page.items.filter(({ judgement }) => judgement).slice(0, limit) };
  }
  async article(id: string) {
    return this.all.find((one) => one.id === id);
  }
  async story(id: string, within?: Scope & { readonly period: Period }) {
    return (within ? this.within(within, within.period) : this.all)
      .filter((one) => one.storyId === id)
      .sort((a, b) => b.journey.publishedAt - a.journey.publishedAt);
  }
  async storyOutline(id: string, within: Scope & { readonly period: Period }) {
    const articles = await this.story(id, within);
    return articles.length === 0 ? undefined : outlineOf(articles);
  }
  async heaviestStories(scope: Scope, period: Period, by: StoryWeighing, limit: number) {
    return heaviestOf(this.stories(scope, period).values(), by, limit);
  }
  async storyCounts(ids: readonly string[], scope: Scope, period: Period) {
    return new Map([...this.stories(scope, period)].filter(([id]) => ids.includes(id)));
  }
  private stories(scope: Scope, period: Period) {
    return countsOfStories(this.within(scope, period).filter((one) => one.sentiment));
  }
  async strongest(scope: Scope, period: Period) {
    return this.within(scope, period).find((one) => one.sentiment);
  }
  async status() {
    const count = (state: string) => this.all.filter((one) => one.state === state).length;
    const waiting = this.all.filter(({ state }) => state === 'pending').map(({ journey }) => journey.storedAt);
    return {
      judgements: {
        judged: this.all.filter(({ judgement }) => judgement).length,
        agreed: this.all.filter(({ judgement, modelSentiment }) => judgement && judgement.label === modelSentiment?.label).length,
      },
      pending: count('pending'),
      scored: count('scored'),
      failed: count('failed'),
      skipped: count('skipped'),
      ...(waiting.length > 0 && { oldestPendingAt: Math.min(...waiting) }),
    };
  }
  async check() {
    return [];
  }
  async repair() {
    return 0;
  }

  private set(article: ArticleView): void {
    this.all = this.all.map((one) => (one.id === article.id ? article : one));
    this.touch();
  }

  private within({ topicId, ...scope }: Scope, { from, to }: Period) {
    return this.all.filter(
      (one) =>
        one.journey.publishedAt >= from &&
        one.journey.publishedAt < to &&
        (topicId === undefined || one.topicIds.includes(topicId)) &&
        (sourcesOf(scope)?.some((id) => one.sourceIds.includes(id)) ?? true),
    );
  }
}

export class FakeTopicStore implements TopicStore {
  constructor(private readonly topics = new Map<string, Topic>()) {}

  async add(topic: Topic) {
    if (this.topics.has(topic.id)) return false;
    this.topics.set(topic.id, topic);
    return true;
  }
  async list() {
    return [...this.topics.values()];
  }
  async find(id: string) {
    return this.topics.get(id);
  }
  async change(id: string, next: Pick<Topic, 'name' | 'anyOf' | 'allOf' | 'noneOf'>, now: number) {
    const topic = this.topics.get(id);
    if (!topic) return undefined;
    const changed = { ...topic, ...next, version: topic.version + 1, changedAt: now };
    this.topics.set(id, changed);
    return changed;
  }
  async remove(id: string) {
    return this.topics.delete(id);
  }
}

export function topic(id: string, phrases: string[]): Topic {
  return { id, name: id[0]?.toUpperCase() + id.slice(1), anyOf: phrases, allOf: [], noneOf: [], version: 1, readyVersion: 1, createdAt: NOW, changedAt: NOW };
}
