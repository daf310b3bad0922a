import {
  isEverything,
  type AlertNews,
  type AlertScope,
  type EpisodeDriver,
  type Hours,
  type HourVolume,
  type NewsArticle,
  type UsualTones,
} from '@barometer/alerting';
import { fromMicro, HOUR, hourOf, isInGroup, membersOf } from '@barometer/kernel';
import {
  observationPeriod,
  observedIn,
  sourcesOf,
  voiceName,
  volumeOf,
  type ArticleView,
  type GetDrivers,
  type Period,
  type ReportStore,
  type Scope,
  type TopicStore,
  type UsualRanges,
} from '@barometer/reporting';

interface Deps {
  readonly reports: ReportStore;
  readonly usual: Pick<UsualRanges, 'ofParts'>;
  readonly drivers: Pick<GetDrivers, 'execute'>;
  readonly topics: Pick<TopicStore, 'list'>;
  readonly sources: () => Promise<readonly ListedSource[]>;
}

const PAGE = 200;
const DRIVERS = 3;

export const periodOf = ({ from, to }: Hours): Period => ({ from: from * HOUR, to: to * HOUR });

/** The fields of a source that scopes depend on. */
export interface ListedSource {
  readonly id: string;
  readonly name: string;
  readonly groups?: readonly string[];
}

/** The report scope of an alert scope; a group is resolved to its present sources. */
export async function scopeOf({ topicId, sourceId, group }: AlertScope, sources: () => Promise<readonly ListedSource[]>): Promise<Scope> {
  return {
    ...(topicId !== undefined && { topicId }),
    ...(sourceId !== undefined && { sourceId }),
    ...(group !== undefined && { sourceIds: membersOf(await sources(), group).sort() }),
  };
}

/** Provides the news data of alert rules from the reports. */
export class ReportedNews implements AlertNews {
  constructor(private readonly deps: Deps) {}

  async volumes(scope: AlertScope, hours: Hours): Promise<readonly HourVolume[]> {
    const rows = await this.deps.reports.hours(await this.scopeOf(scope), periodOf(hours));
    return rows.map((row) => ({ hour: row.hour, volume: volumeOf(row), tones: fromMicro(row.toneSum) }));
  }

  async observed(scope: AlertScope, hours: Hours): Promise<ReadonlySet<number>> {
    const [asked, period] = [await this.scopeOf(scope), periodOf(hours)];
    return observedIn(asked, period, await this.deps.reports.observedHours(sourcesOf(asked), observationPeriod(asked, period)));
  }

  /** Windows that begin on one day are compared with the same four weeks, so that these are read and learned once. */
  async usual(scope: AlertScope, windows: readonly Hours[]): Promise<readonly (UsualTones | undefined)[]> {
    const asked = await this.scopeOf(scope);
    const found = new Map<Hours, UsualTones | undefined>();
    for (const ofDay of Map.groupBy(windows, ({ from }) => Math.floor(from / 24)).values()) {
      const whole = { from: Math.min(...ofDay.map(({ from }) => from)), to: Math.max(...ofDay.map(({ to }) => to)) };
      const ranges = await this.deps.usual.ofParts(asked, periodOf(whole), ofDay.map(periodOf));
      if ('ranges' in ranges) {
        ofDay.forEach((window, index) => {
          const one = ranges.ranges[index];
          if (one && 'range' in one) found.set(window, one.range);
        });
      }
    }
    return windows.map((window) => found.get(window));
  }

  async articles(
    scope: AlertScope,
    hours: Hours,
    { words, most }: { readonly words?: string | undefined; readonly most: number },
  ): Promise<{ readonly articles: readonly NewsArticle[]; readonly searchedTo: number }> {
    const asked = await this.scopeOf(scope);
    const articles: ArticleView[] = [];
    let searchedTo = hours.to * HOUR;
    let cursor: string | undefined;
    for (let page = 0; page < Math.ceil(most / PAGE); page += 1) {
      const found = await this.deps.reports.articles({
        ...asked,
        period: periodOf(hours),
        limit: Math.min(PAGE, most),
        ...(words !== undefined && { search: words }),
        ...(cursor !== undefined && { cursor }),
      });
      articles.push(...found.items);
      ({ searchedTo, cursor } = { cursor: undefined, ...found });
      if (cursor === undefined) return { articles: await this.named(articles), searchedTo: hours.from };
    }
    return { articles: await this.named(articles), searchedTo: Math.ceil(searchedTo / HOUR) };
  }

  /** Adds the names of sources to articles whose feeds name no publisher. */
  private async named(articles: readonly ArticleView[]): Promise<readonly NewsArticle[]> {
    const isNeeded = articles.some(({ publisher }) => publisher === undefined);
    const names = new Map((isNeeded ? await this.deps.sources() : []).map(({ id, name }) => [id, name]));
    return articles.map((article) => newsArticle(article, names));
  }

  async drivers(scope: AlertScope, hours: Hours): Promise<readonly EpisodeDriver[]> {
    const { found } = await this.deps.drivers.execute({
      ...(await this.scopeOf(scope)),
      period: periodOf(hours),
      by: 'story',
      against: 'usual',
      limit: DRIVERS,
    });
    return [...(found?.lifted ?? []), ...(found?.lowered ?? [])]
      .sort((one, other) => Math.abs(other.effect) - Math.abs(one.effect))
      .map(({ name, effect }) => ({ name, effect }));
  }

  private scopeOf(scope: AlertScope): Promise<Scope> {
    return scopeOf(scope, this.deps.sources);
  }

  async nameOf(scope: AlertScope): Promise<string | undefined> {
    if (isEverything(scope)) return 'all news';
    const { topicId, sourceId, group } = scope;
    if (group !== undefined && !(await this.deps.sources()).some(({ groups }) => isInGroup(groups, group))) return undefined;
    const topic = topicId === undefined ? undefined : (await this.deps.topics.list()).find(({ id }) => id === topicId)?.name;
    const source = sourceId === undefined ? undefined : (await this.deps.sources()).find(({ id }) => id === sourceId)?.name;
    if ((topicId !== undefined && topic === undefined) || (sourceId !== undefined && source === undefined)) return undefined;
    return [topic, source ?? group].filter((name) => name !== undefined).join(' in ');
  }
}

const newsArticle = (
  { id, title, summary, url, publisher, sourceIds: [sourceId = ''], sentiment, storyId, journey }: ArticleView,
  names: ReadonlyMap<string, string>,
): NewsArticle => ({
  hour: hourOf(journey.publishedAt),
  title,
  summary,
  url,
  publisher: voiceName({ publisher, sourceId }, names),
  voice: publisher ?? sourceId,
  tone: sentiment?.tone,
  ...(sentiment && { storyId: storyId ?? id }),
});
