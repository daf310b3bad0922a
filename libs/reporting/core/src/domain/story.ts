import { fromMicro, toMicro } from '@barometer/kernel';
import { mostTypical } from '@barometer/stories';
import type { ArticleView } from './report';

/** How one publisher reports a story. */
export interface StoryVoice {
  /** The publisher's name if feeds give it. */
  readonly publisher?: string;
  readonly sourceId: string;
  readonly articles: number;
  /** Mean tone, -1...1. */
  readonly tone: number;
}

/** The name of a publisher: the one in the feed, else that of the source, else its id if the source was removed. */
export const voiceName = (
  { publisher, sourceId }: { readonly publisher?: string | undefined; readonly sourceId: string },
  names: ReadonlyMap<string, string>,
): string => publisher ?? names.get(sourceId) ?? sourceId;

/** An event that several articles report. Times are milliseconds since 1970. */
export interface Story {
  readonly id: string;
  /** The article whose headline is most similar to the others. */
  readonly typical: ArticleView;
  readonly articles: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** Mean tone, -1...1. */
  readonly tone: number;
  /** Its contribution to the mean tone: the sum of its tones divided by the number of all articles, not rounded. */
  readonly weight: number;
  /** Its publishers, the most negative first. */
  readonly voices: readonly StoryVoice[];
}

/** An article as the list of stories needs it. `publishedAt` in milliseconds since 1970. */
export interface OutlinedArticle {
  readonly id: string;
  readonly title: string;
  readonly publisher?: string;
  /** The source that listed it first. */
  readonly sourceId: string;
  /** -1...1. */
  readonly tone: number;
  readonly publishedAt: number;
}

/** The articles of a story, of which there is at least one, and the whole of the one whose headline is most like those of the others. */
export interface StoryOutline {
  readonly members: readonly OutlinedArticle[];
  readonly typical: ArticleView;
}

