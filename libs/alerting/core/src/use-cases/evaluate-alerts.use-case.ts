import { HOUR, hourOf, MINUTE, randomHex, type Clock } from '@barometer/kernel';
import type { Telling } from '../domain/delivery';
import { endOf, episodeId, type Episode } from '../domain/episode';
import { evaluate, type EpisodeEvent } from '../domain/evaluate';
import { tellableAt } from '../domain/quiet-hours';
import { freshState, type AlertRule } from '../domain/rule';
import type { AlertNews } from '../ports/alert-news.port';
import type { AlertStore, Findings } from '../ports/alert-store.port';
import { closedBy } from './close-episodes';
import { explainEpisode } from './explain-episode';
import { gatherFacts } from './gather-facts';

/** An hour is evaluated this long after its end, when most of its articles have arrived and are scored. */
export const SETTLING = 10 * MINUTE;
/** After a longer pause, earlier hours are skipped. */
const MOST_CAUGHT_UP = 48;
/** An episode that began earlier is stored but not sent. */
const LATEST_TELLING_HOURS = 6;
/** At most this many articles are read for an hour of a rule about stories or phrases. */
const MOST_ARTICLES = 2_000;

export interface AlertReport {
  readonly evaluated: number;
  readonly opened: number;
  readonly closed: number;
}

const nothing: AlertReport = { evaluated: 0, opened: 0, closed: 0 };

/** The latest hour that is over and settled. */
export const settledHour = (now: number): number => hourOf(now - SETTLING) - 1;

/**
 * Evaluates every rule up to the latest settled hour. Evaluators that run in parallel store the same result once: a
 * write is conditional on the rule's version, and an episode's id derives from its rule and hour.
 */
export class EvaluateAlerts {
  /** For each rule, the hour in which it was last reported as waiting. */
  private readonly saidOf = new Map<string, number>();

  constructor(private readonly deps: { readonly store: AlertStore; readonly news: AlertNews; readonly clock: Clock; readonly log?: (line: string) => void }) {}

  async execute(): Promise<AlertReport> {
    const now = this.deps.clock.now();
    const last = settledHour(now);
    let report = nothing;
    for (const rule of await this.deps.store.rules()) {
      if (!rule.enabled || rule.broken !== undefined || rule.state.evaluatedTo === last) continue;
      // A rule that cannot be evaluated does not stop the others.
      const found = await this.evaluateRule(rule, last, now).catch((error: unknown) => {
        this.deps.log?.(`the alert rule "${rule.name}" could not be evaluated: ${error instanceof Error ? error.message : String(error)}`);
        return nothing;
      });
      report = { evaluated: report.evaluated + found.evaluated, opened: report.opened + found.opened, closed: report.closed + found.closed };
    }
    return report;
  }

  private async evaluateRule(rule: AlertRule, last: number, now: number): Promise<AlertReport> {
    const { judgedTo = rule.state.evaluatedTo } = rule.state;
    if (judgedTo > last) return this.wait(rule, judgedTo, last);
    // The clock was ahead, during hours that could not be evaluated: from now on the rule follows the corrected clock.
    if (rule.state.evaluatedTo > last + 1)
      return this.keep({ rule: { ...rule, state: { ...freshState(last), judgedTo, subjects: openOnes(rule, last) } }, opened: [], closed: [], tellings: [] });
    if (rule.state.evaluatedTo > last) return nothing;
    const scopeName = await this.deps.news.nameOf(rule.scope);
    if (scopeName === undefined)
      return this.keep({
        rule: { ...rule, broken: 'what it listens to is gone', state: { ...rule.state, subjects: {} } },
        opened: [],
        closed: closedBy(rule, 'scope-gone', now),
        tellings: [],
      });
    const from = Math.max(rule.state.evaluatedTo, last - MOST_CAUGHT_UP) + 1;
    const isSteady = from === last;
    const steadySince = isSteady ? rule.state.steadySince : last;
    const facts = await gatherFacts(this.deps.news, { rule, hours: { from, to: last + 1 }, steadySince, mostArticles: MOST_ARTICLES });
    const { state, events } = evaluate(rule, rule.state, facts.hours);
    return this.keep(await this.findings({ ...rule, state: { ...state, evaluatedTo: last, steadySince } }, scopeName, events, { now, last }));
  }

  /** The clock is behind an hour that was judged already: judging it again would fire about the past, or twice. */
  private wait({ id, name }: AlertRule, judgedTo: number, last: number): AlertReport {
    if (judgedTo > last + 1 && this.saidOf.get(id) !== last) {
      this.saidOf.set(id, last);
      this.deps.log?.(
        `the alert rule "${name}" waits: it has judged the hours up to ${new Date((judgedTo + 1) * HOUR).toISOString()}, and the clock is behind`,
      );
    }
    return nothing;
  }

  private async findings(
    rule: AlertRule,
    scopeName: string,
    events: readonly EpisodeEvent[],
    { now, last }: { readonly now: number; readonly last: number },
  ): Promise<Findings> {
    const ends = events
      .filter((event) => event.kind === 'closed')
      .map(({ hour, subject, openedHour, reason }) => ({ id: episodeId(rule.id, subject, openedHour), closedAt: endOf(hour), reason }));
    const opened: Episode[] = [];
    for (const event of events) {
      if (event.kind !== 'opened') continue;
      const episode = await explainEpisode(this.deps.news, rule, scopeName, event, now);
      const end = ends.find(({ id }) => id === episode.id);
      opened.push(end ? { ...episode, closedAt: end.closedAt, closedReason: end.reason } : episode);
    }
    const closed = ends.filter(({ id }) => !opened.some((one) => one.id === id));
    const recent = opened.filter(({ openedHour }) => openedHour > last - LATEST_TELLING_HOURS).map(({ id }) => ({ id, event: 'opened' as const }));
    const over = rule.tellEnd ? closed.map(({ id }) => ({ id, event: 'closed' as const })) : [];
    return { rule, opened, closed, tellings: tellingsOf(rule, [...recent, ...over], now) };
  }

  private async keep(findings: Findings): Promise<AlertReport> {
    const isKept = await this.deps.store.keep(findings);
    return isKept ? { evaluated: 1, opened: findings.opened.length, closed: findings.closed.length } : nothing;
  }
}

const openOnes = ({ state }: AlertRule, last: number) =>
  Object.fromEntries(
    Object.entries(state.subjects)
      .filter(([, { openedHour }]) => openedHour !== undefined)
      .map(([subject, one]) => [subject, { ...one, readyFrom: Math.min(one.readyFrom ?? last, last) }]),
  );

function tellingsOf(rule: AlertRule, told: readonly { readonly id: string; readonly event: Telling['event'] }[], now: number): Telling[] {
  const availableAt = tellableAt(rule.quiet, now);
  return told.flatMap(({ id, event }) => rule.channelIds.map((channelId) => ({ id: randomHex(8), channelId, episodeId: id, event, availableAt })));
}
