import type { ApiDependencies, ReadModels } from './dependencies';

/** The read models that answer now. */
export interface Current {
  readonly models: ReadModels;
  readonly sample: boolean;
}

/** Chooses between the real store and the sample. */
export class Reading {
  private realHasScores = false;

  constructor(private readonly deps: Pick<ApiDependencies, 'real' | 'sample'>) {}

  /** The sample while the real store has no scored article; after the first one, the real store for good. */
  async current(): Promise<Current> {
    const { real, sample } = this.deps;
    if (!sample || this.realHasScores) return { models: real, sample: false };
    this.realHasScores = (await real.status.execute()).articles.scored > 0;
    return this.realHasScores ? { models: real, sample: false } : { models: sample, sample: true };
  }
}
