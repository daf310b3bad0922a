import type { Explanation } from '@barometer/sentiment';
import type * as wire from '../contract';

export function wireExplanation({ text, sentiment, words, truncated }: Explanation): wire.Explanation {
  return { text, sentiment, words: words.map(({ word, start, end, pull }) => ({ word, start, end, pull })), truncated };
}
