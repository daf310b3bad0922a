import { DAY, fromMicro, hourOf, type Clock } from '@barometer/kernel';
import {
  decompose,
  LEAST_EFFECT,
  meanOf,
  nothingTold,
  toldOf,
  usually,
  type ComparedPart,
  type Decomposition,
  type Driver,
  type Told,
} from '../domain/drivers';
import { addCounts } from '../domain/figures';
import { SpeakersOf } from '../domain/packed-hours';
import { holdsHour, keptFrom, knownPeriod, periodBefore } from '../domain/period';
import { isOfOne, type ArticleView, type HourCounts, type Period, type Scope } from '../domain/report';
import { countsOfStories, outlineOf, type StoryCounts } from '../domain/story';
import type { UsualBasis } from '../domain/tone-model';
import { HISTORY_DAYS, type NoUsual } from '../domain/usual';
import type { ReportStore } from '../ports/report-store.port';
import type { TopicStore } from '../ports/topic-store.port';
import { MOST_LOOKED_AT, newestScored } from './newest-scored';
import { MOST_USUAL_ROWS, type UsualRanges, type UsualSource } from './usual-ranges';

export type DriverKind = 'story' | 'topic' | 'source';
/** What a period is compared with: the equally long one before it, or what is usual for it, as in the verdict on the mood. */
export type Comparison = 'before' | 'usual';

export interface DriversQuery extends Scope {
  readonly period: Period;
  /** Within a topic there are no topics: then none is found. */
  readonly by: DriverKind;
  readonly against: Comparison;
  /** At most this many that raised the mood, and this many that lowered it. */
  readonly limit: number;
}

/** Why there is nothing before to compare with: the period, or the one before it, has no scored article. */
export type NoPrevious = 'nothing-scored' | 'nothing-before';

/**
 * A part of the news that moved the mood, with its most telling headline. When compared with what is usual, `before`
 * has the same number of articles with the usual tone.
 */
export interface NamedDriver extends Driver {
  readonly name: string;
  readonly headline?: ArticleView;
}

export interface Drivers {
  readonly period: Period;
  /** The period before, or the days of history behind the usual range. */
  readonly comparison: Period;
  /** When the part begins that is kept: of articles for stories, else of counts. */
  readonly keptFrom: number;
  /** The basis of the usual range. */
  readonly basis?: UsualBasis;
  /** The mean tone of the period, whether there is something to compare it with or not; absent without scored articles. */
  readonly tone?: number;
  /** The mean tone of the period before, or the usual one; absent if unknown. */
  readonly previousTone?: number;
  /** Why `found` is absent, compared with what is usual. */
  readonly noUsual?: NoUsual;
  /** Why `found` is absent, compared with the period before. */
  readonly noPrevious?: NoPrevious;
  /** Absent if one of the two periods has no scored article, or if there is no usual range. */
  readonly found?: Pick<Decomposition, 'difference' | 'rest'> & {
    /** The largest effect first. */
    readonly lifted: readonly NamedDriver[];
    readonly lowered: readonly NamedDriver[];
  };
  /** The largest of the topics or sources that have no usual tone of their own, at most as many as drivers in each direction. */
  readonly withoutUsual: readonly PartWithoutUsual[];
  /** Whether every part was considered; otherwise some stories may be missing, and their effects are in the rest. */
  readonly isWhole: boolean;
}

/** A topic or source of which it is not known what is usual, so that its effect is in the rest. */
export interface PartWithoutUsual {
  readonly id: string;
  readonly name: string;
  readonly told: Told;
  readonly missing: NoUsual;
}

/** The two sides of a comparison. */
interface Sides {
  readonly period: Period;
  readonly comparison: Period;
  readonly before: Told;
  readonly after: Told;
  readonly usual?: { readonly tone: number; readonly basis: UsualBasis; readonly sources: ReadonlyMap<string, UsualSource> };
}

/** A period of which it is not known what is usual. */
interface Unknown extends Pick<Sides, 'comparison' | 'after'> {
  readonly missing: NoUsual;
}

/**
 * What moved the mood: stories, topics, or sources, whose effects and the rest sum to the difference. Effects that read
 * 0.00 are in the rest.
 */
export class GetDrivers {
  constructor(
    private readonly deps: {
      readonly reports: ReportStore;
      readonly topics: TopicStore;
      readonly usual: Pick<UsualRanges, 'history' | 'explained' | 'of'>;
      readonly clock: Clock;
      readonly sourceNames: () => Promise<ReadonlyMap<string, string>>;
    },
  ) {}

