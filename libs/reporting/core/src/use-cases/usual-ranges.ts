import { HOUR, hourOf, lastExpiredHour, MINUTE, type Clock } from '@barometer/kernel';
import { observationPeriod, observedIn } from '../domain/observation';
import { SpeakersOf, type PackedHours, type Speakers } from '../domain/packed-hours';
import { hoursIn } from '../domain/period';
import { referenceModel, usualReference, type SourceHome, type UsualReference } from '../domain/reference-model';
import type { ModelChange, Period, Scope } from '../domain/report';
import { learning, type ToneModel } from '../domain/tone-model';
import { HISTORY_DAYS, LEAST_OWN_DAYS, usualRange, type DeviatingRange, type NoUsual } from '../domain/usual';
import type { ReportStore } from '../ports/report-store.port';
import { keyOf, SourceHistory, turns } from './source-history';

/** What was learned is learned again after this long. */
const MODEL_LASTS = 15 * MINUTE;
const MOST_MODELS = 64;
/** A longer timeline is held against the days that end with it, since what was before it is soon no longer kept. */
const LONG = 7 * 24;

interface Learned {
  readonly model: ToneModel | undefined;
  readonly learnedAt: number;
  /** Ranges of windows that are over, by their begin and end. */
  readonly ranges: Map<string, DeviatingRange | undefined>;
}

interface Deps {
  readonly reports: ReportStore;
  readonly clock: Clock;
  /** The sources by which known publishers are found. */
  readonly homes: () => Promise<readonly SourceHome[]>;
  readonly reference?: UsualReference;
}

/** The usual ranges of windows, or why there are none. */
export type FoundRanges = { readonly ranges: readonly (DeviatingRange | undefined)[] } | { readonly missing: NoUsual };

/**
 * What is usual of scopes: learned from the 28 days before a window, kept for a quarter of an hour. One instance serves all
 * use cases of a store, so that each day is read once.
 */
export class UsualRanges {
  readonly history: SourceHistory;
  private readonly learned = new Map<string, Promise<Learned>>();
  private models: { readonly from: number; readonly readAt: number; readonly changes: Promise<readonly ModelChange[]> } | undefined;

  constructor(private readonly deps: Deps) {
    this.history = new SourceHistory(deps);
  }

  /** The range of one window of whole hours, by the days before it. */
  async of(scope: Scope, period: Period): Promise<{ readonly range: DeviatingRange } | { readonly missing: NoUsual }> {
    const found = await this.ofEach(scope, [period], hourOf(period.from));
    if ('missing' in found) return found;
    const [range] = found.ranges;
    return range ? { range } : { missing: 'nothing-known' };
  }

  /** The ranges of the parts of a longer window, by the days before it, or those that end with it where it is longer than a week. */
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
    for (const window of unknown) if (window.to <= settled) ranges.set(name(window), found.get(name(window)));
    return { ranges: windows.map((window) => found.get(name(window)) ?? ranges.get(name(window))) };
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
    // Somebody else may have begun in the meantime.
    const begun = this.learned.get(key);
    if (begun && begun !== kept) return begun;
    const learning = this.learn(scope, endDay);
    this.learned.delete(key);
    this.learned.set(key, learning);
    // An outage is not remembered.
    learning.catch(() => this.learned.delete(key));
    for (const old of this.learned.keys()) if (this.learned.size > MOST_MODELS) this.learned.delete(old);
    return learning;
  }

  private async learn(scope: Scope, endDay: number): Promise<Learned> {
    const now = this.deps.clock.now();
    const period = { from: Math.max((endDay - HISTORY_DAYS) * 24, lastExpiredHour(now) + 1) * HOUR, to: endDay * 24 * HOUR };
    const observed = await this.comparable(scope, period, now);
    const model = observed.hours.size >= LEAST_OWN_DAYS * 24 ? await this.ownModel(scope, period, observed.hours) : undefined;
    return { model: model ?? (await this.reference(scope, observed.model)), learnedAt: now, ranges: new Map() };
  }

  /** The observed hours of a history whose scores come from the model that scores now, and that model. */
  private async comparable(scope: Scope, period: Period, now: number) {
    const [polled, models] = await Promise.all([
      period.to > period.from ? this.deps.reports.observedHours(scope.sourceId, observationPeriod(scope, period)) : [],
      this.modelsSince(Math.min(period.from, now), now),
    ]);
    const current = models.at(-1);
    const since = models.length > 1 ? hourOf(current?.at ?? 0) : 0;
    return { hours: new Set([...observedIn(scope, period, polled)].filter((hour) => hour >= since)), model: current?.model };
  }

  /** The same for every scope, and not cheap: it goes through what was scored in weeks. */
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

  /** The reference knows publishers, not topics, and one model's tones only. */
  private async reference({ topicId }: Scope, model: { readonly id: string; readonly revision: string } | undefined): Promise<ToneModel | undefined> {
    const { reference = usualReference, homes } = this.deps;
    const isSame = model?.id === reference.model.id && model.revision === reference.model.revision;
    return topicId === undefined && isSame ? referenceModel(await homes(), reference) : undefined;
  }
}

function rangeOf(model: ToneModel, window: Period, speakers: Speakers | undefined): DeviatingRange | undefined {
  return speakers && speakers.volume > 0 ? usualRange(model, window, speakers) : undefined;
}
