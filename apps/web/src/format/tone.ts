import type { ToneWord } from '@barometer/http-api/contract';

/** The side of the diverging scale that a tone or a label lies on; styles colour by it. */
export type ToneSide = 'negative' | 'neutral' | 'positive';

const MINUS = '\u2212';
const digits = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

// The bands of the API's own word for a mood, so that a single article and the mood speak alike.
const BALANCED_BELOW = 0.05;
const SLIGHT_BELOW = 0.25;
const STRONG_FROM = 0.6;

/** A tone with its sign and two digits: `−0.12`, `+0.31`, `0.00`. */
export function formatTone(tone: number): string {
  const rounded = Math.round(tone * 100) / 100;
  const size = digits.format(Math.abs(rounded));
  if (rounded === 0) return size;
  return `${rounded < 0 ? MINUS : '+'}${size}`;
}

/** Whether a tone leans to a side, by what a reader sees: two digits. */
export function sideOf(tone: number): ToneSide {
  if (Math.abs(tone) < BALANCED_BELOW) return 'neutral';
  return tone < 0 ? 'negative' : 'positive';
}

/** A tone in words: `balanced`, `slightly negative`, `negative`, `strongly negative`, and the same upwards. */
export function toneWord(tone: number): ToneWord {
  const side = sideOf(tone);
  if (side === 'neutral') return 'balanced';
  const size = Math.abs(tone);
  if (size < SLIGHT_BELOW) return `slightly ${side}`;
  return size >= STRONG_FROM ? `strongly ${side}` : side;
}

/** A tone as a screen reader should say it. */
export const spokenTone = (tone: number | null): string =>
  tone === null ? 'no tone yet' : `tone ${formatTone(tone).replace(MINUS, 'minus ').replace('+', 'plus ')}, ${toneWord(tone)}`;
