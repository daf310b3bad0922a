import { HOUR, type Clock } from '@barometer/kernel';
import type { HourFacts } from '../domain/facts';
import { evaluate } from '../domain/evaluate';
import { freshState, measuresSame, type RuleForm } from '../domain/rule';
import { sentenceOf } from '../domain/sentence';
import { viewOf } from '../domain/episode';
import type { AlertNews } from '../ports/alert-news.port';
import { settledHour } from './evaluate-alerts.use-case';
import { gatherFacts, type Facts } from './gather-facts';

const DAYS = 30;
/** Articles that are looked at for stories and phrases: some days of a busy store. */
const MOST_ARTICLES = 4_000;
const MOST_KEPT = 16;

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
  /** Hours of it that something could be said of. */
  readonly judgedHours: number;
  /** The latest first. */
  readonly episodes: readonly PastEpisode[];
}

/**
 * How often a rule would have rung in the last 30 days, by the evaluation that runs live. Facts are kept for the hour, so
 * that other thresholds are answered at once.
 */
export class BacktestRule {
  private readonly kept: { readonly rule: RuleForm; readonly last: number; readonly facts: Promise<Facts> }[] = [];

  constructor(private readonly deps: { readonly news: AlertNews; readonly clock: Clock }) {}

  async execute(rule: RuleForm): Promise<Backtest> {
    const last = settledHour(this.deps.clock.now());
    const [{ hours, from }, scopeName] = await Promise.all([this.facts(rule, last), this.deps.news.nameOf(rule.scope)]);
    const { events } = evaluate(rule, freshState(from - 1), hours);
    const episodes = events.filter((event) => event.kind === 'opened').map(({ subject, hour, measurement, volume }): PastEpisode => {
      const end = events.find((event) => event.kind === 'closed' && event.subject === subject && event.openedHour === hour);
      return {
        openedAt: (hour + 1) * HOUR, ...(end && { closedAt: (end.hour + 1) * HOUR }), value: measurement.value, ...(measurement.usual && { usual: measurement.usual }), volume,
        sentence: sentenceOf(rule.condition, scopeName ?? 'what is gone', rule.windowHours, measurement), view: viewOf(rule.scope, hour, rule.windowHours),
      };
    });
    return { from: from * HOUR, to: (last + 1) * HOUR, judgedHours: hours.filter(isJudged(rule)).length, episodes: episodes.reverse() };
  }

  private facts(rule: RuleForm, last: number): Promise<Facts> {
    const known = this.kept.find((one) => one.last === last && needsSame(one.rule, rule));
    if (known) return known.facts;
    const facts = gatherFacts(this.deps.news, { rule, hours: { from: last + 1 - DAYS * 24, to: last + 1 }, mostArticles: MOST_ARTICLES });
    const kept = { rule, last, facts };
    this.kept.unshift(kept);
    this.kept.length = Math.min(this.kept.length, MOST_KEPT);
    // An outage is not remembered.
    facts.catch(() => this.kept.splice(this.kept.indexOf(kept), 1));
    return facts;
  }
}

const isJudged = ({ leastArticles }: RuleForm) => ({ observed, volume }: HourFacts) => observed && volume >= leastArticles;

/** Whether rules need the same facts: thresholds are no matter, but a phrase is. */
function needsSame(one: RuleForm, other: RuleForm): boolean {
  const needs = (rule: RuleForm): RuleForm => ({ ...rule, leastArticles: 0, condition: rule.condition.kind === 'phrase' ? rule.condition : { kind: rule.condition.kind } as RuleForm['condition'] });
  return measuresSame(needs(one), needs(other));
}
