/** What was scored in an hour of a scope; `tones` is the sum of tones. */
export interface HourVolume {
  readonly hour: number;
  readonly volume: number;
  readonly tones: number;
}

/** What tones of a window are usual: 95 of 100 lie in `low`...`high`. */
export interface UsualTones {
  readonly low: number;
  readonly high: number;
  readonly mean: number;
}

/** A story of a window. */
export interface ToldStory {
  readonly id: string;
  readonly title: string;
  readonly publishers: number;
}

/** What is known of the window that ends with an hour; figures that a rule does not need are left out. */
export interface HourFacts {
  /** Whole hours since 1970, UTC. */
  readonly hour: number;
  /** Whether enough of it was listened to for a verdict. */
  readonly observed: boolean;
  readonly volume: number;
  /** Mean tone; absent without articles. */
  readonly tone?: number | undefined;
  readonly usual?: UsualTones | undefined;
  /** The usual number of articles in such a window; absent where too little is known. */
  readonly usualVolume?: number | undefined;
  readonly stories?: readonly ToldStory[] | undefined;
  /** Articles with the phrase. */
  readonly matches?: number | undefined;
}
