import { HOUR, hourOf, lastExpiredHour, MINUTE, type Clock } from '@barometer/kernel';
import { importedInFull } from '../domain/imported-days';
import { observationPeriod, observedIn } from '../domain/observation';
import { SpeakersOf, type PackedHours, type Speakers } from '../domain/packed-hours';
import { hoursIn } from '../domain/period';
import { referenceModel, usualReference, type SourceHome, type UsualReference } from '../domain/reference-model';
import { hasSources, sourcesOf, type ModelChange, type Period, type Scope } from '../domain/report';
import type { KnownHours } from '../domain/timeline';
import { learning, type ToneModel } from '../domain/tone-model';
import {
  expectedOfSources,
  HISTORY_DAYS,
  LEAST_OWN_DAYS,
  sourcesWithoutUsual,
  usualOf,
  usualRange,
  type DeviatingRange,
  type FoundRange,
  type NoUsual,
  type Usual,
} from '../domain/usual';
import type { ReportStore } from '../ports/report-store.port';
import { keyOf, SourceHistory, turns } from './source-history';

/** A learned model is used for this long. */
const MODEL_LASTS = 15 * MINUTE;
const MOST_MODELS = 64;
/** A longer timeline is compared with the days that end with it, since those before it are soon no longer kept. */
const LONG = 7 * 24;
/** For longer windows the days before are hardly kept any more. */
const LONGEST_USUAL = 31 * 24;

/**
 * Of so many parts side by side, the largest, it is said what is usual: each takes four weeks of hours by source to learn, and the
 * hours of the period by source whenever something was scored.
 */
export const MOST_USUAL_ROWS = 20;

interface Learned {
  readonly model: ToneModel | undefined;
  readonly learnedAt: number;
  /** Ranges of past windows, by their beginning and end. */
  readonly ranges: Map<string, FoundRange>;
}

interface Deps {
  readonly reports: ReportStore;
  readonly clock: Clock;
  /** The sources, by which known publishers are found. */
  readonly homes: () => Promise<readonly SourceHome[]>;
  readonly reference?: UsualReference;
}

/**
 * The articles of a source in a window, and its usual tone at such hours by the model of the whole scope. Tones are in
 * -1...1, `tones` is their sum.
 */
export interface UsualSource {
  readonly volume: number;
  readonly tones: number;
  readonly usualTone: number;
  /** Why `usualTone` says nothing of this source; absent if it does. */
  readonly missing?: NoUsual;
}

/** The usual ranges of windows, or why there are none. */
export type FoundRanges = { readonly ranges: readonly FoundRange[] } | { readonly missing: NoUsual };

/**
 * The usual ranges of scopes: learned from the 28 days before a window, and kept for a quarter of an hour. One instance
 * serves all use cases of a store, so that each day is read once.
 */
export class UsualRanges {
  readonly history: SourceHistory;
  private readonly learned = new Map<string, Promise<Learned>>();
  /** The number of imported hours when a history was last learned from, by scope. */
  private readonly imported = new Map<string, number>();
  private models: { readonly from: number; readonly readAt: number; readonly changes: Promise<readonly ModelChange[]> } | undefined;

  constructor(private readonly deps: Deps) {
    this.history = new SourceHistory(deps);
  }

  /** The range of one window of whole hours, from the days before it. */
  async of(scope: Scope, period: Period): Promise<FoundRange> {
    if (hoursIn(period) > LONGEST_USUAL) return { missing: 'period-too-long' };
    const found = await this.ofEach(scope, [period], hourOf(period.from));
    return 'missing' in found ? found : (found.ranges[0] ?? nothingKnown);
  }

  /** The tone of a window beside its usual range. Without a tone nothing is read. */
  async verdict(scope: Scope, period: Period, tone: number | undefined): Promise<Usual | { readonly missing: NoUsual }> {
    if (tone === undefined) return { missing: 'nothing-scored' };
    const found = await this.of(scope, period);
    return 'range' in found ? usualOf(found.range, tone) : found;
  }

