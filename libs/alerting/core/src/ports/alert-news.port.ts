import type { EpisodeDriver, EpisodeHeadline } from '../domain/episode';
import type { HourVolume, UsualTones } from '../domain/facts';
import type { AlertScope } from '../domain/rule';

/** A half-open stretch of whole hours since 1970, UTC. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

/** An article as rules look at it. */
export interface NewsArticle extends EpisodeHeadline {
  readonly hour: number;
  readonly storyId?: string | undefined;
  readonly summary: string;
}

/** What rules need to know of the news. */
export interface AlertNews {
  /** What was scored, by hour; hours without articles may be left out. */
  volumes(scope: AlertScope, hours: Hours): Promise<readonly HourVolume[]>;
  /** Hours in which somebody listened to the scope. */
  observed(scope: AlertScope, hours: Hours): Promise<ReadonlySet<number>>;
  /** The usual tones of windows, by the four weeks before each; `undefined` where nothing is known. */
  usual(scope: AlertScope, windows: readonly Hours[]): Promise<readonly (UsualTones | undefined)[]>;
  /** At most `most` articles, newest first, with these words where given; everything from the hour `searchedTo` on was looked at. */
  articles(scope: AlertScope, hours: Hours, options: { readonly words?: string | undefined; readonly most: number }): Promise<{ readonly articles: readonly NewsArticle[]; readonly searchedTo: number }>;
  /** What moved the mood of a window against what is usual, the strongest first. */
  drivers(scope: AlertScope, hours: Hours): Promise<readonly EpisodeDriver[]>;
  /** What a scope is called; `undefined` where its topic or source is gone. */
  nameOf(scope: AlertScope): Promise<string | undefined>;
}
