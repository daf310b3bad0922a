import { headlineOf, type Headline } from './headline';
import { likenessOf, STORY_WINDOW } from './likeness';

/** A headline of a story, and when it was published, in milliseconds. */
export interface StoryMember {
  readonly headline: Headline;
  readonly at: number;
}

/** A story as a candidate: some of its articles. */
export interface StoryCandidate {
  readonly id: string;
  /** At most `MOST_MEMBERS` are compared. */
  readonly members: readonly StoryMember[];
}

/** A story is represented by this many articles: half of them its first, half its latest. */
export const MOST_MEMBERS = 8;
/** At most this many stories are compared with an article: those that share its rarest words. */
export const MOST_CANDIDATES = 8;

const MOST_KEYS = 6;
/** A word in more than one of 55 headlines finds too many stories. */
const LEAST_KEY_RARITY = 4;
/**
 * An article joins by the member that it is most similar to, but the mean log-odds over all members must not be below
 * this. Otherwise a story would drift, from one article to the next, through a whole affair.
 */
const LEAST_MEAN = -1;
/** The log-odds for an article that cannot be about the same event as another. */
const FLOOR = -5;

/** The words used to look up a story: the headline's rarest, at most six, the rarest first. */
export function keysOf({ terms }: Headline): string[] {
  return [...terms.values()]
    .filter(({ rarity }) => rarity >= LEAST_KEY_RARITY)
    .sort((a, b) => b.rarity - a.rarity || (a.stem < b.stem ? -1 : 1))
    .slice(0, MOST_KEYS)
    .map(({ stem }) => stem);
}

/** The story that an article belongs to; `undefined` if it begins one. Of equally good stories, the one whose id sorts first. */
export function chooseStory(headline: Headline, at: number, candidates: readonly StoryCandidate[]): string | undefined {
  let chosen: { readonly id: string; readonly fit: number } | undefined;
  for (const { id, members } of candidates) {
    const fit = fitOf(headline, at, members);
    if (fit !== undefined && (!chosen || fit > chosen.fit || (fit === chosen.fit && id < chosen.id))) chosen = { id, fit };
  }
  return chosen?.id;
}

/** How well an article fits a story; `undefined` if it does not join. */
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

/** The articles that represent a story, in their order. */
export const representativesOf = <Member>(members: readonly Member[]): readonly Member[] =>
  members.length <= MOST_MEMBERS ? members : [...members.slice(0, MOST_MEMBERS / 2), ...members.slice(-MOST_MEMBERS / 2)];

/** The index of the headline most similar to all others; the first of equals, 0 without headlines. */
export function mostTypical(articles: readonly { readonly title: string; readonly at: number }[]): number {
  const headlines = articles.map(({ title }) => headlineOf(title));
  const totals = headlines.map(() => 0);
  for (const [place, one] of headlines.entries()) {
    for (let other = 0; other < place; other += 1) {
      // Likeness is symmetric.
      const likeness = Math.max(FLOOR, likenessOf(one, headlines[other]!, 0));
      totals[place]! += likeness;
      totals[other]! += likeness;
    }
  }
  return Math.max(0, totals.indexOf(Math.max(...totals)));
}

/** Whether a story whose latest article is of `lastAt` can still be joined at `at`. */
export const isOpen = (lastAt: number, at: number): boolean => Math.abs(at - lastAt) <= STORY_WINDOW;
