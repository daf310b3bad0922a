import type { Mood } from '@barometer/reporting';
import { signed } from '../wire/signed-tone';

/** The content of a card and a badge of a mood, in words. */
export interface EmbeddedMood {
  /** The scope of the mood: a topic, a source, both, or all news. */
  readonly about: string;
  /** Such as `the last 24 hours`. */
  readonly when: string;
  readonly mood: Mood;
  /** When the mood was computed, in milliseconds since 1970. */
  readonly asOf: number;
  /** The page's view of the same mood. */
  readonly pageUrl: string;
}

export type Side = 'negative' | 'neutral' | 'positive';

/** Background colours on which white text has a contrast of at least 4.5 : 1. */
export const fills: Readonly<Record<Side, string>> = { negative: '#a4470b', neutral: '#566273', positive: '#1a5fa8' };

const BALANCED_BELOW = 0.05;

/** The side that a tone leans to, judged by the digits shown. */
export const sideOf = (tone: number): Side => (Math.abs(Math.round(tone * 100) / 100) < BALANCED_BELOW ? 'neutral' : tone < 0 ? 'negative' : 'positive');

/** The verdict: compared with the usual range if there is one, else the tone in words; undefined if nothing was scored. */
export function verdictOf({ tone, word, usual }: Mood): string | undefined {
  if (tone === undefined) return undefined;
  return 'missing' in usual ? word : usual.word;
}

/** The tone and the verdict in one line, or that there is neither. */
export function lineOf({ mood, when }: Pick<EmbeddedMood, 'mood' | 'when'>): string {
  return mood.tone === undefined ? `nothing scored in ${when}` : `${signed(mood.tone)} ${verdictOf(mood) ?? ''}`.trim();
}
