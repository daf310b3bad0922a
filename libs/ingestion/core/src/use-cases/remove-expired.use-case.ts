import { DAY, type Clock } from '@barometer/kernel';
import { lastTouched } from '../domain/stored-source';
import type { ArticleStore } from '../ports/article-store.port';
import type { SourceStore } from '../ports/source-store.port';

/** Reads hide expired articles at once; they are removed this much later, so that a clock that is ahead for hours removes nothing. */
const GRACE = 2 * DAY;
/** After such a long time without polls, either the computer slept or the clock is wrong: nothing is removed until sources were polled again. */
const LONGEST_SILENCE = 7 * DAY;

/** Removes expired articles, unless the clock cannot be trusted. */
export class RemoveExpired {
  constructor(
    private readonly deps: { readonly articles: Pick<ArticleStore, 'removeExpired'>; readonly sources: Pick<SourceStore, 'list'>; readonly clock: Clock },
  ) {}

  /** Answers how many articles were removed. */
  async execute(): Promise<number> {
    const { articles, sources, clock } = this.deps;
    const now = clock.now();
    const polls = (await sources.list()).flatMap((source) => (source.health.lastPolledAt === undefined ? [] : lastTouched(source)));
    const isTrusted = polls.some((polledAt) => Math.abs(now - polledAt) <= LONGEST_SILENCE);
    return isTrusted || polls.length === 0 ? articles.removeExpired(now - GRACE) : 0;
  }
}
