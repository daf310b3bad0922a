import { MICRO, toMicro } from './micro';

/** What scores add to a roll-up; sums are whole millionths, `toneSquares` those of the squared tone. */
export interface Contribution {
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
  readonly toneSum: number;
  readonly toneSquares: number;
}

/** A contribution to the counters of one scope in one hour (whole hours since 1970, UTC). */
export interface RollupIncrement extends Contribution {
  readonly scope: string;
  readonly hour: number;
}

/** The contribution of one score. */
export function contributionOf(sentiment: { readonly label: 'negative' | 'neutral' | 'positive'; readonly tone: number }): Contribution {
  // Adding 0 turns -0 into 0: databases do not store -0.
  const micro = toMicro(sentiment.tone) + 0;
  return {
    negative: Number(sentiment.label === 'negative'),
    neutral: Number(sentiment.label === 'neutral'),
    positive: Number(sentiment.label === 'positive'),
    toneSum: micro,
    toneSquares: Math.round((micro * micro) / MICRO),
  };
}

/** The sum of two contributions; `sign` -1 subtracts the second. */
export function addContribution(to: Contribution, other: Contribution, sign: 1 | -1 = 1): Contribution {
  return {
    negative: to.negative + sign * other.negative,
    neutral: to.neutral + sign * other.neutral,
    positive: to.positive + sign * other.positive,
    toneSum: to.toneSum + sign * other.toneSum,
    toneSquares: to.toneSquares + sign * other.toneSquares,
  };
}

/** Merges the contributions of several articles, so that each counter is written once. */
export class RollupIncrements {
  private readonly byKey = new Map<string, RollupIncrement>();

  add(scopes: readonly string[], hour: number, contribution: Contribution, sign: 1 | -1 = 1): void {
    for (const scope of scopes) {
      const key = `${hour} ${scope}`;
      const before = this.byKey.get(key) ?? { negative: 0, neutral: 0, positive: 0, toneSum: 0, toneSquares: 0 };
      this.byKey.set(key, { scope, hour, ...addContribution(before, contribution, sign) });
    }
  }

  list(): RollupIncrement[] {
    return [...this.byKey.values()];
  }
}
