import type { ToneWord } from '@barometer/http-api/contract';
import { t } from '../i18n/translate';
import { formatScore } from './numbers';

/** The side of the diverging scale that a tone or a label lies on; styles use it for the colour. */
export type ToneSide = 'negative' | 'neutral' | 'positive';

const MINUS = '\u2212';

// The same limits as the API's word for a mood, so that an article and the mood are described alike.
const BALANCED_BELOW = 0.05;
const SLIGHT_BELOW = 0.25;
const STRONG_FROM = 0.6;

/** A tone with its sign and two digits: `−0.12`, `+0.31`, `0.00`. */
export function formatTone(tone: number): string {
  const rounded = Math.round(tone * 100) / 100;
  const size = formatScore(Math.abs(rounded));
  if (rounded === 0) return size;
  return `${rounded < 0 ? MINUS : '+'}${size}`;
}

/** The side that a tone leans to, judged by the two digits that a reader sees. */
export function sideOf(tone: number): ToneSide {
  if (Math.abs(tone) < BALANCED_BELOW) return 'neutral';
  return tone < 0 ? 'negative' : 'positive';
}

/** A tone in words: `balanced`, `slightly negative`, `negative`, `strongly negative`, and the same for positive ones. */
export function toneWord(tone: number): ToneWord {
  const side = sideOf(tone);
  if (side === 'neutral') return 'balanced';
  const size = Math.abs(tone);
  if (size < SLIGHT_BELOW) return `slightly ${side}`;
  return size >= STRONG_FROM ? `strongly ${side}` : side;
}

/** The word for a tone in the reader's language. */
export const toneText = (tone: number): string => t(`tone.${toneWord(tone)}`);

/** The size of a tone, without its sign. */
export const formatSize = (tone: number): string => formatTone(Math.abs(tone)).replace('+', '');

/** A tone for screen readers. */
export function spokenTone(tone: number | null): string {
  if (tone === null) return t('tone.none');
  const [sign, values] = [formatTone(tone)[0], { size: formatSize(tone), word: toneText(tone) }];
  return sign === MINUS ? t('tone.spokenMinus', values) : sign === '+' ? t('tone.spokenPlus', values) : t('tone.spokenZero', values);
}
