import type { ArticleExplanation, PullingWord } from '@barometer/http-api/contract';

/** A stretch of a text: a word that pulled its tone, or what stands between such words. */
export interface Stretch {
  readonly text: string;
  readonly pull?: number;
}

/** Words that move the tone by less than this are noise to a reader: the second digit of a tone. */
const LEAST_PULL = 0.05;

/** A text in stretches, with its pulling words apart, in order. */
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

/** What a reader must know of an explanation beside the marks, a sentence each; `format` writes a tone. */
export function notesOn({ words, truncated, sameModel, scoredBy, scoredTone, sentiment, judgement }: ArticleExplanation, format: (tone: number) => string): string[] {
  const pulls = words.some(({ pull }) => Math.abs(pull) >= LEAST_PULL);
  return [
    ...(words.length === 0 ? ['It has fewer than two words: there is nothing to compare it with.'] : pulls ? [] : ['No single word decides: without any one of them the tone is about the same.']),
    ...(truncated ? [`Only the first ${words.length} words were looked at.`] : []),
    ...(sameModel ? [] : [`Its score, ${format(scoredTone)}, comes from another model (revision ${scoredBy.revision.slice(0, 10)}); the one that explains gives ${format(sentiment.tone)}.`]),
    ...(judgement ? ['It counts as a reader judged; these words pulled the score of the model.'] : []),
  ];
}
