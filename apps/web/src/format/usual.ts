import type { Drivers, Mood, UsualRange, UsualWord } from '@barometer/http-api/contract';
import { noUsualHeadline } from '@barometer/http-api/words';
import { t } from '../i18n/translate';
import { formatTone } from './tone';

/** The API's word for a tone compared with its usual range. */
export function usualWordOf(tone: number, { low, high }: UsualRange): UsualWord {
  // eslint-disable-next-line barometer/translated-text -- the API's own words, by which messages are named
  const [darker, usual, calmer] = ['darker than usual', 'as usual', 'calmer than usual'] as const;
  return tone < low ? darker : tone > high ? calmer : usual;
}

export interface UsualText {
  /** The verdict, or that there is none. */
  readonly headline: string;
  /** What the mood is compared with, in a sentence. */
  readonly basis: string;
}

/** The share of 100 usual windows that lie below, in words. */
function rankOf(percentile: number): string {
  if (percentile < 1) return t('usual.darkest');
  if (percentile > 99) return t('usual.calmest');
  return t('usual.rank', { count: Math.round(percentile) });
}

/** The mood compared with its usual range, in words that claim no more than the figures support. */
export function usualText({ usual, noUsual }: Pick<Mood, 'usual' | 'noUsual'>): UsualText {
  if (!usual)
    return {
      headline: t(noUsualHeadline(noUsual)),
      basis: t(`usual.open.${noUsual ?? 'not-enough-history'}`),
    };
  const values = { low: formatTone(usual.low), high: formatTone(usual.high), rank: rankOf(usual.percentile) };
  const basis = usual.basis === 'own' ? t('usual.own', { ...values, count: usual.days }) : t('usual.reference', values);
  return { headline: t(`usual.verdict.${usual.word}`), basis };
}

/** Why it is not told what moved a mood; `undefined` if it is told, or if there is no mood. */
export function unmovedText({ noUsual, noPrevious }: Pick<Drivers, 'noUsual' | 'noPrevious'>): UsualText | undefined {
  if (noPrevious === 'nothing-before') return { headline: t('moved.title'), basis: t('moved.nothingBefore') };
  return noUsual && noUsual !== 'nothing-scored' ? usualText({ usual: null, noUsual }) : undefined;
}
