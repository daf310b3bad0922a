import { headlineOf, type Headline } from './headline';
import { likenessOf, STORY_WINDOW } from './likeness';

/** A headline of a story, and when it was published, in milliseconds. */
export interface StoryMember {
  readonly headline: Headline;
  readonly at: number;
}

/** A story as far as it takes part in deciding: some of its articles. */
export interface StoryCandidate {
  readonly id: string;
  /** At most `MOST_MEMBERS` are looked at. */
  readonly members: readonly StoryMember[];
}

/** By so many articles a story is known: the first half of them, and the latest. */
export const MOST_MEMBERS = 8;
/** So many stories are compared with an article at most, those that share the rarest words with it. */
export const MOST_CANDIDATES = 8;

const MOST_KEYS = 6;
/** A word that stands in more than one in 55 headlines finds too much. */
const LEAST_KEY_RARITY = 4;
/**
 * An article joins by the article that it is most like, but it may not be too unlike the others: the odds' logarithm over
 * all of them. Without this a story drifts, from one article to the next, through a whole affair.
 */
const LEAST_MEAN = -1;
/** An article that cannot be of one event with another counts as this unlike it. */
const FLOOR = -5;

/** The words by which a story is looked for: the headline's rarest, at most six, the rarest first. */
export function keysOf({ terms }: Headline): string[] {
  return [...terms.values()]
    .filter(({ rarity }) => rarity >= LEAST_KEY_RARITY)
    .sort((a, b) => b.rarity - a.rarity || (a.stem < b.stem ? -1 : 1))
    .slice(0, MOST_KEYS)
    .map(({ stem }) => stem);
}

/** The story that an article belongs to; undefined where it begins one. Among equals, the id that sorts first. */
export function chooseStory(headline: Headline, at: number, candidates: readonly StoryCandidate[]): string | undefined {
  let chosen: { readonly id: string; readonly fit: number } | undefined;
  for (const { id, members } of candidates) {
    const fit = fitOf(headline, at, members);
    if (fit !== undefined && (!chosen || fit > chosen.fit || (fit === chosen.fit && id < chosen.id))) chosen = { id, fit };
  }
  return chosen?.id;
}

/** How well an article fits a story; undefined where it does not join. */
function fitOf(headline: Headline, at: number, members: readonly StoryMember[]): number | undefined {
  let best = -Infinity;
  let sum = 0;
  const looked = representativesOf(members);
  for (const member of looked) {
    const odds = likenessOf(headline, member.headline, at - member.at);
    best = Math.max(best, odds);
    sum += Math.max(FLOOR, odds);
  }
  const mean = sum / looked.length;
  return best >= 0 && mean >= LEAST_MEAN ? best + mean : undefined;
}

/** The articles by which a story is known, in their order. */
export const representativesOf = <Member>(members: readonly Member[]): readonly Member[] =>
  members.length <= MOST_MEMBERS ? members : [...members.slice(0, MOST_MEMBERS / 2), ...members.slice(-MOST_MEMBERS / 2)];

/** Which of these headlines is most like all others, by its place; the first of equals, 0 of none. */
export function mostTypical(articles: readonly { readonly title: string; readonly at: number }[]): number {
  const headlines = articles.map(({ title }) => headlineOf(title));
  const totals = headlines.map((one) => headlines.reduce((sum, other) => sum + (one === other ? 0 : Math.max(FLOOR, likenessOf(one, other, 0))), 0));
  return Math.max(0, totals.indexOf(Math.max(...totals)));
}

/** Whether a story last heard of at `lastAt` may still be joined at `at`. */
export const isOpen = (lastAt: number, at: number): boolean => Math.abs(at - lastAt) <= STORY_WINDOW;
