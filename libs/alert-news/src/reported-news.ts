import type { AlertNews, AlertScope, EpisodeDriver, Hours, HourVolume, NewsArticle, UsualTones } from '@barometer/alerting';
import { fromMicro, HOUR, hourOf } from '@barometer/kernel';
import {
  observationPeriod, observedIn, volumeOf, type ArticleView, type GetDrivers, type Period, type ReportStore, type Scope, type TopicStore, type UsualRanges,
} from '@barometer/reporting';

interface Deps {
  readonly reports: ReportStore;
  readonly usual: Pick<UsualRanges, 'ofParts'>;
  readonly drivers: Pick<GetDrivers, 'execute'>;
  readonly topics: Pick<TopicStore, 'list'>;
  readonly sources: () => Promise<readonly { readonly id: string; readonly name: string }[]>;
}

const PAGE = 200;
const DRIVERS = 3;

const periodOf = ({ from, to }: Hours): Period => ({ from: from * HOUR, to: to * HOUR });
const scopeOf = ({ topicId, sourceId }: AlertScope): Scope => ({ ...(topicId !== undefined && { topicId }), ...(sourceId !== undefined && { sourceId }) });

/** What alert rules need to know of the news, from the reports. */
export class ReportedNews implements AlertNews {
  constructor(private readonly deps: Deps) {}

  async volumes(scope: AlertScope, hours: Hours): Promise<readonly HourVolume[]> {
    const rows = await this.deps.reports.hours(scopeOf(scope), periodOf(hours));
    return rows.map((row) => ({ hour: row.hour, volume: volumeOf(row), tones: fromMicro(row.toneSum) }));
  }

  async observed(scope: AlertScope, hours: Hours): Promise<ReadonlySet<number>> {
    const [asked, period] = [scopeOf(scope), periodOf(hours)];
    return observedIn(asked, period, await this.deps.reports.observedHours(asked.sourceId, observationPeriod(asked, period)));
  }

  /** Windows that begin on one day are held against the same four weeks, so that these are read and learned once. */
  async usual(scope: AlertScope, windows: readonly Hours[]): Promise<readonly (UsualTones | undefined)[]> {
    const found = new Map<Hours, UsualTones | undefined>();
    for (const ofDay of Map.groupBy(windows, ({ from }) => Math.floor(from / 24)).values()) {
      const whole = { from: Math.min(...ofDay.map(({ from }) => from)), to: Math.max(...ofDay.map(({ to }) => to)) };
      const ranges = await this.deps.usual.ofParts(scopeOf(scope), periodOf(whole), ofDay.map(periodOf));
      if ('ranges' in ranges) ofDay.forEach((window, index) => found.set(window, ranges.ranges[index]));
    }
    return windows.map((window) => found.get(window));
  }

  async articles(scope: AlertScope, hours: Hours, { words, most }: { readonly words?: string | undefined; readonly most: number }): Promise<{ readonly articles: readonly NewsArticle[]; readonly searchedTo: number }> {
    const articles: NewsArticle[] = [];
    let searchedTo = hours.to * HOUR;
    let cursor: string | undefined;
    for (let page = 0; page < Math.ceil(most / PAGE); page += 1) {
      const found = await this.deps.reports.articles({ ...scopeOf(scope), period: periodOf(hours), limit: Math.min(PAGE, most), ...(words !== undefined && { search: words }), ...(cursor !== undefined && { cursor }) });
      articles.push(...found.items.map(newsArticle));
      ({ searchedTo, cursor } = { cursor: undefined, ...found });
      if (cursor === undefined) return { articles, searchedTo: hours.from };
    }
    return { articles, searchedTo: Math.ceil(searchedTo / HOUR) };
  }

  async drivers(scope: AlertScope, hours: Hours): Promise<readonly EpisodeDriver[]> {
    const { found } = await this.deps.drivers.execute({ ...scopeOf(scope), period: periodOf(hours), by: 'story', against: 'usual', limit: DRIVERS });
    return [...(found?.lifted ?? []), ...(found?.lowered ?? [])].sort((one, other) => Math.abs(other.effect) - Math.abs(one.effect)).map(({ name, effect }) => ({ name, effect }));
  }

  async nameOf({ topicId, sourceId }: AlertScope): Promise<string | undefined> {
    if (topicId === undefined && sourceId === undefined) return 'everything';
    const topic = topicId === undefined ? undefined : (await this.deps.topics.list()).find(({ id }) => id === topicId)?.name;
    const source = sourceId === undefined ? undefined : (await this.deps.sources()).find(({ id }) => id === sourceId)?.name;
    if ((topicId !== undefined && topic === undefined) || (sourceId !== undefined && source === undefined)) return undefined;
    return [topic, source].filter((name) => name !== undefined).join(' in ');
  }
}

const newsArticle = ({ id, title, summary, url, publisher, sourceIds, sentiment, storyId, journey }: ArticleView): NewsArticle => ({
  hour: hourOf(journey.publishedAt), title, summary, url, publisher: publisher ?? sourceIds[0], tone: sentiment?.tone, ...(sentiment && { storyId: storyId ?? id }),
});
