import type { Clock } from '@barometer/kernel';
import { SPARKLINE_POINTS, sparklineOf, type BreakdownRow } from '../domain/breakdown';
import { addHours, volumeOf } from '../domain/figures';
import { moodOf } from '../domain/mood';
import { observationPeriod, observedIn, OBSERVED_SHARE } from '../domain/observation';
import { holdsHour, hoursIn, knownPeriod, periodBefore } from '../domain/period';
import { hasSources, sourcesOf, type ArticleView, type HourCounts, type Period, type Scope } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';
import type { TopicStore } from '../ports/topic-store.port';
import type { Comparison } from './get-drivers.use-case';
import type { ScopedPeriod } from './get-mood.use-case';
import { newestScored } from './newest-scored';
import { MOST_USUAL_ROWS, type UsualRanges } from './usual-ranges';

export type BreakdownKind = 'topic' | 'source' | 'group';

export interface BreakdownQuery extends ScopedPeriod {
  readonly by: BreakdownKind;
  /** Maximum number of rows, at least 1; all by default. */
  readonly limit?: number;
  /** `usual`: rows say whether their tone is usual of them, as their mood would. `before` where it is not given. */
  readonly against?: Comparison;
}

export interface Breakdown {
  readonly period: Period;
  readonly by: BreakdownKind;
  /** The largest volume first. */
  readonly rows: readonly BreakdownRow[];
  /** How many more rows there are. */
  readonly left: number;
}

interface Deps {
  readonly reports: ReportStore;
  readonly topics: TopicStore;
  readonly usual: Pick<UsualRanges, 'verdict'>;
  readonly clock: Clock;
  /** Names of the sources by id; a removed one keeps its figures and is called by its id. */
  readonly sourceNames: () => Promise<ReadonlyMap<string, string>>;
  /** Every group of sources with the ids of its present sources. */
  readonly groups: () => Promise<readonly SourceGroup[]>;
}

export interface SourceGroup {
  readonly name: string;
  readonly members: readonly string[];
}

interface Member {
  readonly id: string;
  readonly name: string;
  readonly ready: boolean;
  /** The scope of its figures. */
  readonly scope: Scope;
}

/** From this many hours, a part of the sparkline is a day or longer, so daily rows are enough. */
const HOURS_FOR_DAYS = 24 * SPARKLINE_POINTS;

/** Topics, sources or groups of sources side by side. A source of several groups is in the row of each. */
export class GetBreakdown {
  constructor(private readonly deps: Deps) {}

  async execute({ by, period: asked, limit, against = 'before', ...scope }: BreakdownQuery): Promise<Breakdown> {
    const { reports, clock } = this.deps;
    const period = knownPeriod(asked, clock.now(), reports.retention);
    const both = { from: periodBefore(period).from, to: period.to };
    const largest = limit !== undefined && by !== 'group' && { largest: { most: limit, in: period } };
    const [found, polled] = await Promise.all([
      reports.hoursBy(by === 'topic' ? 'topic' : 'source', scope, both, {
        ...(hoursIn(period) >= HOURS_FOR_DAYS && { wholeDays: { cut: period.from } }),
        ...largest,
      }),
      by === 'topic' ? reports.observedHours(sourcesOf(scope), observationPeriod(scope, both)) : [],
    ]);
    const all = by === 'topic' ? await this.topicMembers(scope) : by === 'source' ? await this.sourceMembers(scope, found) : await this.groupMembers(scope);
    const hours =
      by === 'group' ? new Map(all.map(({ id, scope: { sourceIds = [] } }) => [id, addHours(sourceIds.map((source) => found.get(source) ?? []))])) : found;
    const volumes = new Map(all.map(({ id }) => [id, (hours.get(id) ?? []).reduce((sum, row) => sum + (holdsHour(period, row.hour) ? volumeOf(row) : 0), 0)]));
    const members = all.sort((one, other) => (volumes.get(other.id) ?? 0) - (volumes.get(one.id) ?? 0) || one.name.localeCompare(other.name)).slice(0, limit);
    const topOf = await this.topArticles(by, scope, period, members);
    // If the period before is hardly kept any more, it cannot count as observed, and its polls are not read source by source.
    const before = periodBefore(period);
    const comparable = hoursIn(knownPeriod(before, clock.now(), reports.retention)) >= hoursIn(before) * OBSERVED_SHARE;
    const rows = await Promise.all(
      members.map(async (member) => {
        const own = member.scope;
        const ownPolled = by === 'topic' ? polled : comparable ? await reports.observedHours(sourcesOf(own), observationPeriod(own, both)) : [];
        const row = this.row(member, period, hours.get(member.id) ?? [], observedIn(own, both, ownPolled));
        const topArticle = row.volume > 0 ? await topOf(member.id) : undefined;
        return { ...row, ...(topArticle && { topArticle }) };
      }),
    );
    return { period, by, rows: against === 'usual' ? await this.withUsual(rows, members, period) : rows, left: all.length - members.length };
  }

