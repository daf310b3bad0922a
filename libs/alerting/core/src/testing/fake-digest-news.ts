import type { PeriodNews, TroubledSource } from '../domain/edition';
import type { AlertScope } from '../domain/rule';
import type { Hours } from '../ports/alert-news.port';
import type { DigestNews } from '../ports/digest-news.port';

/** The news of a dark day. */
export const periodNews = (change: Partial<PeriodNews> = {}): PeriodNews => ({
  volume: 1_284,
  counts: { negative: 526, neutral: 475, positive: 283 },
  tone: -0.21,
  word: 'slightly negative',
  usual: { low: -0.18, high: -0.05, mean: -0.11 },
  change: -0.05,
  observedHours: 24,
  hours: 24,
  drivers: [
    { name: 'Energy', effect: -0.04, headline: 'Gas prices jump as pipeline closes' },
    { name: 'Harvest', effect: 0.01 },
  ],
  stories: [
    {
      title: 'Gas prices jump as <b>pipeline</b> closes',
      url: 'https://example.org/gas?a=1&b=2',
      tone: -0.45,
      articles: 14,
      publishers: 9,
      darkest: { publisher: 'Daily Storm', tone: -0.8 },
      brightest: { publisher: 'Morning Post', tone: -0.1 },
    },
    {
      title: 'Council agrees on budget',
      url: 'https://example.org/budget',
      tone: 0.02,
      articles: 3,
      publishers: 3,
      darkest: { publisher: 'Gazette', tone: -0.05 },
      brightest: { publisher: 'Herald', tone: 0.1 },
    },
  ],
  good: { title: 'Beavers return to the valley', url: 'https://example.org/beavers', publisher: 'Valley News', tone: 0.94 },
  isWhole: true,
  ...change,
});

/** Hand-made news: the same for every period, unless replaced. */
export class FakeDigestNews implements DigestNews {
  readonly asked: Hours[] = [];
  inTrouble: readonly TroubledSource[] = [];

  constructor(public answer: PeriodNews = periodNews()) {}

  async newsOf(_scope: AlertScope, hours: Hours): Promise<PeriodNews> {
    this.asked.push(hours);
    const { observedHours, hours: whole } = this.answer;
    const length = hours.to - hours.from;
    return { ...this.answer, hours: length, observedHours: observedHours === whole ? length : observedHours };
  }

  async troubled(): Promise<readonly TroubledSource[]> {
    return this.inTrouble;
  }
}
