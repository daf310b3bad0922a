import { err, ok, type Clock, type Result } from '@barometer/kernel';
import { freshState, measuresSame, type AlertRule, type RuleForm } from '../domain/rule';
import type { AlertNews } from '../ports/alert-news.port';
import type { AlertStore } from '../ports/alert-store.port';
import { unknownOf, type RuleProblem } from './add-rule.use-case';
import { closedBy } from './close-episodes';
import { settledHour } from './evaluate-alerts.use-case';

/** Conflicts are rare: a rule is otherwise written about once an hour. */
const MOST_ATTEMPTS = 10;

/** Changes a rule. If it now measures something else, or is switched off, its open episodes end. */
export class ChangeRule {
  constructor(private readonly deps: { readonly store: AlertStore; readonly news: AlertNews; readonly clock: Clock }) {}

  async execute(id: string, form: RuleForm): Promise<Result<AlertRule, RuleProblem | 'not-found'>> {
    const { store, clock } = this.deps;
    const problem = await unknownOf(form, this.deps);
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const rule = await store.rule(id);
      if (!rule) return err('not-found');
      if (problem) return err(problem);
      const now = clock.now();
      const goesOn = measuresSame(rule, form) && form.enabled && rule.enabled && rule.broken === undefined;
      const { id: own, createdAt, version } = rule;
      const changed: AlertRule = { ...form, id: own, createdAt, version, changedAt: now, state: goesOn ? rule.state : freshState(settledHour(now)) };
      if (await store.keep({ rule: changed, opened: [], closed: goesOn ? [] : closedBy(rule, 'rule-changed', now), tellings: [] }))
        return ok({ ...changed, version: version + 1 });
    }
    throw new Error(`the rule ${id} is changed by others all the time`);
  }
}
