import type { Sentiment } from '@barometer/events';
import { wordsOf } from '@barometer/kernel';
import { sentimentFromLogits, type Calibration, type SentimentClassifier } from '@barometer/sentiment';

const POSITIVE = new Set(['good', 'wonderful', 'victory', 'celebrates', 'breakthrough', 'wins', 'saved', 'recovers', 'happy', 'peace']);
const NEGATIVE = new Set(['bad', 'kills', 'disaster', 'war', 'crash', 'dies', 'fraud', 'earthquake', 'loses', 'terrible']);
const CALIBRATION: Calibration = { temperature: 1, uncertainBelow: 0.6, labels: ['negative', 'neutral', 'positive'] };

/**
 * A stand-in for tests: counts a handful of words, so that stores, routes and pages can be tested in microseconds and
 * with answers that a reader can predict. It has no understanding of language and is not part of the product.
 */
export class KeywordClassifier implements SentimentClassifier {
  readonly model: SentimentClassifier['model'];

  constructor(revision = '1') {
    this.model = { id: 'keywords-for-tests', revision };
  }

  async ready(): Promise<void> {}

  async classify(texts: readonly string[]): Promise<readonly Sentiment[]> {
    return texts.map((text) => {
      const words = wordsOf(text).trim().split(' ');
      const count = (list: ReadonlySet<string>) => 2 * words.filter((word) => list.has(word)).length;
      return sentimentFromLogits([Math.min(4, count(NEGATIVE)), 1, Math.min(4, count(POSITIVE))], CALIBRATION, this.model);
    });
  }
}
