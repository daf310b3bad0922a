import type { Clock } from '@barometer/kernel';
import { SPARKLINE_POINTS, sparklineOf, type BreakdownRow } from '../domain/breakdown';
import { volumeOf } from '../domain/figures';
import { moodOf } from '../domain/mood';
import { observationPeriod, observedIn, OBSERVED_SHARE } from '../domain/observation';
import { holdsHour, hoursIn, knownPeriod, periodBefore } from '../domain/period';
import type { ArticleView, HourCounts, Period, Scope } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';
import type { TopicStore } from '../ports/topic-store.port';
import type { ScopedPeriod } from './get-mood.use-case';
import { newestScored } from './newest-scored';

export interface BreakdownQuery extends ScopedPeriod {
  readonly by: 'topic' | 'source';
  /** The most rows, from 1; all of them where it is not given. */
  readonly limit?: number;
}

export interface Breakdown {
  readonly period: Period;
  readonly by: 'topic' | 'source';
  /** The largest volume first. */
  readonly rows: readonly BreakdownRow[];
  /** How many more there are. */
  readonly left: number;
}

interface Deps {
  readonly reports: ReportStore;
  readonly topics: TopicStore;
  readonly clock: Clock;
  /** Names of the sources by id; one that has been removed keeps its figures and shows its id. */
  readonly sourceNames: () => Promise<ReadonlyMap<string, string>>;
}

interface Member {
  readonly id: string;
  readonly name: string;
  readonly ready: boolean;
}

/** From so many hours on a part of the sparkline is a day or longer, so that days are fine enough. */
const HOURS_FOR_DAYS = 24 * SPARKLINE_POINTS;

/** Topics or sources side by side. */
export class GetBreakdown {
  constructor(private readonly deps: Deps) {}

  async execute({ by, period: asked, limit, ...scope }: BreakdownQuery): Promise<Breakdown> {
    const { reports, clock } = this.deps;
    const period = knownPeriod(asked, clock.now());
    const both = { from: periodBefore(period).from, to: period.to };
    const [hours, polled] = await Promise.all([
      reports.hoursBy(by, scope, both, { wholeDays: hoursIn(period) >= HOURS_FOR_DAYS }),
      reports.observedHours(scope.sourceId, observationPeriod(scope, both)),
    ]);
    const all = by === 'topic' ? await this.topicMembers() : await this.sourceMembers(hours);
    const volumes = new Map(all.map(({ id }) => [id, (hours.get(id) ?? []).reduce((sum, row) => sum + (holdsHour(period, row.hour) ? volumeOf(row) : 0), 0)]));
    const members = all.sort((one, other) => (volumes.get(other.id) ?? 0) - (volumes.get(one.id) ?? 0) || one.name.localeCompare(other.name)).slice(0, limit);
    const topOf = await this.topArticles(by, scope, period);
    // What is hardly kept any more cannot have been watched: then nothing is read of who watched it, source by source.
    const before = periodBefore(period);
    const comparable = hoursIn(knownPeriod(before, clock.now())) >= hoursIn(before) * OBSERVED_SHARE;
    const rows = await Promise.all(
      members.map(async (member) => {
        const own: Scope = by === 'topic' ? { ...scope, topicId: member.id } : { ...scope, sourceId: member.id };
        const ownPolled = by === 'topic' ? polled : comparable ? await reports.observedHours(member.id, observationPeriod(own, both)) : [];
        const row = this.row(member, own, period, hours.get(member.id) ?? [], observedIn(own, both, ownPolled));
        const topArticle = row.volume > 0 ? await topOf(member.id) : undefined;
        return { ...row, ...(topArticle && { topArticle }) };
      }),
    );
    return { period, by, rows, left: all.length - members.length };
  }

  private async topicMembers(): Promise<Member[]> {
    const topics = await this.deps.topics.list();
    return topics.map(({ id, name, readyVersion }) => ({ id, name, ready: readyVersion !== undefined }));
  }

  private async sourceMembers(hours: ReadonlyMap<string, readonly HourCounts[]>): Promise<Member[]> {
    const names = await this.deps.sourceNames();
    const ids = new Set([...names.keys(), ...hours.keys()]);
    return [...ids].map((id) => ({ id, name: names.get(id) ?? id, ready: true }));
  }

  /**
   * The strongest article of each row. Topics have lists of their own; sources are too many to look into each one's, and a topic
   * in a source has none: there it is looked for among the newest 100 articles of the scope.
   */
  private async topArticles(by: 'topic' | 'source', scope: Scope, period: Period): Promise<(id: string) => Promise<ArticleView | undefined>> {
    const { reports } = this.deps;
    if (by === 'topic' && scope.sourceId === undefined) return (topicId) => reports.strongest({ topicId }, period);
    const tops = new Map<string, ArticleView>();
    for (const article of (await newestScored(reports, scope, period, 1)).articles) {
      if (article.sentiment?.uncertain !== false) continue;
      for (const id of by === 'topic' ? article.topicIds : article.sourceIds) if (strengthOf(article) > strengthOf(tops.get(id))) tops.set(id, article);
    }
    return async (id) => tops.get(id);
  }

  private row(member: Member, scope: Scope, period: Period, hours: readonly HourCounts[], observed: ReadonlySet<number>): BreakdownRow {
    const { counts, volume, shares, tone, standardError, word, change } = moodOf(period, { rows: hours, bySource: new Map([['', hours]]), oneSource: scope.sourceId !== undefined }, observed);
    return {
      ...member,
      counts,
      volume,
      shares,
      ...(tone !== undefined && { tone }),
      ...(standardError !== undefined && { standardError }),
      ...(word !== undefined && { word }),
      change,
      sparkline: sparklineOf(period, hours.filter(({ hour }) => holdsHour(period, hour))),
    };
  }
}

const strengthOf = (article: ArticleView | undefined): number => (article?.sentiment ? Math.abs(article.sentiment.tone) : -1);
