import { sentimentClassifierContract } from '@barometer/sentiment/testing';
import { KeywordClassifier } from './keyword-classifier';

sentimentClassifierContract('KeywordClassifier', async () => new KeywordClassifier());

it('recognises good and bad words', async () => {
  const sentiments = await new KeywordClassifier().classify(['A disaster', 'Peace at last', 'Parliament meets']);
  expect(sentiments.map(({ label }) => label)).toEqual(['negative', 'positive', 'neutral']);
});