  async execute({ period: asked, by, against, limit, ...scope }: DriversQuery): Promise<Drivers> {
    const { reports, clock } = this.deps;
    const period = knownPeriod(asked, clock.now(), reports.retention);
    const sides = against === 'before' ? await this.before(scope, period) : await this.usual(scope, period);
    const known = {
      period,
      comparison: sides.comparison,
      keptFrom: keptFrom(clock.now(), by === 'story' ? reports.retention.articles : reports.retention.rollups),
      ...tonesOf(sides),
    };
    const unfound = (why: Pick<Drivers, 'noUsual' | 'noPrevious'>): Drivers => ({
      ...known,
      ...why,
      withoutUsual: [],
      isWhole: by !== 'story' || reports.findsEveryStory || !isOfOne(scope),
    });
    if ('missing' in sides) return unfound({ noUsual: sides.missing });
    const { parts, isWhole, unknown = [] } = await this.parts(by, scope, sides);
    const decomposition = decompose(sides.before, sides.after, parts);
    if (!decomposition) return unfound({ noPrevious: sides.after.volume === 0 ? 'nothing-scored' : 'nothing-before' });
    const { drivers, difference } = decomposition;
    const most = (direction: 1 | -1) =>
      drivers
        .filter(({ effect }) => effect * direction >= LEAST_EFFECT)
        .sort((one, other) => (other.effect - one.effect) * direction)
        .slice(0, limit);
    const [up, down] = [most(1), most(-1)];
    const rest = [...up, ...down].reduce((left, { effect }) => left - effect, difference);
    const largest = [...unknown].sort(byVolume).slice(0, limit);
    const names = up.length + down.length + largest.length > 0 ? await this.namesOf(by) : undefined;
    const named = (drivers: readonly Driver[], direction: 1 | -1) => this.named(drivers, by, names, scope, sides, direction);
    const [lifted, lowered] = await Promise.all([named(up, 1), named(down, -1)]);
    const withoutUsual = largest.map((part) => ({ ...part, name: names?.get(part.id) ?? part.id }));
    const basis = sides.usual && { basis: sides.usual.basis };
    return { ...known, ...basis, withoutUsual, isWhole, found: { difference, rest, lifted, lowered } };
  }

  private async before(scope: Scope, period: Period): Promise<Sides> {
    const comparison = periodBefore(period);
    const rows = await this.deps.reports.hours(scope, { from: comparison.from, to: period.to });
    return { period, comparison, before: told(rows, comparison), after: told(rows, period) };
  }

  /** The same figures that the verdict on the mood is based on. */
  private async usual(scope: Scope, period: Period): Promise<Sides | Unknown> {
    const to = Math.floor(period.from / DAY) * DAY;
    const comparison = { from: to - HISTORY_DAYS * DAY, to };
    const after = told(await this.deps.reports.hours(scope, period), period);
    if (after.volume === 0) return { comparison, after, missing: 'nothing-scored' };
    const found = await this.deps.usual.explained(scope, period);
    if ('missing' in found) return { comparison, after, missing: found.missing };
    const {
      range: { mean: tone, basis },
      sources,
    } = found;
    return { period, comparison, before: usually(after, tone), after, usual: { tone, basis, sources } };
  }

  private async parts(by: DriverKind, scope: Scope, sides: Sides): Promise<Parts> {
    if (by === 'story') return this.stories(scope, sides);
    return { ...(await (by === 'topic' ? this.topics(scope, sides) : this.sources(scope, sides))), isWhole: true };
  }

