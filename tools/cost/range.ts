/** A figure of which is known between what it lies. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** A range from its ends; of one value, that from itself to itself. */
export const range = (low: number, high = low): Range => ({ low, high });

export const sum = (all: readonly Range[]): Range => ({ low: all.reduce((total, { low }) => total + low, 0), high: all.reduce((total, { high }) => total + high, 0) });

/** Low times low, high times high: for figures that are not negative. */
export const times = (...all: readonly Range[]): Range => ({ low: all.reduce((product, { low }) => product * low, 1), high: all.reduce((product, { high }) => product * high, 1) });

/** Two significant figures: more would claim to know what nobody does. */
export function twoFigures(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) < 0.005) return 'under 0.01';
  const rounded = Number(value.toPrecision(2));
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(Math.abs(rounded))));
  return rounded.toLocaleString('en', { minimumFractionDigits: Math.min(2, decimals), maximumFractionDigits: Math.min(2, decimals) });
}

/** As text: `4.6–11`, or one figure where both ends read alike. */
export function rangeText({ low, high }: Range): string {
  const [from, to] = [twoFigures(low), twoFigures(high)];
  return from === to ? from : `${from}–${to}`;
}