  /** The range of one window with what it is based on: its sources, and the usual tone of each. */
  async explained(
    scope: Scope,
    period: Period,
  ): Promise<{ readonly range: DeviatingRange; readonly sources: ReadonlyMap<string, UsualSource> } | { readonly missing: NoUsual }> {
    if (hoursIn(period) > LONGEST_USUAL) return { missing: 'period-too-long' };
    const { model } = await this.learnedBefore(scope, Math.floor(hourOf(period.from) / 24));
    if (!model) return { missing: 'not-enough-history' };
    const [spoken] = await this.speakers(scope, [period]);
    if (!spoken || spoken.volume === 0) return { missing: 'nothing-known' };
    const found = usualRange(model, period, spoken);
    if ('missing' in found) return found;
    const [expected, unknown] = [expectedOfSources(model, spoken), sourcesWithoutUsual(model, period, spoken)];
    const sourceOf = (id: string, { volume, tones }: { readonly volume: number; readonly tones: number }): UsualSource => {
      const missing = unknown.get(id);
      return { volume, tones, usualTone: expected.get(id) ?? 0, ...(missing && { missing }) };
    };
    return { range: found.range, sources: new Map([...spoken.sources].map(([id, spoke]) => [id, sourceOf(id, spoke)])) };
  }

  /** The ranges of the parts of a longer window, from the days before it, or from those that end with it if it is longer than a week. */
  async ofParts(scope: Scope, whole: Period, parts: readonly Period[]): Promise<FoundRanges> {
    return this.ofEach(scope, parts, hourOf(hoursIn(whole) > LONG ? whole.to : whole.from));
  }

  private async ofEach(scope: Scope, windows: readonly Period[], historyEnd: number): Promise<FoundRanges> {
    const learned = await this.learnedBefore(scope, Math.floor(historyEnd / 24));
    if (!learned.model) return { missing: 'not-enough-history' };
    const { model, ranges } = learned;
    const name = ({ from, to }: Period) => `${from}-${to}`;
    const unknown = windows.filter((window) => !ranges.has(name(window)));
    const speakers = await this.speakers(scope, unknown);
    const found = new Map(unknown.map((window, index) => [name(window), rangeOf(model, window, speakers[index])]));
    const settled = (Math.floor(hourOf(this.deps.clock.now()) / 24) - 1) * 24 * HOUR;
    for (const window of unknown) if (window.to <= settled) ranges.set(name(window), found.get(name(window)) ?? nothingKnown);
    return { ranges: windows.map((window) => found.get(name(window)) ?? ranges.get(name(window)) ?? nothingKnown) };
  }

  private async speakers(scope: Scope, windows: readonly Period[]): Promise<readonly Speakers[]> {
    const hours = windows.map(({ from, to }) => ({ first: hourOf(from), end: hourOf(to) }));
    const collecting = new SpeakersOf(hours);
    const first = Math.min(...hours.map((one) => one.first));
    const end = Math.max(...hours.map((one) => one.end));
    if (hours.length > 0) for await (const rows of this.history.days(scope, Math.floor(first / 24), Math.ceil(end / 24))) collecting.add(rows);
    return collecting.all();
  }

  private async learnedBefore(scope: Scope, endDay: number): Promise<Learned> {
    const key = `${endDay} ${keyOf(scope)}`;
    const kept = this.learned.get(key);
    const known = await kept;
    if (known && Math.abs(this.deps.clock.now() - known.learnedAt) < MODEL_LASTS) return known;
    // Another call may have begun in the meantime.
    const begun = this.learned.get(key);
    if (begun && begun !== kept) return begun;
    const learning = this.learn(scope, endDay);
    this.learned.delete(key);
    this.learned.set(key, learning);
    // A failure is not kept.
    learning.catch(() => this.learned.delete(key));
    for (const old of this.learned.keys()) if (this.learned.size > MOST_MODELS) this.learned.delete(old);
    return learning;
  }

