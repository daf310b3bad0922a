/** A value with the variance of its measurement error. */
export interface Measured {
  readonly value: number;
  readonly variance: number;
}

/**
 * The variance of true values beyond their measurement errors: the moment estimator of the variance between groups,
 * (Q - (k - 1)) / (W - ΣW²/W) with Q = Σw(x - mean)² and w = 1/variance; never below 0. Several families of groups are
 * pooled, each around its own mean.
 */
export function varianceBetween(families: Iterable<readonly Measured[]>): number {
  let excess = 0;
  let scale = 0;
  for (const family of families) {
    const weights = family.map(({ variance }) => 1 / variance);
    const total = sum(weights);
    if (family.length < 2) continue;
    const mean = sum(family.map(({ value }, index) => value * (weights[index] ?? 0))) / total;
    excess += sum(family.map(({ value }, index) => (weights[index] ?? 0) * (value - mean) ** 2)) - (family.length - 1);
    scale += total - sum(weights.map((weight) => weight * weight)) / total;
  }
  return scale > 0 ? Math.max(0, excess / scale) : 0;
}

/** The mean of values with an additional variance `between`, weighted by 1/(variance + between), and the variance of that mean. */
export function pooled(values: readonly Measured[], between: number): Measured {
  const weights = values.map(({ variance }) => 1 / (variance + between));
  const total = sum(weights);
  return { value: sum(values.map(({ value }, index) => value * (weights[index] ?? 0))) / total, variance: 1 / total };
}

/** Student's t quantile for a two-sided 95 % range; Cornish–Fisher expansion around 1.96, within 0.02 from 4 degrees of freedom on. */
export function quantile95(degrees: number): number {
  const z = 1.959964;
  const d = Math.max(degrees, 3);
  return z + (z ** 3 + z) / (4 * d) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * d ** 2) + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * d ** 3);
}

/** The standard normal distribution function (Abramowitz–Stegun 26.2.17, error under 1e-7). */
export function normalShareBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
}

export const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
