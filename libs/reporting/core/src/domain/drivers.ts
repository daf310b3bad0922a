import { fromMicro } from '@barometer/kernel';
import { volumeOf } from './figures';
import type { Counts } from './report';

/** The articles of a part of the news (a story, a topic, a source), and the sum of their tones (-1...1 each). */
export interface Told {
  readonly volume: number;
  readonly tones: number;
}

/** A part in both of two compared periods. */
export interface ComparedPart {
  readonly id: string;
  readonly before: Told;
  readonly after: Told;
}

/** The contribution of a part to the difference of the mean tones. `effect` is the sum of the other two. */
export interface Driver extends ComparedPart {
  readonly effect: number;
  /** Effect of a changed tone, at the part's mean share of the articles. */
  readonly toneEffect: number;
  /** Effect of a changed share of the articles, at the part's mean tone relative to that of all. */
  readonly mixEffect: number;
}

export interface Decomposition {
  readonly previousTone: number;
  readonly tone: number;
  readonly difference: number;
  readonly drivers: readonly Driver[];
  /** The rest of the difference: from articles in no part, or in several. */
  readonly rest: number;
}

/** A smaller effect reads 0.00 and counts as none. */
export const LEAST_EFFECT = 0.005;

export const nothingTold: Told = { volume: 0, tones: 0 };

export const toldOf = (counts: Counts): Told => ({ volume: volumeOf(counts), tones: fromMicro(counts.toneSum) });

/**
 * Decomposes the difference of two mean tones exactly: the effects and the rest sum to it. With w the share of the
 * articles, t the mean tone, M that of all, and a bar for the mean of both periods, the effect of a part is w̄·(t - t')
 * through its tone and (w - w')·(t̄ - M̄) through its share: the symmetric decomposition of a difference of rates that
 * goes back to Kitagawa (1955). A part in only one period has no other tone to compare with, so its whole effect is
 * that of its share. `undefined` if one of the periods has no article.
 */
export function decompose(before: Told, after: Told, parts: readonly ComparedPart[]): Decomposition | undefined {
  if (before.volume === 0 || after.volume === 0) return undefined;
  const [previousTone, tone] = [before.tones / before.volume, after.tones / after.volume];
  const middle = (previousTone + tone) / 2;
  const drivers = parts
    .filter((part) => part.before.volume + part.after.volume > 0)
    .map((part): Driver => {
      const [was, is] = [part.before.volume / before.volume, part.after.volume / after.volume];
      const [sounded, sounds] = [meanOf(part.before) ?? meanOf(part.after) ?? 0, meanOf(part.after) ?? meanOf(part.before) ?? 0];
      const toneEffect = ((was + is) / 2) * (sounds - sounded);
      const mixEffect = (is - was) * ((sounded + sounds) / 2 - middle);
      return { ...part, effect: toneEffect + mixEffect, toneEffect, mixEffect };
    });
  const difference = tone - previousTone;
  return { previousTone, tone, difference, drivers, rest: difference - drivers.reduce((sum, { effect }) => sum + effect, 0) };
}

/** The same number of articles with their usual tone, to compare with: the difference then comes only from their tone. */
export const usually = ({ volume }: Told, usualTone: number): Told => ({ volume, tones: volume * usualTone });

export const meanOf = ({ volume, tones }: Told): number | undefined => (volume === 0 ? undefined : tones / volume);
