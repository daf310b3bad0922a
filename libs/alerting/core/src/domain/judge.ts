import type { HourFacts } from './facts';
import type { Condition, RuleForm } from './rule';

type JudgedRule = Pick<RuleForm, 'condition' | 'leastArticles' | 'windowHours'>;

/** The measured value of a subject of a rule at an hour. */
export interface Measurement {
  /** The story's id; `''` where a rule has only one subject. */
  readonly subject: string;
  readonly title?: string;
  /** In the unit of the condition: tone, times, publishers, articles, hours. */
  readonly value: number;
  /** How far the value is beyond the threshold, in the same unit; the rule fires from 0 on. */
  readonly excess: number;
  readonly usual?: { readonly low: number; readonly high: number; readonly mean: number };
}

/**
 * Judges an hour by a rule: a measurement for each subject, or `undefined` where no statement is possible (too little
 * was observed, too few articles, or no usual value known). For a window with gaps, only stories and phrases that were
 * found are reported: they exist whatever was missed.
 */
export function judge(rule: JudgedRule, facts: HourFacts): readonly Measurement[] | undefined {
  if (!facts.observed) return foundIn(rule, facts);
  return measurementsOf(rule, facts);
}

function foundIn(rule: JudgedRule, facts: HourFacts): readonly Measurement[] | undefined {
  if (!facts.listened || (rule.condition.kind !== 'phrase' && rule.condition.kind !== 'story')) return undefined;
  const found = measurementsOf(rule, facts)?.filter(({ excess }) => excess >= 0);
  return found?.length ? found : undefined;
}

function measurementsOf(rule: JudgedRule, facts: HourFacts): readonly Measurement[] | undefined {
  const { condition } = rule;
  if (condition.kind === 'silence') return [{ subject: '', value: facts.volume === 0 ? rule.windowHours : 0, excess: facts.volume === 0 ? 0 : -1 }];
  if (condition.kind === 'phrase')
    return facts.matches === undefined ? undefined : [{ subject: '', value: facts.matches, excess: facts.matches - Math.max(1, rule.leastArticles) }];
  if (condition.kind === 'story')
    return facts.stories?.map(({ id, title, publishers }) => ({ subject: id, title, value: publishers, excess: publishers - condition.publishers }));
  if (facts.volume < rule.leastArticles) return undefined;
  return condition.kind === 'volume' ? volumeOf(condition, facts) : toneOf(condition, facts);
}

function volumeOf({ times }: Extract<Condition, { kind: 'volume' }>, { volume, usualVolume }: HourFacts): readonly Measurement[] | undefined {
  if (usualVolume === undefined || usualVolume <= 0) return undefined;
  return [{ subject: '', value: volume / usualVolume, excess: volume / usualVolume - times }];
}

function toneOf(condition: Extract<Condition, { kind: 'tone' | 'unusual' }>, { tone, usual }: HourFacts): readonly Measurement[] | undefined {
  if (tone === undefined) return undefined;
  if (condition.kind === 'tone') return [{ subject: '', value: tone, excess: condition.side === 'under' ? condition.tone - tone : tone - condition.tone }];
  if (!usual) return undefined;
  const [under, over] = [usual.low - tone, tone - usual.high];
  const outside = condition.direction === 'darker' ? under : condition.direction === 'calmer' ? over : Math.max(under, over);
  const { low, high, mean } = usual;
  return [{ subject: '', value: tone, excess: outside - condition.beyond, usual: { low, high, mean } }];
}
