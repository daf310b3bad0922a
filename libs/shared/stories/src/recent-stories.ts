import { HOUR } from '@barometer/kernel';
import { headlineOf } from './headline';
import { STORY_WINDOW } from './likeness';
import { StoryIndex } from './story-index';

/** A scored article as a store keeps it. */
export interface StoredArticle {
  readonly id: string;
  readonly title: string;
  readonly publishedAt: number;
  /** The story that it joined; null or absent where it began one. */
  readonly joinedStory?: string | null | undefined;
}

/** Articles that are put into the index before others get their turn: about ten milliseconds. */
const SLICE = 400;
/** Of a store with more in three days, the latest: what is loaded takes a second or two in all. */
export const MOST_LOADED = 50_000;

/**
 * The stories of the last three days of a store that one process has to itself, in memory. What an article has joined
 * is stored with it; this finds it, and is made anew from the articles whenever it is not there.
 */
export class RecentStories {
  private readonly index = new StoryIndex();
  private cleared: number;

  private constructor(now: number) {
    this.cleared = now;
  }

  /** From the scored articles of the last three days, in the order in which they were stored. */
  static async load(read: (since: number, most: number) => readonly StoredArticle[], now: number): Promise<RecentStories> {
    const stories = new RecentStories(now);
    for (const [place, { id, title, publishedAt, joinedStory }] of read(now - STORY_WINDOW, MOST_LOADED).entries()) {
      stories.index.add(joinedStory ?? id, headlineOf(title), publishedAt);
      if (place % SLICE === SLICE - 1) await new Promise((resolve) => setTimeout(resolve));
    }
    return stories;
  }

  /** The story that an article joins, by the id of its first article; undefined where it begins one itself. */
  join({ id, title, publishedAt }: StoredArticle): string | undefined {
    return this.index.join(id, headlineOf(title), publishedAt);
  }

  /** Forgets what is too old at `now`; at most once an hour, since it looks at everything. */
  tidy(now: number): void {
    if (now < this.cleared + HOUR) return;
    this.cleared = now;
    this.index.forgetBefore(now);
  }
}
