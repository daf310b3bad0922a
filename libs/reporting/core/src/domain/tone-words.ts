export const toneWords = ['strongly negative', 'negative', 'slightly negative', 'balanced', 'slightly positive', 'positive', 'strongly positive'] as const;

/** A tone in words, for readers who do not see a colour or a number. */
export type ToneWord = (typeof toneWords)[number];

// Upper ends of the bands on the negative side; the positive side mirrors them. The middle band is what rounds to 0.0.
const BALANCED = 0.05;
const SLIGHT = 0.25;
const PLAIN = 0.6;

/** The word for a tone: under 0.05 balanced, under 0.25 slightly negative or positive, under 0.6 negative or positive, else strongly so. */
export function toneWord(tone: number): ToneWord {
  const strength = Math.abs(tone);
  if (strength < BALANCED) return 'balanced';
  const sign = tone < 0 ? 'negative' : 'positive';
  if (strength < SLIGHT) return `slightly ${sign}`;
  return strength < PLAIN ? sign : `strongly ${sign}`;
}
