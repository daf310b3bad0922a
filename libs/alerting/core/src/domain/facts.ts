/** What was scored in an hour of a scope; `tones` is the sum of their tones. */
export interface HourVolume {
  readonly hour: number;
  readonly volume: number;
  readonly tones: number;
}

/** The usual range of a window's tone: 95 of 100 windows lie in `low`...`high`. */
export interface UsualTones {
  readonly low: number;
  readonly high: number;
  readonly mean: number;
}

/** A story in a window. */
export interface ToldStory {
  readonly id: string;
  readonly title: string;
  readonly publishers: number;
}

/** The data for the window that ends with an hour; figures that a rule does not need are absent. */
export interface HourFacts {
  /** Whole hours since 1970, UTC. */
  readonly hour: number;
  /** Whether enough of the window was observed for a verdict. */
  readonly observed: boolean;
  /** Whether at least one hour of the window was observed: enough for a story or a phrase that was found. */
  readonly listened?: boolean | undefined;
  readonly volume: number;
  /** Mean tone; absent without articles. */
  readonly tone?: number | undefined;
  readonly usual?: UsualTones | undefined;
  /** The usual number of articles in such a window; absent where there is too little data. */
  readonly usualVolume?: number | undefined;
  readonly stories?: readonly ToldStory[] | undefined;
  /** Number of articles with the phrase. */
  readonly matches?: number | undefined;
}