  /** All stories that may move the mood by `LEAST_EFFECT`. */
  private async stories(scope: Scope, { period, comparison, before, after, usual }: Sides): Promise<Parts> {
    if (before.volume === 0 || after.volume === 0) return { parts: [], isWhole: this.deps.reports.findsEveryStory || !isOfOne(scope) };
    const middle = (before.tones / before.volume + after.tones / after.volume) / 2;
    if (usual) {
      const found = await this.storiesOf(scope, { period, volume: after.volume, middle: usual.tone, least: LEAST_EFFECT });
      const parts = [...(found.all ?? found.heaviest).values()].map(({ id, ...counts }) => ({
        id,
        before: usually(toldBy(counts), usual.tone),
        after: toldBy(counts),
      }));
      return { parts, isWhole: found.isWhole };
    }
    // A story with that effect has half of it in one of the periods, or, with a single article in one period, the
    // remainder in the other: stories with single articles are not searched for.
    const least = Math.max(LEAST_EFFECT / 10, Math.min(LEAST_EFFECT / 2, LEAST_EFFECT - 2 / Math.max(MOST_LOOKED_AT, Math.min(before.volume, after.volume))));
    const [was, is] = await Promise.all([
      this.storiesOf(scope, { period: comparison, volume: before.volume, middle, least }),
      this.storiesOf(scope, { period, volume: after.volume, middle, least }),
    ]);
    const ids = [...new Set([was, is].flatMap(({ all, heaviest }) => [...(all ?? heaviest).keys()]))];
    const [earlier, now] = await Promise.all([this.countsOf(ids, was, scope, comparison), this.countsOf(ids, is, scope, period)]);
    return { parts: ids.map((id) => ({ id, before: toldBy(earlier.get(id)), after: toldBy(now.get(id)) })), isWhole: was.isWhole && is.isWhole };
  }

  /**
   * All stories of a period with few enough articles to read each. With more articles, a single one has no visible
   * effect: then the stories with several articles that move the mean away from `middle` by `least`. There are at most
   * 2 / least of them, since tones differ by at most 2. For several sources, only stories of their newest articles are
   * considered.
   */
  private async storiesOf(scope: Scope, { period, volume, middle, least }: Pull): Promise<FoundStories> {
    const { reports } = this.deps;
    if (volume <= MOST_LOOKED_AT || !isOfOne(scope)) {
      const { articles, isWhole } = await newestScored(reports, scope, period);
      if (isWhole || !isOfOne(scope))
        return { all: countsOfStories(articles), heaviest: new Map(), isWhole: isOfOne(scope) ? reports.findsEveryStory : isWhole };
    }
    const pulling = await reports.heaviestStories(scope, period, { perArticle: -middle / volume, perTone: 1 / volume, least }, Math.ceil(2 / least));
    return { heaviest: new Map(pulling.map((counts) => [counts.id, counts])), isWhole: reports.findsEveryStory };
  }

  private async countsOf(ids: readonly string[], { all, heaviest }: FoundStories, scope: Scope, period: Period): Promise<ReadonlyMap<string, StoryCounts>> {
    if (all || !isOfOne(scope)) return all ?? heaviest;
    const others = ids.filter((id) => !heaviest.has(id));
    return others.length === 0 ? heaviest : new Map([...heaviest, ...(await this.deps.reports.storyCounts(others, scope, period))]);
  }

  /**
   * A topic's usual tone is that of its own verdict, for as many of the largest topics as have one in a breakdown. What
   * these tones do not explain of the whole's usual tone is in the rest, as are topics without one.
   */
  private async topics(scope: Scope, { period, comparison, usual }: Sides): Promise<FoundParts> {
    const { reports } = this.deps;
    if (scope.topicId !== undefined) return { parts: [] };
    if (!usual) {
      const hours = await reports.hoursBy('topic', scope, { from: comparison.from, to: period.to });
      return { parts: [...hours].map(([id, rows]) => ({ id, before: told(rows, comparison), after: told(rows, period) })) };
    }
    const hours = await reports.hoursBy('topic', scope, period);
    const heard = [...hours].map(([id, rows]) => ({ id, told: told(rows, period) })).filter((topic) => topic.told.volume > 0);
    const found: Required<FoundParts> = { parts: [], unknown: [] };
    // One after the other, so that a request asks a store for no more at once than a mood does.
    for (const { id, told: after } of heard.sort(byVolume).slice(0, MOST_USUAL_ROWS)) {
      const own = await this.deps.usual.of({ ...scope, topicId: id }, period);
      if ('missing' in own) found.unknown.push({ id, told: after, missing: own.missing });
      else found.parts.push({ id, before: usually(after, own.range.mean), after });
    }
    return found;
  }

