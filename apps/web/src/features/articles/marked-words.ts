import type { ArticleExplanation, PullingWord } from '@barometer/http-api/contract';
import { t } from '../../i18n/translate';

/** A part of a text: a word that moved its tone, or the text between such words. */
export interface Stretch {
  readonly text: string;
  readonly pull?: number;
}

/** Words that move the tone by less are noise to a reader, who sees two digits of a tone. */
const LEAST_PULL = 0.05;

/** A text in parts, in order, with the words that moved the tone as parts of their own. */
export function stretchesOf(text: string, words: readonly PullingWord[]): Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  for (const { start, end, pull } of words.filter((word) => Math.abs(word.pull) >= LEAST_PULL)) {
    if (start > from) stretches.push({ text: text.slice(from, start) });
    stretches.push({ text: text.slice(start, end), pull });
    from = end;
  }
  return from < text.length ? [...stretches, { text: text.slice(from) }] : stretches;
}

/** Notes that a reader needs beside the marked words, one sentence each; `format` writes a tone. */
export function notesOn(
  { words, truncated, sameModel, scoredBy, scoredTone, sentiment, judgement }: ArticleExplanation,
  format: (tone: number) => string,
): string[] {
  const pulls = words.some(({ pull }) => Math.abs(pull) >= LEAST_PULL);
  return [
    ...(words.length === 0 ? [t('why.tooShort')] : pulls ? [] : [t('why.noWord')]),
    ...(truncated ? [t('why.truncated', { count: words.length })] : []),
    ...(sameModel ? [] : [t('why.otherModel', { scored: format(scoredTone), revision: scoredBy.revision.slice(0, 10), given: format(sentiment.tone) })]),
    ...(judgement ? [t('why.judged')] : []),
  ];
}
