/** The range in which a figure lies. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** A range from its two ends, or a single value as a range. */
export const range = (low: number, high = low): Range => ({ low, high });

export const sum = (all: readonly Range[]): Range => ({
  low: all.reduce((total, { low }) => total + low, 0),
  high: all.reduce((total, { high }) => total + high, 0),
});

/** The product of ranges that are not negative: low times low, high times high. */
export const times = (...all: readonly Range[]): Range => ({
  low: all.reduce((product, { low }) => product * low, 1),
  high: all.reduce((product, { high }) => product * high, 1),
});

/** Two significant figures: more would pretend to a precision that does not exist. */
export function twoFigures(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) < 0.005) return 'under 0.01';
  const rounded = Number(value.toPrecision(2));
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(Math.abs(rounded))));
  return rounded.toLocaleString('en', { minimumFractionDigits: Math.min(2, decimals), maximumFractionDigits: Math.min(2, decimals) });
}

/** As text: `4.6–11`, or one figure if both ends read the same. */
export function rangeText({ low, high }: Range): string {
  const [from, to] = [twoFigures(low), twoFigures(high)];
  return from === to ? from : `${from}–${to}`;
}
