import type { AlertScope, DigestNews, EditionDriver, EditionStory, Hours, PeriodNews, TroubledSource } from '@barometer/alerting';
import type { Source } from '@barometer/ingestion';
import { HOUR, isInGroup } from '@barometer/kernel';
import {
  bridgedHours,
  observationPeriod,
  observedIn,
  sourcesOf,
  storiesOf,
  voiceName,
  type ArticleView,
  type DriverKind,
  type GetDrivers,
  type GetMood,
  type Mood,
  type Period,
  type ReportStore,
  type Scope,
  type Story,
  type StoryVoice,
} from '@barometer/reporting';
import { periodOf, scopeOf } from './reported-news';

interface Deps {
  readonly reports: Pick<ReportStore, 'articles' | 'story' | 'observedHours' | 'importedHours'>;
  readonly mood: Pick<GetMood, 'execute'>;
  readonly drivers: Pick<GetDrivers, 'execute'>;
  readonly sources: () => Promise<readonly Pick<Source, 'id' | 'name' | 'groups' | 'paused' | 'health'>[]>;
}

/** A period is read in this many stretches, the newest 300 articles of each, so that no part is left out, however many articles there are. */
const STRETCHES = 8;
const PAGE = 100;
const PAGES_OF_STRETCH = 3;
const MOST_STORIES = 5;
/** At most this many stories are read in full when not every article was read. */
const CANDIDATES = 10;
const MOST_DRIVERS = 3;
/** A story of several publishers with at least this tone is preferred to a single bright headline. */
const GOOD_STORY = 0.5;
/** With fewer failures in a row, the next poll is likely to succeed. */
const FAILURES = 3;

/**
 * An archive says nothing about the hours without an article in it. Two imported hours this far apart, or nearer, are of
 * one archive, and what lies between was covered: a source may publish once a day.
 */
const MOST_IMPORT_GAP = 24;

/** Provides the news of digests from the reports. */
export class ReportedDigests implements DigestNews {
  constructor(private readonly deps: Deps) {}

  async newsOf(scope: AlertScope, hours: Hours): Promise<PeriodNews> {
    const period = periodOf(hours);
    const mood = await this.deps.mood.execute({ ...(await this.scopeOf(scope)), period });
    const figures = { ...figuresOf(mood), observedHours: await this.coveredHours(scope, mood) };
    if (mood.volume === 0) return { ...figures, drivers: [], stories: [], isWhole: true };
    const [drivers, { articles, isWhole }, names] = await Promise.all([this.driversOf(scope, mood), this.articlesOf(scope, period), this.sourceNames()]);
    const found = toldBySeveral(storiesOf(articles));
    const told = isWhole ? found : await this.whole(found.slice(0, CANDIDATES), scope, period);
    return {
      ...figures,
      drivers,
      stories: told.slice(0, MOST_STORIES).map((story) => editionStory(story, names)),
      good: goodOf(told, articles, names),
      isWhole,
    };
  }

  /** How many hours were observed or have imported articles: the verdict takes both. */
  private async coveredHours(scope: AlertScope, { observedHours, hours, period }: Mood): Promise<number> {
    if (observedHours >= hours) return observedHours;
    const { reports } = this.deps;
    const asked = await this.scopeOf(scope);
    const imported = await reports.importedHours(sourcesOf(asked), { from: period.from - MOST_IMPORT_GAP * HOUR, to: period.to + MOST_IMPORT_GAP * HOUR });
    if (imported.length === 0) return observedHours;
    const polled = await reports.observedHours(sourcesOf(asked), observationPeriod(asked, period));
    return new Set([...observedIn(asked, period, polled), ...bridgedHours(imported, MOST_IMPORT_GAP - 1, period)]).size;
  }

  private scopeOf(scope: AlertScope): Promise<Scope> {
    return scopeOf(scope, this.deps.sources);
  }

  async troubled({ sourceId, group }: AlertScope): Promise<readonly TroubledSource[]> {
    const sources = (await this.deps.sources()).filter(
      ({ id, groups, paused, health: { status, failures } }) =>
        (sourceId === undefined || id === sourceId) &&
        (group === undefined || isInGroup(groups, group)) &&
        !paused &&
        (status === 'gone' || (status === 'failed' && failures >= FAILURES)),
    );
    return sources
      .sort((one, other) => (one.health.lastSuccessAt ?? 0) - (other.health.lastSuccessAt ?? 0) || (one.name < other.name ? -1 : 1))
      .map(({ name, health: { message = 'It cannot be read', lastSuccessAt } }) => ({
        name,
        problem: message,
        ...(lastSuccessAt !== undefined && { lastSuccessAt }),
      }));
  }

