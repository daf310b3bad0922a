import type { Clock } from '@barometer/kernel';
import { sparklineOf, type BreakdownRow } from '../domain/breakdown';
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
}

export interface Breakdown {
  readonly period: Period;
  readonly by: 'topic' | 'source';
  /** The largest volume first. */
  readonly rows: readonly BreakdownRow[];
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

/** Topics or sources side by side. */
export class GetBreakdown {
  constructor(private readonly deps: Deps) {}

  async execute({ by, period: asked, ...scope }: BreakdownQuery): Promise<Breakdown> {
    const { reports, clock } = this.deps;
    const period = knownPeriod(asked, clock.now());
    const both = { from: periodBefore(period).from, to: period.to };
    const [hours, polled] = await Promise.all([
      reports.hoursBy(by, scope, both),
      reports.observedHours(scope.sourceId, observationPeriod(scope, both)),
    ]);
    const members = by === 'topic' ? await this.topicMembers() : await this.sourceMembers(hours);
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
    return { period, by, rows: rows.sort((one, other) => other.volume - one.volume || one.name.localeCompare(other.name)) };
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
