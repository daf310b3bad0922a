const whole = new Intl.NumberFormat();
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });
const fraction = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const oneDigit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

export const formatCount = (count: number): string => whole.format(count);
/** A part of one as a percentage without digits after the point. */
export const formatShare = (share: number): string => percent.format(share);
/** A probability with two digits. */
export const formatScore = (score: number): string => fraction.format(score);
export const formatRate = (rate: number): string => oneDigit.format(rate);

/** `1 article`, `2 articles`: English words around a number in the reader's locale. */
export const plural = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`;

/** Bytes as KB or MB, for a reader. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${formatCount(bytes)} B`;
  const kilo = bytes / 1024;
  return kilo < 1024 ? `${formatRate(kilo)} KB` : `${formatRate(kilo / 1024)} MB`;
}

/**
 * The parts of a whole as whole percentages that sum to exactly 100, by the largest remainder;
 * rounding each by itself would show 101 % or 99 % to a reader who adds up.
 */
export function wholePercentages(shares: readonly number[]): number[] {
  const floors = shares.map((share) => Math.floor(share * 100 + 1e-9));
  const missing = 100 - floors.reduce((sum, part) => sum + part, 0);
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: share * 100 - (floors[index] ?? 0) }))
    .sort((a, b) => b.remainder - a.remainder);
  for (const { index } of byRemainder.slice(0, Math.max(0, missing))) floors[index] = (floors[index] ?? 0) + 1;
  return floors;
}