  /** By topic, each with its most typical headline; by story within a topic, or if no topic moved the mood. */
  private async driversOf(scope: AlertScope, { period, usual }: Mood): Promise<readonly EditionDriver[]> {
    const against = 'low' in usual ? 'usual' : 'before';
    const by = async (kind: DriverKind): Promise<EditionDriver[]> => {
      const { found } = await this.deps.drivers.execute({ ...(await this.scopeOf(scope)), period, by: kind, against, limit: MOST_DRIVERS });
      return [...(found?.lifted ?? []), ...(found?.lowered ?? [])]
        .sort((one, other) => Math.abs(other.effect) - Math.abs(one.effect))
        .slice(0, MOST_DRIVERS)
        .map(({ name, effect, headline }) => ({ name, effect, ...(headline && { headline: headline.title }) }));
    };
    const topics = scope.topicId === undefined ? await by('topic') : [];
    return topics.length > 0 ? topics : by('story');
  }

  /** Scored articles of every stretch of the period, newest first, and whether these are all. */
  private async articlesOf(scope: AlertScope, { from, to }: Period): Promise<{ readonly articles: readonly ArticleView[]; readonly isWhole: boolean }> {
    const asked = await this.scopeOf(scope);
    const articles: ArticleView[] = [];
    let isWhole = true;
    for (const stretch of stretchesOf(from, to)) {
      let cursor: string | undefined;
      for (let page = 0; page < PAGES_OF_STRETCH; page += 1) {
        const found = await this.deps.reports.articles({ ...asked, period: stretch, limit: PAGE, ...(cursor !== undefined && { cursor }) });
        articles.push(...found.items.filter(({ sentiment }) => sentiment));
        cursor = found.cursor;
        if (cursor === undefined) break;
      }
      isWhole &&= cursor === undefined;
    }
    return { articles, isWhole };
  }

  /** The same stories with all their stored articles in the period. */
  private async whole(stories: readonly Story[], scope: AlertScope, { from, to }: Period): Promise<readonly Story[]> {
    const asked = await this.scopeOf(scope);
    const listedBy = sourcesOf(asked);
    const isMeant = ({ topicIds, sourceIds, journey: { publishedAt } }: ArticleView) =>
      publishedAt >= from &&
      publishedAt < to &&
      (asked.topicId === undefined || topicIds.includes(asked.topicId)) &&
      (listedBy?.some((id) => sourceIds.includes(id)) ?? true);
    const members = await Promise.all(stories.map(({ id }) => this.deps.reports.story(id)));
    return toldBySeveral(members.flatMap((all) => storiesOf(all.filter(isMeant))));
  }

  private async sourceNames(): Promise<ReadonlyMap<string, string>> {
    return new Map((await this.deps.sources()).map(({ id, name }) => [id, name]));
  }
}

/** Stories of several publishers, those with the most first. */
const toldBySeveral = (stories: readonly Story[]): Story[] =>
  stories
    .filter(({ voices }) => voices.length > 1)
    .sort((one, other) => other.voices.length - one.voices.length || other.articles - one.articles || (one.id < other.id ? -1 : 1));

/** Latest first; each of whole hours, and at least one hour long. */
function stretchesOf(from: number, to: number): Period[] {
  const length = Math.max(1, Math.ceil((to - from) / HOUR / STRETCHES)) * HOUR;
  return Array.from({ length: Math.ceil((to - from) / length) }, (_, index) => ({ from: Math.max(from, to - (index + 1) * length), to: to - index * length }));
}

function figuresOf({ volume, counts: { negative, neutral, positive }, tone, word, usual, change, observedHours, hours }: Mood) {
  return {
    volume,
    counts: { negative, neutral, positive },
    ...(tone !== undefined && { tone }),
    ...(word && { word }),
    observedHours,
    hours,
    ...('low' in usual && { usual: { low: usual.low, high: usual.high, mean: usual.mean, basis: usual.basis } }),
    ...('missing' in usual && usual.missing === 'too-few-articles' && { tooFew: true }),
    ...(change.kind !== 'not-enough-history' && { change: change.kind === 'change' ? change.delta : 0 }),
  };
}

function editionStory({ typical, articles, tone, voices }: Story, names: ReadonlyMap<string, string>): EditionStory {
  const [darkest, brightest] = [voices[0] as StoryVoice, voices.at(-1) as StoryVoice].map((voice) => ({
    publisher: voiceName(voice, names),
    tone: voice.tone,
  })) as [EditionStory['darkest'], EditionStory['brightest']];
  return { title: typical.title, url: typical.url, articles, publishers: voices.length, tone, darkest, brightest };
}

/** The brightest story of several publishers, with its typical headline and that headline's publisher; else the brightest headline. */
function goodOf(told: readonly Story[], articles: readonly ArticleView[], names: ReadonlyMap<string, string>): PeriodNews['good'] {
  const story = told.reduce<Story | undefined>((best, one) => (one.tone >= (best?.tone ?? GOOD_STORY) ? one : best), undefined);
  const positive = articles.filter(({ sentiment }) => sentiment?.label === 'positive');
  const article =
    story?.typical ??
    positive.reduce<ArticleView | undefined>((best, one) => ((one.sentiment?.tone ?? 0) > (best?.sentiment?.tone ?? 0) ? one : best), undefined);
  if (!article) return undefined;
  const publisher = voiceName({ publisher: article.publisher, sourceId: article.sourceIds[0] ?? '' }, names);
  return { title: article.title, url: article.url, publisher, tone: story?.tone ?? article.sentiment?.tone, ...(story && { publishers: story.voices.length }) };
}
