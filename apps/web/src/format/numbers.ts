import { perLocale } from '../i18n/language';
import { t } from '../i18n/translate';

const whole = perLocale((locale) => new Intl.NumberFormat(locale));
const percent = perLocale((locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }));
const fraction = perLocale((locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }));
const oneDigit = perLocale((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));

export const formatCount = (count: number): string => whole().format(count);
/** A fraction as a percentage without decimals. */
export const formatShare = (share: number): string => percent().format(share);
/** A number with two decimals: a probability, the size of a tone. */
export const formatScore = (score: number): string => fraction().format(score);
export const formatRate = (rate: number): string => oneDigit().format(rate);

/** Bytes as KB or MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return t('size.bytes', { size: bytes });
  const kilo = bytes / 1024;
  return kilo < 1024 ? t('size.kilobytes', { size: formatRate(kilo) }) : t('size.megabytes', { size: formatRate(kilo / 1024) });
}

/**
 * The parts of a whole as whole percentages that sum to exactly 100, by the largest remainder method; rounding each
 * separately could give 99 % or 101 %.
 */
export function wholePercentages(shares: readonly number[]): number[] {
  const floors = shares.map((share) => Math.floor(share * 100 + 1e-9));
  const missing = 100 - floors.reduce((sum, part) => sum + part, 0);
  const byRemainder = shares.map((share, index) => ({ index, remainder: share * 100 - (floors[index] ?? 0) })).sort((a, b) => b.remainder - a.remainder);
  for (const { index } of byRemainder.slice(0, Math.max(0, missing))) floors[index] = (floors[index] ?? 0) + 1;
  return floors;
}
