import { foldedWordsOf } from '@barometer/kernel';
import type { UsualTones } from '../domain/facts';
import type { AlertScope } from '../domain/rule';
import type { AlertNews, Hours, NewsArticle } from '../ports/alert-news.port';

/** Hand-made news of one scope: articles, observed hours, and one usual range for all windows. */
export class FakeNews implements AlertNews {
  readonly all: NewsArticle[] = [];
  readonly listened = new Set<number>();
  usualTones: UsualTones | undefined = { low: -0.3, high: 0.1, mean: -0.1 };
  gone = false;

  /** Marks this hour as observed, with articles of these tones. */
  hour(hour: number, tones: readonly number[], change: Partial<NewsArticle> = {}): this {
    this.listened.add(hour);
    tones.forEach((tone, index) =>
      this.all.push({
        hour,
        tone,
        title: `Title ${hour} ${index}`,
        summary: '',
        url: `https://example.org/${hour}/${index}`,
        publisher: 'Daily',
        storyId: `s${hour}-${index}`,
        ...change,
      }),
    );
    return this;
  }

  async volumes(_scope: AlertScope, { from, to }: Hours) {
    const byHour = Map.groupBy(
      this.all.filter(({ hour }) => hour >= from && hour < to),
      ({ hour }) => hour,
    );
    return [...byHour].map(([hour, articles]) => ({ hour, volume: articles.length, tones: articles.reduce((sum, { tone = 0 }) => sum + tone, 0) }));
  }

  async observed(_scope: AlertScope, { from, to }: Hours) {
    return new Set([...this.listened].filter((hour) => hour >= from && hour < to));
  }

  async usual(_scope: AlertScope, windows: readonly Hours[]) {
    return windows.map(() => this.usualTones);
  }

  async articles(_scope: AlertScope, { from, to }: Hours, { words, most }: { readonly words?: string | undefined; readonly most: number }) {
    const found = this.all
      .filter((one) => one.hour >= from && one.hour < to && (words === undefined || foldedWordsOf(one.title).includes(` ${words}`)))
      .sort((one, other) => other.hour - one.hour);
    const articles = found.slice(0, most);
    return { articles, searchedTo: found.length > most ? (articles.at(-1)?.hour ?? from) + 1 : from };
  }

  async drivers() {
    return [
      { name: 'Gas', effect: -0.12 },
      { name: 'Floods', effect: -0.05 },
    ];
  }

  async nameOf({ topicId }: AlertScope) {
    return this.gone ? undefined : (topicId ?? 'all news');
  }
}
