import { DAY, hourOf, type Clock } from '@barometer/kernel';
import { decompose, nothingTold, toldOf, type ComparedPart, type Decomposition, type Driver, type Told } from '../domain/drivers';
import { addCounts } from '../domain/figures';
import { SpeakersOf } from '../domain/packed-hours';
import { holdsHour, knownPeriod, periodBefore } from '../domain/period';
import type { ArticleView, HourCounts, Period, Scope } from '../domain/report';
import { mostTypicalOf } from '../domain/story';
import type { ReportStore } from '../ports/report-store.port';
import type { TopicStore } from '../ports/topic-store.port';
import { newestScored } from './newest-scored';
import type { UsualRanges } from './usual-ranges';

export type DriverKind = 'story' | 'topic' | 'source';
/** What a period is compared with: the equally long one before it, or the four weeks before it. */
export type Comparison = 'before' | 'usual';

export interface DriversQuery extends Scope {
  readonly period: Period;
  readonly by: DriverKind;
  readonly against: Comparison;
  /** So many that lifted the mood, and so many that lowered it. */
  readonly limit: number;
}

/** A part of the news that moved the mood, with the headline that tells most of it. */
export interface NamedDriver extends Driver {
  readonly name: string;
  readonly headline?: ArticleView;
}

export interface Drivers {
  readonly period: Period;
  readonly comparison: Period;
  /** Absent where one of the two periods has no scored article. */
  readonly found?: Omit<Decomposition, 'drivers'> & {
    /** The largest effect first. */
    readonly lifted: readonly NamedDriver[];
    readonly lowered: readonly NamedDriver[];
  };
  /** Stories and headlines were looked for in everything newer than this, in milliseconds since 1970. */
  readonly searchedTo: number;
}

const USUAL = 28 * DAY;

/** A part, its name, and whether an article belongs to it. */
interface Candidate extends ComparedPart {
  readonly name?: string;
  readonly holds: (article: ArticleView) => boolean;
}

/** What moved the mood from one period to the next: stories, topics, or sources, whose effects and the rest sum to the difference. */
export class GetDrivers {
  constructor(private readonly deps: { readonly reports: ReportStore; readonly topics: TopicStore; readonly usual: Pick<UsualRanges, 'history'>; readonly clock: Clock; readonly sourceNames: () => Promise<ReadonlyMap<string, string>> }) {}

  async execute({ period: asked, by, against, limit, ...scope }: DriversQuery): Promise<Drivers> {
    const { reports, clock } = this.deps;
    const period = knownPeriod(asked, clock.now());
    const comparison = against === 'before' ? periodBefore(period) : { from: period.from - USUAL, to: period.from };
    const [rows, { articles, searchedTo }] = await Promise.all([reports.hours(scope, { from: comparison.from, to: period.to }), newestScored(reports, scope, period)]);
    const [before, after] = [told(rows, comparison), told(rows, period)];
    const candidates = await this.candidates(by, scope, { period, comparison, against, articles });
    const decomposition = decompose(before, after, candidates);
    if (!decomposition) return { period, comparison, searchedTo };
    const { drivers, ...found } = decomposition;
    const named = (direction: 1 | -1) =>
      drivers.filter(({ effect }) => effect * direction > 0).sort((one, other) => (other.effect - one.effect) * direction).slice(0, limit)
        .map((driver) => nameOf(driver, candidates, articles, direction));
    const [lifted, lowered] = [named(1), named(-1)];
    const shown = [...lifted, ...lowered].reduce((sum, { effect }) => sum + effect, 0);
    return { period, comparison, searchedTo, found: { ...found, rest: found.difference - shown, lifted, lowered } };
  }

  private async candidates(by: DriverKind, scope: Scope, asked: Asked): Promise<Candidate[]> {
    if (by === 'story') return this.stories(scope, asked);
    return by === 'topic' ? this.topics(scope, asked) : this.sources(scope, asked);
  }

  /** Against four weeks, only the stories of the period itself: those of four weeks are too many to read. */
  private async stories(scope: Scope, { comparison, against, articles }: Asked): Promise<Candidate[]> {
    const earlier = against === 'before' ? (await newestScored(this.deps.reports, scope, comparison)).articles : [];
    const [was, is] = [earlier, articles].map((all) => Map.groupBy(all, storyIdOf));
    return [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].map((id) => {
      const members = [...(is?.get(id) ?? []), ...(was?.get(id) ?? [])];
      return { id, before: sumOf(was?.get(id) ?? []), after: sumOf(is?.get(id) ?? []), name: mostTypicalOf(members).title, holds: (article) => storyIdOf(article) === id };
    });
  }

  private async topics(scope: Scope, { period, comparison }: Asked): Promise<Candidate[]> {
    const { reports, topics } = this.deps;
    const [hours, all] = await Promise.all([reports.hoursBy('topic', scope, { from: comparison.from, to: period.to }), topics.list()]);
    const asked = all.filter(({ id }) => id !== scope.topicId);
    return asked.map(({ id, name }) => ({ id, name, before: told(hours.get(id) ?? [], comparison), after: told(hours.get(id) ?? [], period), holds: (article) => article.topicIds.includes(id) }));
  }

  private async sources(scope: Scope, { period, comparison }: Asked): Promise<Candidate[]> {
    const windows = [comparison, period].map(({ from, to }) => ({ first: hourOf(from), end: hourOf(to) }));
    const speakers = new SpeakersOf(windows);
    for await (const day of this.deps.usual.history.days(scope, Math.floor(hourOf(comparison.from) / 24), Math.ceil(hourOf(period.to) / 24))) speakers.add(day);
    const [before, after] = speakers.all();
    const names = await this.deps.sourceNames();
    const ids = new Set([...(before?.sources.keys() ?? []), ...(after?.sources.keys() ?? [])]);
    return [...ids].map((id) => ({
      id, name: names.get(id) ?? id, before: before?.sources.get(id) ?? nothingTold, after: after?.sources.get(id) ?? nothingTold, holds: (article) => article.sourceIds.includes(id),
    }));
  }
}

interface Asked {
  readonly period: Period;
  readonly comparison: Period;
  readonly against: Comparison;
  /** Scored ones of the period. */
  readonly articles: readonly ArticleView[];
}

const storyIdOf = ({ id, storyId }: ArticleView): string => storyId ?? id;
const told = (rows: readonly HourCounts[], period: Period): Told => toldOf(addCounts(rows.filter(({ hour }) => holdsHour(period, hour))));
const sumOf = (articles: readonly ArticleView[]): Told => articles.reduce((sum, { sentiment }) => ({ volume: sum.volume + 1, tones: sum.tones + (sentiment?.tone ?? 0) }), nothingTold);

/** Its headline is that of its article of the period that sounds most like what it did: bright where it lifted, dark where it lowered. */
function nameOf(driver: Driver, candidates: readonly Candidate[], articles: readonly ArticleView[], direction: 1 | -1): NamedDriver {
  const candidate = candidates.find(({ id }) => id === driver.id);
  const { name = driver.id, holds = () => false } = candidate ?? {};
  const own = articles.filter(holds);
  const headline = own.reduce<ArticleView | undefined>((best, article) => (best && toneOf(best) * direction >= toneOf(article) * direction ? best : article), undefined);
  const { id, before, after, effect, toneEffect, mixEffect } = driver;
  return { id, before, after, effect, toneEffect, mixEffect, name, ...(headline && { headline }) };
}

const toneOf = ({ sentiment }: ArticleView): number => sentiment?.tone ?? 0;
