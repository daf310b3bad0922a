import type { Clock } from '@barometer/kernel';
import { sparklineOf, type BreakdownRow } from '../domain/breakdown';
import { moodOf } from '../domain/mood';
import { observationPeriod, observedIn } from '../domain/observation';
import { holdsHour, knownPeriod, periodBefore } from '../domain/period';
import type { HourCounts, Period, Scope } from '../domain/report';
import type { ReportStore } from '../ports/report-store.port';
import type { TopicStore } from '../ports/topic-store.port';
import type { ScopedPeriod } from './get-mood.use-case';

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
    const rows = await Promise.all(
      members.map(async (member) => {
        const own: Scope = by === 'topic' ? { ...scope, topicId: member.id } : { ...scope, sourceId: member.id };
        const ownPolled = by === 'topic' ? polled : await reports.observedHours(member.id, observationPeriod(own, both));
        return this.row(member, own, period, hours.get(member.id) ?? [], observedIn(own, both, ownPolled));
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

  private async row(member: Member, scope: Scope, period: Period, hours: readonly HourCounts[], observed: ReadonlySet<number>): Promise<BreakdownRow> {
    const { counts, volume, shares, tone, standardError, word, change } = moodOf(period, { rows: hours, bySource: new Map([['', hours]]), oneSource: scope.sourceId !== undefined }, observed);
    const topArticle = volume > 0 ? await this.deps.reports.strongest(scope, period) : undefined;
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
      ...(topArticle && { topArticle }),
    };
  }
}
