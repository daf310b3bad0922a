import { DAY, type Clock } from '@barometer/kernel';
import { lastTouched } from '../domain/stored-source';
import type { ArticleStore } from '../ports/article-store.port';
import type { SourceStore } from '../ports/source-store.port';

/** Reads hide what has expired from the first moment on; it is removed so much later, so that a clock that is ahead for hours removes nothing. */
const GRACE = 2 * DAY;
/** After a silence that long, either everything slept or the clock is wrong: removing waits until sources were polled again. */
const LONGEST_SILENCE = 7 * DAY;

/** Removes what has expired, as far as the clock can be trusted with that. */
export class RemoveExpired {
  constructor(private readonly deps: { readonly articles: Pick<ArticleStore, 'removeExpired'>; readonly sources: Pick<SourceStore, 'list'>; readonly clock: Clock }) {}

  /** How many articles went. */
  async execute(): Promise<number> {
    const { articles, sources, clock } = this.deps;
    const now = clock.now();
    const polls = (await sources.list()).flatMap((source) => (source.health.lastPolledAt === undefined ? [] : lastTouched(source)));
    const isTrusted = polls.some((polledAt) => Math.abs(now - polledAt) <= LONGEST_SILENCE);
    return isTrusted || polls.length === 0 ? articles.removeExpired(now - GRACE) : 0;
  }
}
