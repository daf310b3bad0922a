import type { EpisodeDriver, EpisodeHeadline } from '../domain/episode';
import type { HourVolume, UsualTones } from '../domain/facts';
import type { AlertScope } from '../domain/rule';

/** A half-open stretch of whole hours since 1970, UTC. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

/** An article as rules see it. */
export interface NewsArticle extends EpisodeHeadline {
  readonly hour: number;
  readonly storyId?: string | undefined;
  /** Identifies the publisher as stories do, whatever its name; absent, `publisher` does. */
  readonly voice?: string | undefined;
  readonly summary: string;
}

/** The news data that rules need. */
export interface AlertNews {
  /** Number and tone of scored articles by hour; hours without articles may be left out. */
  volumes(scope: AlertScope, hours: Hours): Promise<readonly HourVolume[]>;
  /** Hours in which the scope was observed. */
  observed(scope: AlertScope, hours: Hours): Promise<ReadonlySet<number>>;
  /** The usual tones of windows, learned from the four weeks before each; `undefined` if unknown. */
  usual(scope: AlertScope, windows: readonly Hours[]): Promise<readonly (UsualTones | undefined)[]>;
  /** At most `most` articles, newest first, with these words if given; the search covers everything from the hour `searchedTo` on. */
  articles(
    scope: AlertScope,
    hours: Hours,
    options: { readonly words?: string | undefined; readonly most: number },
  ): Promise<{ readonly articles: readonly NewsArticle[]; readonly searchedTo: number }>;
  /** What moved the mood of a window compared with what is usual, the strongest first. */
  drivers(scope: AlertScope, hours: Hours): Promise<readonly EpisodeDriver[]>;
  /** The display name of a scope; `undefined` if its topic or source is gone, or its group is empty. */
  nameOf(scope: AlertScope): Promise<string | undefined>;
}
