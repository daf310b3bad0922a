import type { HourFacts } from './facts';
import { judge, type Measurement } from './judge';
import type { RuleForm, RuleState, SubjectState } from './rule';

export type CloseReason = 'over' | 'nothing-known' | 'rule-changed' | 'rule-removed' | 'scope-gone';

/** An episode that begins or ends at an hour. */
export type EpisodeEvent =
  | { readonly kind: 'opened'; readonly hour: number; readonly subject: string; readonly measurement: Measurement; readonly volume: number }
  | { readonly kind: 'closed'; readonly hour: number; readonly subject: string; readonly openedHour: number; readonly reason: CloseReason };

export interface Evaluation {
  readonly state: RuleState;
  readonly events: readonly EpisodeEvent[];
}

/** An episode ends after so many hours without data. */
export const BLANK_HOURS = 24;
/** Numbers that differ by less are equal: sums of tones are rounded. */
const EPSILON = 1e-9;
const unknown: SubjectState = { breachHours: 0, calmHours: 0, blankHours: 0 };

/**
 * Goes through hours in order and says which episodes begin and end. The same function runs live, an hour at a time, and
 * over the past: hours up to `evaluatedTo` are skipped, so that the result does not depend on how hours are grouped.
 */
export function evaluate(rule: RuleForm, state: RuleState, hours: readonly HourFacts[]): Evaluation {
  const events: EpisodeEvent[] = [];
  let current = state;
  for (const facts of hours) {
    if (facts.hour <= current.evaluatedTo) continue;
    const next = evaluateHour(rule, current, facts);
    current = next.state;
    events.push(...next.events);
  }
  return { state: current, events };
}

function evaluateHour(rule: RuleForm, state: RuleState, facts: HourFacts): Evaluation {
  const measured = judge(rule, facts);
  const events: EpisodeEvent[] = [];
  const subjects: Record<string, SubjectState> = {};
  const names = new Set([...Object.keys(state.subjects), ...(measured ?? []).map(({ subject }) => subject)]);
  for (const subject of names) {
    // In a window with gaps, a subject that was not found may still exist.
    const measurement = measured?.find((one) => one.subject === subject) ?? (measured && facts.observed ? gone(subject) : undefined);
    const { next, event } = evaluateSubject(rule, state.subjects[subject] ?? unknown, measurement, facts);
    if (event) events.push(event.kind === 'opened' ? event : { ...event, subject });
    if (isRemembered(next, facts.hour)) subjects[subject] = next;
  }
  const isJudged = facts.observed || measured !== undefined;
  return { state: { ...state, evaluatedTo: facts.hour, ...(isJudged && { judgedTo: facts.hour }), subjects }, events };
}

/** A story that no publisher reports any more. */
const gone = (subject: string): Measurement => ({ subject, value: 0, excess: -Infinity });

const isRemembered = ({ breachHours, openedHour, readyFrom = -Infinity }: SubjectState, hour: number): boolean =>
  breachHours > 0 || openedHour !== undefined || readyFrom > hour + 1;

function evaluateSubject(
  rule: RuleForm,
  state: SubjectState,
  measurement: Measurement | undefined,
  { hour, volume }: HourFacts,
): { next: SubjectState; event?: EpisodeEvent } {
  const next = counted(rule, state, measurement);
  if (state.openedHour !== undefined) {
    const reason = next.calmHours >= rule.holdHours ? 'over' : next.blankHours >= BLANK_HOURS ? 'nothing-known' : undefined;
    if (!reason) return { next };
    return {
      next: { ...unknown, readyFrom: hour + 1 + rule.cooldownHours },
      event: { kind: 'closed', hour, subject: '', openedHour: state.openedHour, reason },
    };
  }
  if (!measurement || next.breachHours < rule.holdHours || hour < (state.readyFrom ?? -Infinity)) return { next };
  return {
    next: { breachHours: next.breachHours, calmHours: 0, blankHours: 0, openedHour: hour },
    event: { kind: 'opened', hour, subject: measurement.subject, measurement, volume },
  };
}

/** An hour without data does not count as an hour in a row. */
function counted(rule: RuleForm, state: SubjectState, measurement: Measurement | undefined): SubjectState {
  if (!measurement) return { ...state, breachHours: 0, blankHours: state.blankHours + 1 };
  const isBeyond = measurement.excess >= -EPSILON;
  const isBack = rule.hysteresis === 0 ? !isBeyond : measurement.excess < -rule.hysteresis + EPSILON;
  return { ...state, breachHours: isBeyond ? state.breachHours + 1 : 0, calmHours: isBack ? state.calmHours + 1 : 0, blankHours: 0 };
}