/** The counts of a story's articles in a scope and period. Times are milliseconds since 1970. */
export interface StoryCounts {
  readonly id: string;
  readonly articles: number;
  /** In millionths. */
  readonly toneSum: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/**
 * How stories are weighed: this much for each of their articles, and this much per unit of the sum of their tones. The
 * sign does not matter for the order.
 */
export interface StoryWeighing {
  readonly perArticle: number;
  readonly perTone: number;
  /** Stories with a smaller absolute weight, and those with none, are left out. */
  readonly least?: number;
}

export const weightOf = ({ articles, toneSum }: Pick<StoryCounts, 'articles' | 'toneSum'>, { perArticle, perTone }: StoryWeighing): number =>
  Math.abs(perArticle * articles + perTone * fromMicro(toneSum));

/** The least number of articles of a story with this weight, since tones are in -1...1. */
export function leastArticles(weight: number, { perArticle, perTone }: StoryWeighing): number {
  // Slightly less, so that no story is lost to rounding.
  return Math.max(2, Math.ceil((weight / (Math.abs(perArticle) + Math.abs(perTone))) * (1 - 1e-9)));
}

/** Smaller weights are rounding errors. */
const NOTHING = 1e-9;

/** The heaviest of these stories, at most `limit`, each with at least two articles; equal ones by time, latest first, then by id. */
export function heaviestOf(stories: Iterable<StoryCounts>, by: StoryWeighing, limit: number): StoryCounts[] {
  const weighed = [...stories]
    .filter(({ articles }) => articles > 1)
    .map((story) => ({ story, weight: weightOf(story, by) }))
    .filter(({ weight }) => weight >= Math.max(NOTHING, by.least ?? 0));
  weighed.sort((one, other) => other.weight - one.weight || other.story.lastAt - one.story.lastAt || (one.story.id < other.story.id ? -1 : 1));
  return weighed.slice(0, limit).map(({ story }) => story);
}

/** The counts of these scored articles, by story. */
export function countsOfStories(articles: Iterable<ArticleView>): Map<string, StoryCounts> {
  const found = new Map<string, StoryCounts>();
  for (const {
    id: articleId,
    storyId,
    sentiment,
    journey: { publishedAt },
  } of articles) {
    const id = storyId ?? articleId;
    const known = found.get(id) ?? { articles: 0, toneSum: 0, firstAt: publishedAt, lastAt: publishedAt };
    found.set(id, {
      id,
      articles: known.articles + 1,
      toneSum: known.toneSum + toMicro(sentiment?.tone ?? 0),
      firstAt: Math.min(known.firstAt, publishedAt),
      lastAt: Math.max(known.lastAt, publishedAt),
    });
  }
  return found;
}

/** A headline is compared with at most this many others to find the typical one. */
const MOST_COMPARED = 16;

/** The story of these scored articles (at least one), among all articles. */
export function storyOf(id: string, articles: readonly ArticleView[], outOf: number): Story {
  const counts = countsOfStories(articles.map((article) => ({ ...article, storyId: id }))).get(id)!;
  return outlinedStory(counts, outlineOf(articles), outOf);
}

/** The story with these figures, out of so many articles; the outline may lack some of its articles. */
export function outlinedStory({ id, articles, toneSum, firstAt, lastAt }: StoryCounts, { members, typical }: StoryOutline, outOf: number): Story {
  return {
    id,
    typical,
    articles,
    firstAt,
    lastAt,
    tone: fromMicro(Math.round(toneSum / Math.max(1, articles))),
    weight: fromMicro(toneSum) / Math.max(1, outOf),
    voices: voicesOf(members),
  };
}

/** The outline of these scored articles, of which there is at least one. */
export function outlineOf(articles: readonly ArticleView[]): StoryOutline {
  const members = articles.map(memberOf);
  return { members, typical: articles[typicalOf(members)]! };
}

/** Where the member stands whose headline is most like those of the others; there is at least one. */
export function typicalOf(members: readonly OutlinedArticle[]): number {
  return mostTypical(members.slice(0, MOST_COMPARED).map(({ title, publishedAt }) => ({ title, at: publishedAt })));
}

const memberOf = ({ id, title, publisher, sourceIds, sentiment, journey: { publishedAt } }: ArticleView): OutlinedArticle => ({
  id,
  title,
  ...(publisher !== undefined && { publisher }),
  sourceId: sourceIds[0] ?? '',
  tone: sentiment?.tone ?? 0,
  publishedAt,
});

/** The stories with at least two of these articles. */
export function storiesOf(articles: readonly ArticleView[]): Story[] {
  const byStory = Map.groupBy(articles, ({ id, storyId }) => storyId ?? id);
  return [...byStory].filter(([, members]) => members.length > 1).map(([id, members]) => storyOf(id, members, articles.length));
}

export type StoryOrder = 'size' | 'weight';

/** By size or exact weight, either sign, largest first; equal ones by their number of publishers, then by time, latest first. */
export const inOrder =
  (order: StoryOrder) =>
  (one: Story, other: Story): number => {
    const by = order === 'size' ? other.articles - one.articles : Math.abs(other.weight) - Math.abs(one.weight);
    return by || other.voices.length - one.voices.length || other.lastAt - one.lastAt || (one.id < other.id ? -1 : 1);
  };

function voicesOf(members: readonly OutlinedArticle[]): StoryVoice[] {
  const byVoice = Map.groupBy(members, ({ publisher, sourceId }) => publisher ?? sourceId);
  const voices = [...byVoice.values()].map((of): StoryVoice => {
    const [{ publisher, sourceId }] = of as [OutlinedArticle];
    return {
      ...(publisher !== undefined && { publisher }),
      sourceId,
      articles: of.length,
      tone: fromMicro(Math.round(toneSum(of) / of.length)),
    };
  });
  return voices.sort((one, other) => one.tone - other.tone || (nameOf(one) < nameOf(other) ? -1 : 1));
}

const nameOf = ({ publisher, sourceId }: StoryVoice): string => publisher ?? sourceId;
const toneSum = (members: readonly OutlinedArticle[]): number => members.reduce((sum, { tone }) => sum + toMicro(tone), 0);
