import type { Mood, UsualRange, UsualWord } from '@barometer/http-api/contract';
import { plural } from './numbers';
import { formatTone } from './tone';

/** The word of the API for a tone beside its usual range. */
export const usualWordOf = (tone: number, { low, high }: UsualRange): UsualWord => (tone < low ? 'darker than usual' : tone > high ? 'calmer than usual' : 'as usual');

export interface UsualText {
  /** The verdict, or that there is none. */
  readonly headline: string;
  /** What it is compared with, in a sentence. */
  readonly basis: string;
}

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
/** What a share of 100 usual windows lies below, as a reader says it. */
function lowerThan(percentile: number): string {
  if (percentile < 1) return 'darker than 99 of 100 usual ones';
  if (percentile > 99) return 'calmer than 99 of 100 usual ones';
  const whole = Math.round(percentile);
  return `the ${whole}${endings[ordinals.select(whole)] ?? 'th'} of 100 usual ones, from the darkest`;
}

/** The mood beside what is usual, in words that claim no more than the figures bear. */
export function usualText({ usual, noUsual }: Pick<Mood, 'usual' | 'noUsual'>): UsualText {
  if (usual) {
    const range = `usual is ${formatTone(usual.low)} to ${formatTone(usual.high)}; this is ${lowerThan(usual.percentile)}`;
    const basis = usual.basis === 'own' ? `Against ${plural(usual.days, 'day')} of its own` : 'Compared with a shipped reference, until there are 7 days of its own';
    return { headline: capital(usual.word), basis: `${basis}: ${range}.` };
  }
  const reasons = {
    'nothing-scored': 'No article of these hours has been scored.',
    'not-enough-history': 'That takes 7 watched days before these hours, scored by the same model.',
    'nothing-known': 'None of these sources spoke in the weeks before.',
  };
  return { headline: 'Too early to say what is usual', basis: reasons[noUsual ?? 'not-enough-history'] };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
