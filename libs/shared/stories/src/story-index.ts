import { chooseStory, isOpen, keysOf, MOST_CANDIDATES, representativesOf, type StoryMember } from './choose-story';
import type { Headline } from './headline';

/** A word leads to at most this many stories, the latest, so that looking up a hot word costs no more. */
export const MOST_STORIES_OF_WORD = 32;
/** About 130 MB of headlines. */
const MOST_STORIES = 100_000;

/** A story as the index returns it, with the time of its latest article. */
export interface FoundStory {
  readonly id: string;
  readonly lastAt: number;
}

/** The stories to compare an article with: those that share the rarest of its words, at most eight. */
export function mostPromising<Story extends FoundStory>(words: readonly string[], storiesOf: (word: string) => readonly Story[], at: number): Story[] {
  const found = new Map<string, { readonly story: Story; readonly shares: number }>();
  words.forEach((word, place) => {
    // A rarer word, earlier in the list, carries more weight.
    for (const story of storiesOf(word)) found.set(story.id, { story, shares: (found.get(story.id)?.shares ?? 0) + words.length - place });
  });
  return [...found.values()]
    .filter(({ story }) => isOpen(story.lastAt, at))
    .sort((a, b) => b.shares - a.shares || b.story.lastAt - a.story.lastAt || (a.story.id < b.story.id ? -1 : 1))
    .slice(0, MOST_CANDIDATES)
    .map(({ story }) => story);
}

interface Story {
  readonly id: string;
  members: readonly StoryMember[];
  lastAt: number;
}

/**
 * Stories of the last three days, found by their rare words: the cost of an article does not depend on how many there
 * are. Articles may come in any order within the window; the same articles in the same order give the same stories.
 */
export class StoryIndex {
  private readonly stories = new Map<string, Story>();
  private readonly byWord = new Map<string, Story[]>();

  /** The story of an article published `at` (milliseconds); undefined where it would begin one. Changes nothing. */
  find(headline: Headline, at: number): string | undefined {
    return chooseStory(headline, at, this.candidates(keysOf(headline), at));
  }

  /** Puts an article into the story that it joins, or begins one with it. @returns the story that it joined; `undefined` if it began one */
  join(id: string, headline: Headline, at: number): string | undefined {
    const story = this.find(headline, at) ?? id;
    this.add(story, headline, at);
    return story === id ? undefined : story;
  }

  /** Adds an article to a story, creating the story if the id is new. */
  add(id: string, headline: Headline, at: number): void {
    const known = this.stories.get(id);
    const story = known ?? { id, members: [], lastAt: at };
    story.members = representativesOf([...story.members, { headline, at }]);
    story.lastAt = Math.max(story.lastAt, at);
    this.stories.set(id, story);
    for (const word of keysOf(headline)) {
      const found = (this.byWord.get(word) ?? []).filter((other) => other !== story);
      this.byWord.set(word, [...found, story].slice(-MOST_STORIES_OF_WORD));
    }
  }

  /** Removes the stories that nothing published at `now` or later can join, and if there are too many, those that began first. */
  forgetBefore(now: number): void {
    for (const [id, { lastAt }] of this.stories) if (now > lastAt && !isOpen(lastAt, now)) this.stories.delete(id);
    for (const id of this.stories.keys()) {
      if (this.stories.size <= MOST_STORIES) break;
      this.stories.delete(id);
    }
    for (const [word, stories] of this.byWord) {
      const left = stories.filter(({ id }) => this.stories.has(id));
      if (left.length === 0) this.byWord.delete(word);
      else if (left.length < stories.length) this.byWord.set(word, left);
    }
  }

  get size(): number {
    return this.stories.size;
  }

  /** The stories that share the rarest words with these, the most promising first. */
  candidates(words: readonly string[], at: number): Story[] {
    return mostPromising(words, (word) => this.byWord.get(word) ?? [], at);
  }
}
