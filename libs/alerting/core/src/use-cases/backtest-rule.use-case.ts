import { HOUR, type Clock } from '@barometer/kernel';
import type { HourFacts } from '../domain/facts';
import { evaluate } from '../domain/evaluate';
import { freshState, type RuleForm } from '../domain/rule';
import { sentenceOf } from '../domain/sentence';
import { viewOf } from '../domain/episode';
import type { AlertNews } from '../ports/alert-news.port';
import { settledHour } from './evaluate-alerts.use-case';
import { PastFacts } from './past-facts';

const DAYS = 30;
/** Somebody types, and waits for the answer. */
const PATIENCE = 200;

/** An episode as it would have been. */
export interface PastEpisode {
  readonly openedAt: number;
  readonly closedAt?: number;
  readonly value: number;
  readonly usual?: { readonly low: number; readonly high: number; readonly mean: number };
  readonly volume: number;
  readonly sentence: string;
  readonly view: string;
}

export interface Backtest {
  /** What was looked at, in milliseconds since 1970; later than 30 days ago where no more is known or was read. */
  readonly from: number;
  readonly to: number;
  /** `false` while more is being looked at: ask again. */
  readonly isComplete: boolean;
  /** Hours of it that something could be said of. */
  readonly judgedHours: number;
  /** The latest first. */
  readonly episodes: readonly PastEpisode[];
}

/**
 * How often a rule would have rung in the last 30 days, by the evaluation that runs live. Facts are kept, so that other
 * thresholds are answered at once.
 */
export class BacktestRule {
  private readonly past: PastFacts;

  constructor(private readonly deps: { readonly news: AlertNews; readonly clock: Clock }) {
    this.past = new PastFacts(deps.news, DAYS * 24);
  }

  /** Answers after about `patienceMs` of what is known by then; the rest is looked at meanwhile, and told to whoever asks again. */
  async execute(rule: RuleForm, patienceMs = PATIENCE): Promise<Backtest> {
    const last = settledHour(this.deps.clock.now());
    const [{ hours, from, isComplete }, scopeName] = await Promise.all([this.past.of(rule, last, patienceMs), this.deps.news.nameOf(rule.scope)]);
    const { events } = evaluate(rule, freshState(from - 1), hours);
    const episodes = events.filter((event) => event.kind === 'opened').map(({ subject, hour, measurement, volume }): PastEpisode => {
      const end = events.find((event) => event.kind === 'closed' && event.subject === subject && event.openedHour === hour);
      return {
        openedAt: (hour + 1) * HOUR, ...(end && { closedAt: (end.hour + 1) * HOUR }), value: measurement.value, ...(measurement.usual && { usual: measurement.usual }), volume,
        sentence: sentenceOf(rule.condition, scopeName ?? 'what is gone', rule.windowHours, measurement), view: viewOf(rule.scope, hour, rule.windowHours),
      };
    });
    return { from: from * HOUR, to: (last + 1) * HOUR, isComplete, judgedHours: hours.filter(isJudged(rule)).length, episodes: episodes.reverse() };
  }
}

const isJudged = ({ leastArticles }: RuleForm) => ({ observed, volume }: HourFacts) => observed && volume >= leastArticles;
