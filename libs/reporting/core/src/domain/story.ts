import { fromMicro, toMicro } from '@barometer/kernel';
import { mostTypical } from '@barometer/stories';
import type { ArticleView } from './report';

/** What one publisher makes of a story. */
export interface StoryVoice {
  /** The publisher's name where feeds give it, else the source's id. */
  readonly publisher?: string;
  readonly sourceId: string;
  readonly articles: number;
  /** Mean tone, -1...1. */
  readonly tone: number;
}

/** What several articles tell of one event. Times are milliseconds since 1970. */
export interface Story {
  readonly id: string;
  /** The article whose headline is most like those of the others. */
  readonly typical: ArticleView;
  readonly articles: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** Mean tone, -1...1. */
  readonly tone: number;
  /** How far it moves the mean tone of what was looked at: its tones over the number of all articles. */
  readonly weight: number;
  /** Those that tell it, the darkest first. */
  readonly voices: readonly StoryVoice[];
}

/** A headline is compared with so many others, at most, to find the typical one. */
const MOST_COMPARED = 16;

/** The story of these scored articles, of which there is at least one; `outOf` is the number of articles that were looked at. */
export function storyOf(id: string, articles: readonly ArticleView[], outOf: number): Story {
  const times = articles.map(({ journey }) => journey.publishedAt);
  const sum = toneSum(articles);
  const typical = mostTypicalOf(articles);
  return {
    id, typical, articles: articles.length, firstAt: Math.min(...times), lastAt: Math.max(...times),
    tone: fromMicro(Math.round(sum / articles.length)), weight: fromMicro(Math.round(sum / Math.max(1, outOf))), voices: voicesOf(articles),
  };
}

/** The article whose headline is most like those of the others, of which there is at least one. */
export function mostTypicalOf(articles: readonly ArticleView[]): ArticleView {
  const compared = articles.slice(0, MOST_COMPARED);
  return compared[mostTypical(compared.map(({ title, journey }) => ({ title, at: journey.publishedAt })))] ?? articles[0]!;
}

/** The stories of at least two of these articles. */
export function storiesOf(articles: readonly ArticleView[]): Story[] {
  const byStory = Map.groupBy(articles, ({ id, storyId }) => storyId ?? id);
  return [...byStory].filter(([, members]) => members.length > 1).map(([id, members]) => storyOf(id, members, articles.length));
}

export type StoryOrder = 'size' | 'weight';

/** Largest, or heaviest either way, first; of equals the latest. */
export const inOrder = (order: StoryOrder) => (one: Story, other: Story): number => {
  const by = order === 'size' ? other.articles - one.articles : Math.abs(other.weight) - Math.abs(one.weight);
  return by || other.lastAt - one.lastAt || (one.id < other.id ? -1 : 1);
};

function voicesOf(articles: readonly ArticleView[]): StoryVoice[] {
  const byVoice = Map.groupBy(articles, ({ publisher, sourceIds }) => publisher ?? sourceIds[0] ?? '');
  const voices = [...byVoice.values()].map((of): StoryVoice => {
    const [{ publisher, sourceIds }] = of as [ArticleView];
    return { ...(publisher !== undefined && { publisher }), sourceId: sourceIds[0] ?? '', articles: of.length, tone: fromMicro(Math.round(toneSum(of) / of.length)) };
  });
  return voices.sort((one, other) => one.tone - other.tone || (nameOf(one) < nameOf(other) ? -1 : 1));
}

const nameOf = ({ publisher, sourceId }: StoryVoice): string => publisher ?? sourceId;
const toneSum = (articles: readonly ArticleView[]): number => articles.reduce((sum, { sentiment }) => sum + toMicro(sentiment?.tone ?? 0), 0);