  private async learn(scope: Scope, endDay: number): Promise<Learned> {
    const now = this.deps.clock.now();
    const period = {
      from: Math.max((endDay - HISTORY_DAYS) * 24, lastExpiredHour(now, this.deps.reports.retention.rollups) + 1) * HOUR,
      to: endDay * 24 * HOUR,
    };
    const observed = await this.comparable(scope, period, now);
    // Days kept in memory may have been filled by an import since.
    if ((this.imported.get(keyOf(scope)) ?? 0) !== observed.imported) {
      this.history.forget();
      this.imported.set(keyOf(scope), observed.imported);
    }
    const model = observed.hours.size >= LEAST_OWN_DAYS * 24 ? await this.ownModel(scope, period, observed.hours) : undefined;
    return { model: model ?? (await this.reference(scope, observed.model)), learnedAt: now, ranges: new Map() };
  }

  /** The hours of a history that were observed or imported completely and whose scores come from the present model, and that model. */
  private async comparable(scope: Scope, period: Period, now: number) {
    const { topicId: _topic, ...source } = scope;
    const [watched, models] = await Promise.all([this.known(source, period), this.modelsSince(Math.min(period.from, now), now)]);
    const hours = watched.imported.size === 0 ? watched.observed : new Set([...watched.observed, ...(await this.importedInFull(source, period, watched))]);
    const current = models.at(-1);
    const since = models.length > 1 ? hourOf(current?.at ?? 0) : 0;
    return { hours: new Set([...hours].filter((hour) => hour >= since)), imported: watched.imported.size, model: current?.model };
  }

  private async known(scope: Scope, period: Period): Promise<KnownHours> {
    const { reports } = this.deps;
    if (period.to <= period.from) return { observed: new Set(), imported: new Set() };
    const [polled, imported] = await Promise.all([
      reports.observedHours(sourcesOf(scope), observationPeriod(scope, period)),
      reports.importedHours(sourcesOf(scope), period),
    ]);
    return { observed: observedIn(scope, period, polled), imported: new Set(imported) };
  }

  /**
   * An import into a source is complete if that into all news is, and if it is not small compared with the source's
   * usual volume. Topics are not considered, since they cannot be imported.
   */
  private async importedInFull(scope: Scope, period: Period, known: KnownHours): Promise<ReadonlySet<number>> {
    const [own, all] = [await this.deps.reports.hours(scope, period), hasSources(scope) ? await this.known({}, period) : undefined];
    if (!all) return importedInFull(own, known);
    const ofAll = importedInFull(await this.deps.reports.hours({}, period), all);
    return new Set([...importedInFull(own, known, 1)].filter((hour) => ofAll.has(hour)));
  }

  /** The same for every scope, and expensive: it reads the scores of weeks. */
  private modelsSince(from: number, now: number): Promise<readonly ModelChange[]> {
    const kept = this.models;
    if (kept?.from === from && Math.abs(now - kept.readAt) < MODEL_LASTS) return kept.changes;
    const changes = this.deps.reports.modelChanges({ from, to: (hourOf(now) + 1) * HOUR });
    this.models = { from, readAt: now, changes };
    changes.catch(() => (this.models = undefined));
    return changes;
  }

  private async ownModel(scope: Scope, period: Period, observed: ReadonlySet<number>): Promise<ToneModel | undefined> {
    const rows: PackedHours[] = [];
    for await (const day of this.history.days(scope, Math.floor(hourOf(period.from) / 24), hourOf(period.to) / 24)) rows.push(day);
    const turn = turns();
    const steps = learning(rows, observed);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value && step.value.days >= LEAST_OWN_DAYS ? step.value : undefined;
      await turn();
    }
  }

  /** The reference covers publishers, not topics, and only the tones of one model. */
  private async reference({ topicId }: Scope, model: { readonly id: string; readonly revision: string } | undefined): Promise<ToneModel | undefined> {
    const { reference = usualReference, homes } = this.deps;
    const isSame = model?.id === reference.model.id && model.revision === reference.model.revision;
    return topicId === undefined && isSame ? referenceModel(await homes(), reference) : undefined;
  }
}

const nothingKnown: FoundRange = { missing: 'nothing-known' };

const rangeOf = (model: ToneModel, window: Period, speakers: Speakers | undefined): FoundRange =>
  speakers && speakers.volume > 0 ? usualRange(model, window, speakers) : nothingKnown;
