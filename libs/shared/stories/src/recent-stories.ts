import { HOUR } from '@barometer/kernel';
import { headlineOf } from './headline';
import { STORY_WINDOW } from './likeness';
import { StoryIndex } from './story-index';

/** A scored article as a store keeps it. */
export interface StoredArticle {
  readonly id: string;
  readonly title: string;
  readonly publishedAt: number;
  /** The story that it joined; null or absent if it began one. */
  readonly joinedStory?: string | null | undefined;
}

/** Articles indexed before other work gets its turn: about ten milliseconds. */
const SLICE = 400;
/** If a store has more in three days, only the latest are loaded: that takes a second or two in all. */
export const MOST_LOADED = 50_000;

/**
 * The stories of the last three days, in memory, for a store used by a single process. The story that an article joined
 * is stored with it; this is an index to find it, rebuilt from the articles when needed.
 */
export class RecentStories {
  private readonly index = new StoryIndex();
  private cleared: number;

  private constructor(now: number) {
    this.cleared = now;
  }

  /** Builds the index from the scored articles of the last three days, in the order in which they were stored. */
  static async load(read: (since: number, most: number) => readonly StoredArticle[], now: number): Promise<RecentStories> {
    const stories = new RecentStories(now);
    for (const [place, { id, title, publishedAt, joinedStory }] of read(now - STORY_WINDOW, MOST_LOADED).entries()) {
      stories.index.add(joinedStory ?? id, headlineOf(title), publishedAt);
      if (place % SLICE === SLICE - 1) await new Promise((resolve) => setTimeout(resolve));
    }
    return stories;
  }

  /** The story that an article joins, as the id of its first article; `undefined` if it begins one. */
  join({ id, title, publishedAt }: StoredArticle): string | undefined {
    return this.index.join(id, headlineOf(title), publishedAt);
  }

  /** Removes what is too old at `now`; at most once an hour, since it goes through everything. */
  tidy(now: number): void {
    if (now < this.cleared + HOUR) return;
    this.cleared = now;
    this.index.forgetBefore(now);
  }
}
