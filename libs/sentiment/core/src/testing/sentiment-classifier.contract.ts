import { sentimentSchema, type Sentiment } from '@barometer/events';
import { fromMicro, toMicro } from '@barometer/kernel';
import type { SentimentClassifier } from '../ports/sentiment-classifier.port';

const HEADLINES = [
  'Earthquake kills hundreds',
  'Parliament meets on Tuesday',
  'Team celebrates a wonderful victory',
  'Court to hear appeal over a planning decision that divided the small town for more than a decade',
];

const ODD_TEXTS: readonly (readonly [string, string])[] = [
  ['an empty one', ''],
  ['only spaces', ' \t\r\n\u00a0\u3000'],
  ['NUL', 'before\0after'],
  ['lone surrogates', '\ud83d a \ude00'],
  ['emoji', '👩‍👩‍👧‍👦 🎉 🏳️‍🌈'],
  ["a model's own special tokens", '[CLS] [SEP] [MASK] [PAD] [UNK] </s>'],
  ['right-to-left and combining marks', '\u202eخبر سار ẅ͓̩i̴c̷k̵e̶d̴'],
  ['one word of 10,000 letters', 'x'.repeat(10_000)],
  ['a megabyte', 'Good news for everyone. '.repeat(43_691)],
  ['a megabyte without a space', '中'.repeat(350_000)],
];

/** What every `SentimentClassifier` promises; `open` makes one that may still have to load, `close` frees it. */
export function sentimentClassifierContract(
  name: string,
  open: () => Promise<SentimentClassifier>,
  close?: (classifier: SentimentClassifier) => Promise<void>,
): void {
  describe(`${name} as a SentimentClassifier`, () => {
    let classifier: SentimentClassifier;

    beforeAll(async () => {
      classifier = await open();
      await classifier.ready();
    }, 60_000);
    afterAll(() => close?.(classifier));

    const one = async (text: string) => (await classifier.classify([text]))[0] as Sentiment;

    it('names its model once it is ready', async () => {
      await Promise.all([classifier.ready(), classifier.ready()]);
      const { model } = await one('Anything');
      expect(model).toEqual(classifier.model);
      expect(model.revision).not.toBe('not loaded');
    });

    it('answers an empty list with an empty list', async () => expect(await classifier.classify([])).toHaveLength(0));

    it('answers in the order of the texts, whatever their lengths', async () => {
      const texts = [...HEADLINES, ...HEADLINES.toReversed()];
      const together = await classifier.classify(texts);
      const alone = await Promise.all(texts.map(one));
      expect(together.map(({ label }) => label)).toEqual(alone.map(({ label }) => label));
    });

    it.each([...HEADLINES.map((text) => ['a headline', text] as const), ...ODD_TEXTS])(
      'gives a whole sentiment for %s',
      async (_, text) => {
        const sentiment = await one(text);
        expect(sentimentSchema.safeParse(sentiment).error).toBeUndefined();
        const { negative, neutral, positive } = sentiment.scores;
        expect(negative + neutral + positive).toBeCloseTo(1, 6);
        expect(sentiment.tone).toBe(fromMicro(toMicro(positive - negative)) + 0);
        expect(sentiment.confidence).toBe(sentiment.scores[sentiment.label]);
        expect(sentiment.confidence).toBe(Math.max(negative, neutral, positive));
      },
      30_000,
    );

    it('gives a text the same tone whatever else is in the batch', async () => {
      const long = 'A long report about many things that happened in the region this year. '.repeat(14);
      const batches = [
        HEADLINES,
        [...HEADLINES, long],
        [...Array.from({ length: 40 }, () => long), ...HEADLINES],
        [...HEADLINES, ...ODD_TEXTS.map(([, text]) => text)],
      ];
      const alone = await Promise.all(HEADLINES.map(one));
      for (const batch of batches) {
        const together = await classifier.classify(batch);
        HEADLINES.forEach((text, index) => {
          expect(Math.abs((together[batch.indexOf(text)] as Sentiment).tone - (alone[index] as Sentiment).tone)).toBeLessThanOrEqual(0.03);
        });
      }
    }, 60_000);

    it('gives the same answer twice', async () => expect(await classifier.classify(HEADLINES)).toEqual(await classifier.classify(HEADLINES)));

    it('answers overlapping calls, each with its own results', async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, (_, call) => classifier.classify([HEADLINES[call % 4] as string])));
      const expected = await classifier.classify(HEADLINES);
      answers.forEach((answer, call) => expect(answer[0]?.label).toBe(expected[call % 4]?.label));
    });
  });
}
