import { fromMicro } from '@barometer/kernel';
import { volumeOf } from './figures';
import type { Counts } from './report';

/** Articles of a part of the news (a story, a topic, a source), and the sum of their tones in -1...1 each. */
export interface Told {
  readonly volume: number;
  readonly tones: number;
}

/** A part in both of two periods that are compared. */
export interface ComparedPart {
  readonly id: string;
  readonly before: Told;
  readonly after: Told;
}

/** What a part moved the mean tone by. `effect` is the sum of the other two. */
export interface Driver extends ComparedPart {
  readonly effect: number;
  /** By sounding otherwise than before, at its mean share of the articles. */
  readonly toneEffect: number;
  /** By having another share of the articles than before, at its mean tone against that of all. */
  readonly mixEffect: number;
}

export interface Decomposition {
  readonly previousTone: number;
  readonly tone: number;
  readonly difference: number;
  readonly drivers: readonly Driver[];
  /** What is left of the difference: of articles in no part, or in several. */
  readonly rest: number;
}

export const nothingTold: Told = { volume: 0, tones: 0 };

export const toldOf = (counts: Counts): Told => ({ volume: volumeOf(counts), tones: fromMicro(counts.toneSum) });

/**
 * Takes the difference of two mean tones apart, exactly: the effects and the rest sum to it. With w the share of the articles,
 * t the mean tone, M that of all, and a bar for the mean of both periods, a part has moved the mean by w̄·(t - t') through its tone
 * and by (w - w')·(t̄ - M̄) through its share: the symmetric decomposition of a difference of rates that goes back to Kitagawa
 * (1955). A part that speaks in one period only has no other tone to compare with: all its effect is that of its share.
 * `undefined` where one of the periods has no article.
 */
export function decompose(before: Told, after: Told, parts: readonly ComparedPart[]): Decomposition | undefined {
  if (before.volume === 0 || after.volume === 0) return undefined;
  const [previousTone, tone] = [before.tones / before.volume, after.tones / after.volume];
  const middle = (previousTone + tone) / 2;
  const drivers = parts.filter((part) => part.before.volume + part.after.volume > 0).map((part): Driver => {
    const [was, is] = [part.before.volume / before.volume, part.after.volume / after.volume];
    const [sounded, sounds] = [meanOf(part.before) ?? meanOf(part.after) ?? 0, meanOf(part.after) ?? meanOf(part.before) ?? 0];
    const toneEffect = ((was + is) / 2) * (sounds - sounded);
    const mixEffect = (is - was) * ((sounded + sounds) / 2 - middle);
    return { ...part, effect: toneEffect + mixEffect, toneEffect, mixEffect };
  });
  const difference = tone - previousTone;
  return { previousTone, tone, difference, drivers, rest: difference - drivers.reduce((sum, { effect }) => sum + effect, 0) };
}

export const meanOf = ({ volume, tones }: Told): number | undefined => (volume === 0 ? undefined : tones / volume);
