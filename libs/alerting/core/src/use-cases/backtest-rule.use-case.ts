import { HOUR, type Clock } from '@barometer/kernel';
import { evaluate } from '../domain/evaluate';
import { judge } from '../domain/judge';
import { freshState, type RuleForm } from '../domain/rule';
import { sentenceOf } from '../domain/sentence';
import { endOf, viewOf } from '../domain/episode';
import type { AlertNews } from '../ports/alert-news.port';
import { settledHour } from './evaluate-alerts.use-case';
import { PastFacts } from './past-facts';

const DAYS = 30;
/** Milliseconds: a user is typing and waits for the answer. */
const PATIENCE = 250;

/** An episode as the rule would have opened it. */
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
  /** The period that was evaluated, in milliseconds since 1970; shorter than 30 days if less is known or read so far. */
  readonly from: number;
  readonly to: number;
  /** `false` while more hours are being read: ask again. */
  readonly isComplete: boolean;
  /** Hours for which a statement was possible. */
  readonly judgedHours: number;
  /** Latest first. */
  readonly episodes: readonly PastEpisode[];
}

/**
 * How often a rule would have fired in the last 30 days, by the evaluation that runs live. Facts are cached, so that
 * other thresholds are answered at once.
 */
export class BacktestRule {
  private readonly past: PastFacts;

  constructor(private readonly deps: { readonly news: AlertNews; readonly clock: Clock }) {
    this.past = new PastFacts(deps.news, DAYS * 24);
  }

  /** Answers after about `patienceMs` with what is known by then; the rest is read in the background and is in later answers. */
  async execute(rule: RuleForm, patienceMs = PATIENCE): Promise<Backtest> {
    const now = this.deps.clock.now();
    const last = settledHour(now);
    const [{ hours, from, isComplete }, scopeName] = await Promise.all([this.past.of(rule, last, patienceMs), this.deps.news.nameOf(rule.scope)]);
    const { events } = evaluate(rule, freshState(from - 1), hours);
    const episodes = events
      .filter((event) => event.kind === 'opened')
      .map(({ subject, hour, measurement, volume }): PastEpisode => {
        const end = events.find((event) => event.kind === 'closed' && event.subject === subject && event.openedHour === hour);
        return {
          openedAt: endOf(hour),
          ...(end && { closedAt: endOf(end.hour) }),
          value: measurement.value,
          ...(measurement.usual && { usual: measurement.usual }),
          volume,
          sentence: sentenceOf(rule.condition, scopeName ?? 'what is gone', { hour, windowHours: rule.windowHours, now }, measurement),
          view: viewOf(rule.scope, hour, rule.windowHours),
        };
      });
    return {
      from: from * HOUR,
      to: (last + 1) * HOUR,
      isComplete,
      judgedHours: hours.filter((facts) => judge(rule, facts) !== undefined).length,
      episodes: episodes.reverse(),
    };
  }
}