  /** One after the other, so that a request asks a store for no more at once than a mood does. */
  private async withUsual(rows: readonly BreakdownRow[], members: readonly Member[], period: Period): Promise<BreakdownRow[]> {
    const found: BreakdownRow[] = [];
    for (const [index, row] of rows.entries()) {
      const scope = index < MOST_USUAL_ROWS ? members[index]?.scope : undefined;
      found.push(scope ? { ...row, usual: await this.deps.usual.verdict(scope, period, row.tone) } : row);
    }
    return found;
  }

  private async topicMembers(scope: Scope): Promise<Member[]> {
    const topics = await this.deps.topics.list();
    return topics.map(({ id, name, readyVersion }) => ({ id, name, ready: readyVersion !== undefined, scope: { ...scope, topicId: id } }));
  }

  private async groupMembers(scope: Scope): Promise<Member[]> {
    const asked = sourcesOf(scope);
    const { sourceId: _source, ...rest } = scope;
    const groups = (await this.deps.groups()).map(({ name, members }) => ({ name, sourceIds: asked ? members.filter((id) => asked.includes(id)) : members }));
    return groups
      .filter(({ sourceIds }) => sourceIds.length > 0)
      .map(({ name, sourceIds }) => ({ id: name, name, ready: true, scope: { ...rest, sourceIds } }));
  }

  private async sourceMembers({ sourceIds, ...scope }: Scope, hours: ReadonlyMap<string, readonly HourCounts[]>): Promise<Member[]> {
    const names = await this.deps.sourceNames();
    const ids = sourceIds ?? new Set([...names.keys(), ...hours.keys()]);
    return [...ids].map((id) => ({ id, name: names.get(id) ?? id, ready: true, scope: { ...scope, sourceId: id } }));
  }

  /**
   * The article with the clearest tone in each row. Topics have their own lists; there are too many sources to read
   * each one's list, and a topic in a source has none: there the newest 100 articles of the scope are searched.
   */
  private async topArticles(
    by: BreakdownKind,
    scope: Scope,
    period: Period,
    members: readonly Member[],
  ): Promise<(id: string) => Promise<ArticleView | undefined>> {
    const { reports } = this.deps;
    if (by === 'topic' && !hasSources(scope)) return (topicId) => reports.strongest({ topicId }, period);
    const tops = new Map<string, ArticleView>();
    for (const article of (await newestScored(reports, scope, period, 1)).articles) {
      if (article.sentiment?.uncertain !== false) continue;
      const groups = () => members.filter(({ scope: own }) => own.sourceIds?.some((id) => article.sourceIds.includes(id))).map(({ id }) => id);
      for (const id of by === 'topic' ? article.topicIds : by === 'source' ? article.sourceIds : groups())
        if (strengthOf(article) > strengthOf(tops.get(id))) tops.set(id, article);
    }
    return async (id) => tops.get(id);
  }

  private row({ scope, ...member }: Member, period: Period, hours: readonly HourCounts[], observed: ReadonlySet<number>): BreakdownRow {
    const { counts, volume, shares, tone, standardError, word, change } = moodOf(
      period,
      { rows: hours, bySource: new Map([['', hours]]), oneSource: sourcesOf(scope)?.length === 1 },
      observed,
    );
    return {
      ...member,
      counts,
      volume,
      shares,
      ...(tone !== undefined && { tone }),
      ...(standardError !== undefined && { standardError }),
      ...(word !== undefined && { word }),
      change,
      sparkline: sparklineOf(
        period,
        hours.filter(({ hour }) => holdsHour(period, hour)),
      ),
    };
  }
}

const strengthOf = (article: ArticleView | undefined): number => (article?.sentiment ? Math.abs(article.sentiment.tone) : -1);