  private async sources(scope: Scope, { period, comparison, usual }: Sides): Promise<FoundParts> {
    if (usual) {
      const found: Required<FoundParts> = { parts: [], unknown: [] };
      for (const [id, { volume, tones, usualTone, missing }] of usual.sources) {
        const after = { volume, tones };
        if (missing) found.unknown.push({ id, told: after, missing });
        else found.parts.push({ id, before: usually(after, usualTone), after });
      }
      return found;
    }
    const windows = [comparison, period].map(({ from, to }) => ({ first: hourOf(from), end: hourOf(to) }));
    const speakers = new SpeakersOf(windows);
    for await (const day of this.deps.usual.history.days(scope, Math.floor(hourOf(comparison.from) / 24), Math.ceil(hourOf(period.to) / 24))) speakers.add(day);
    const [before, after] = speakers.all();
    const ids = new Set([...(before?.sources.keys() ?? []), ...(after?.sources.keys() ?? [])]);
    return { parts: [...ids].map((id) => ({ id, before: before?.sources.get(id) ?? nothingTold, after: after?.sources.get(id) ?? nothingTold })) };
  }

  /** The names of topics or sources by id; stories are named by their headlines. */
  private async namesOf(by: DriverKind): Promise<ReadonlyMap<string, string> | undefined> {
    if (by === 'story') return undefined;
    return by === 'source' ? this.deps.sourceNames() : new Map((await this.deps.topics.list()).map(({ id, name }) => [id, name]));
  }

  private async named(
    drivers: readonly Driver[],
    by: DriverKind,
    names: ReadonlyMap<string, string> | undefined,
    scope: Scope,
    sides: Sides,
    direction: 1 | -1,
  ): Promise<NamedDriver[]> {
    const found: NamedDriver[] = [];
    for (const driver of drivers) {
      const articles = await this.articlesOf(driver.id, by, scope, sides);
      const own = articles.filter(({ journey: { publishedAt } }) => publishedAt >= sides.period.from && publishedAt < sides.period.to);
      const headline = own.reduce<ArticleView | undefined>(
        (best, article) => (best && toneOf(best) * direction >= toneOf(article) * direction ? best : article),
        undefined,
      );
      const name = names?.get(driver.id) ?? (by === 'story' && articles.length > 0 ? outlineOf(articles).typical.title : driver.id);
      found.push({ ...driver, name, ...(headline && { headline }) });
    }
    return found;
  }

  /** For a story, its articles in both periods; for a topic or a source, the newest hundred of the period. */
  private async articlesOf(id: string, by: DriverKind, scope: Scope, { period, comparison, usual }: Sides): Promise<readonly ArticleView[]> {
    const { reports } = this.deps;
    if (by === 'story') return reports.story(id, { ...scope, period: usual ? period : { from: comparison.from, to: period.to } });
    return (await newestScored(reports, by === 'topic' ? { ...scope, topicId: id } : { ...topicOf(scope), sourceId: id }, period, 1)).articles;
  }
}

interface Pull {
  readonly period: Period;
  readonly volume: number;
  readonly middle: number;
  readonly least: number;
}

/** The parts with something to compare with, and those of which it is not known what is usual. */
interface FoundParts {
  readonly parts: ComparedPart[];
  readonly unknown?: Omit<PartWithoutUsual, 'name'>[];
}

interface Parts extends FoundParts {
  readonly isWhole: boolean;
}

interface FoundStories {
  /** Absent if there are too many. */
  readonly all?: ReadonlyMap<string, StoryCounts>;
  readonly heaviest: ReadonlyMap<string, StoryCounts>;
  /** Whether every story was considered. */
  readonly isWhole: boolean;
}

/** The one with the most articles first; equal ones by id. */
const byVolume = (one: Omit<PartWithoutUsual, 'name' | 'missing'>, other: Omit<PartWithoutUsual, 'name' | 'missing'>): number =>
  other.told.volume - one.told.volume || (one.id < other.id ? -1 : 1);
const topicOf = ({ topicId }: Scope): Scope => (topicId === undefined ? {} : { topicId });
const told = (rows: readonly HourCounts[], period: Period): Told => toldOf(addCounts(rows.filter(({ hour }) => holdsHour(period, hour))));
const toldBy = (counts: Omit<StoryCounts, 'id'> | undefined): Told => (counts ? { volume: counts.articles, tones: fromMicro(counts.toneSum) } : nothingTold);
function tonesOf({ before = nothingTold, after }: Pick<Sides, 'after'> & Partial<Pick<Sides, 'before'>>): Pick<Drivers, 'tone' | 'previousTone'> {
  const [previousTone, tone] = [meanOf(before), meanOf(after)];
  return { ...(tone !== undefined && { tone }), ...(previousTone !== undefined && { previousTone }) };
}

const toneOf = ({ sentiment }: ArticleView): number => sentiment?.tone ?? 0;
