import { err, ok, randomHex, type Clock, type Result } from '@barometer/kernel';
import { freshState, type AlertRule, type RuleForm } from '../domain/rule';
import type { AlertNews } from '../ports/alert-news.port';
import type { AlertStore } from '../ports/alert-store.port';
import { settledHour } from './evaluate-alerts.use-case';

/** Limited, since all rules are read every minute. */
export const MOST_RULES = 100;

/** Why a rule or a digest is refused. */
export interface RuleProblem {
  readonly field: 'scope' | 'channelIds' | 'name';
  readonly code: 'unknown' | 'too-many';
  readonly message: string;
}

/** The first topic, source, group or channel of a rule or digest that does not exist, if any. */
export async function unknownOf(
  form: Pick<RuleForm, 'scope' | 'channelIds'>,
  { store, news }: { readonly store: Pick<AlertStore, 'channels'>; readonly news: Pick<AlertNews, 'nameOf'> },
): Promise<RuleProblem | undefined> {
  const known = new Set((await store.channels()).map(({ id }) => id));
  const missing = form.channelIds.find((id) => !known.has(id));
  if (missing !== undefined) return { field: 'channelIds', code: 'unknown', message: `There is no channel ${missing}.` };
  const isKnown = (await news.nameOf(form.scope)) !== undefined;
  return isKnown ? undefined : { field: 'scope', code: 'unknown', message: 'There is no such topic, source or group.' };
}

/** Adds a rule, which is evaluated from now on. */
export class AddRule {
  constructor(private readonly deps: { readonly store: AlertStore; readonly news: AlertNews; readonly clock: Clock }) {}

  async execute(form: RuleForm): Promise<Result<AlertRule, RuleProblem>> {
    const problem = await unknownOf(form, this.deps);
    if (problem) return err(problem);
    const { store, clock } = this.deps;
    if ((await store.rules()).length >= MOST_RULES)
      return err({ field: 'name', code: 'too-many', message: `There are ${MOST_RULES} rules already; remove one first.` });
    const now = clock.now();
    const rule: AlertRule = { ...form, id: randomHex(6), createdAt: now, changedAt: now, version: 1, state: freshState(settledHour(now)) };
    await store.addRule(rule);
    return ok(rule);
  }
}
