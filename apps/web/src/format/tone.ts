/** The side of the diverging scale that a tone or a label lies on; styles colour by it. */
export type ToneSide = 'negative' | 'neutral' | 'positive';

const MINUS = '\u2212';
const digits = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Tones closer to zero than this read as neutral: less than one article in twenty leaning one way. */
const NEUTRAL_BELOW = 0.05;
const SLIGHT_BELOW = 0.2;
const STRONG_FROM = 0.5;

/** A tone with its sign and two digits: `−0.12`, `+0.31`, `0.00`. */
export function formatTone(tone: number): string {
  const rounded = Math.round(tone * 100) / 100;
  const size = digits.format(Math.abs(rounded));
  if (rounded === 0) return size;
  return `${rounded < 0 ? MINUS : '+'}${size}`;
}

/** Whether a tone leans to a side, by what a reader sees: two digits. */
export function sideOf(tone: number): ToneSide {
  if (Math.abs(tone) < NEUTRAL_BELOW) return 'neutral';
  return tone < 0 ? 'negative' : 'positive';
}

/** A tone in words: `neutral`, `slightly negative`, `negative`, `very negative`, and the same upwards. */
export function toneWord(tone: number): string {
  const side = sideOf(tone);
  if (side === 'neutral') return 'neutral';
  const size = Math.abs(tone);
  if (size < SLIGHT_BELOW) return `slightly ${side}`;
  return size >= STRONG_FROM ? `very ${side}` : side;
}

/** A tone as a screen reader should say it. */
export const spokenTone = (tone: number | null): string =>
  tone === null ? 'no tone yet' : `tone ${formatTone(tone).replace(MINUS, 'minus ').replace('+', 'plus ')}, ${toneWord(tone)}`;
