import type { HourFacts } from '../domain/facts';
import { measuresSame, type RuleForm } from '../domain/rule';
import type { AlertNews } from '../ports/alert-news.port';
import { gatherFacts } from './gather-facts';

/** At most this many articles are read for stories and phrases: some days of a busy store. */
const MOST_ARTICLES = 4_000;
const MOST_KEPT = 16;
/** Hours are read in parts, the latest first, since the usual values are learned anew for every day. */
const PART = 3 * 24;
/** Facts of hours that ended this long ago are reused for `KEPT_HOURS`; newer ones still change. */
const SETTLED = 48;
const KEPT_HOURS = 6;

/** What is known of the past so far; `from` moves back until all is read. */
interface Gathering {
  readonly rule: RuleForm;
  readonly last: number;
  /** Oldest first. */
  hours: readonly HourFacts[];
  from: number;
  isComplete: boolean;
  readonly done: Promise<void>;
}

export interface PastFactsFound {
  readonly hours: readonly HourFacts[];
  readonly from: number;
  readonly isComplete: boolean;
}

/** The facts of past hours, gathered once for all thresholds, and in the background if that takes long. */
export class PastFacts {
  private readonly kept: Gathering[] = [];

  constructor(
    private readonly news: AlertNews,
    private readonly length: number,
  ) {}

  /** The facts of hours up to `last` that are known after at most `patienceMs`. Throws the error that ended the gathering. */
  async of(rule: RuleForm, last: number, patienceMs: number): Promise<PastFactsFound> {
    const gathering = this.kept.find((one) => one.last === last && needsSame(one.rule, rule)) ?? this.begin(rule, last);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      if (Number.isFinite(patienceMs)) timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([gathering.done, late]);
    clearTimeout(timer);
    return { hours: gathering.hours, from: gathering.from, isComplete: gathering.isComplete };
  }

  private begin(rule: RuleForm, last: number): Gathering {
    const older = this.kept.find((one) => one.isComplete && last - one.last <= KEPT_HOURS && one.last < last && needsSame(one.rule, rule));
    let start: () => void = () => undefined;
    const started = new Promise<void>((resolve) => (start = resolve));
    const gathering: Gathering = { rule, last, hours: [], from: last + 1, isComplete: false, done: started.then(() => this.gather(gathering, older)) };
    // A failed gathering is not cached.
    gathering.done.catch(() => void this.kept.splice(this.kept.indexOf(gathering), 1));
    this.kept.unshift(gathering);
    this.kept.length = Math.min(this.kept.length, MOST_KEPT);
    start();
    return gathering;
  }

  private async gather(gathering: Gathering, older: Gathering | undefined): Promise<void> {
    const { rule, last } = gathering;
    const first = last + 1 - this.length;
    const known = older?.hours.filter(({ hour }) => hour >= first && hour <= older.last - SETTLED) ?? [];
    const end = (known.at(-1)?.hour ?? first - 1) + 1;
    const step = rule.condition.kind === 'unusual' ? PART : this.length;
    for (let to = last + 1; to > end; to -= step) {
      const from = Math.max(end, to - step);
      const part = await gatherFacts(this.news, { rule, hours: { from, to }, mostArticles: MOST_ARTICLES });
      gathering.hours = [...part.hours, ...gathering.hours];
      gathering.from = part.from;
      if (part.from > from) break;
    }
    if (known[0] && gathering.from === end) {
      gathering.hours = [...known, ...gathering.hours];
      gathering.from = known[0].hour;
    }
    gathering.isComplete = true;
  }
}

/** Whether two rules need the same facts: thresholds do not matter, but a phrase does. */
function needsSame(one: RuleForm, other: RuleForm): boolean {
  const needs = (rule: RuleForm): RuleForm => ({
    ...rule,
    leastArticles: 0,
    condition: rule.condition.kind === 'phrase' ? rule.condition : ({ kind: rule.condition.kind } as RuleForm['condition']),
  });
  return measuresSame(needs(one), needs(other));
}
