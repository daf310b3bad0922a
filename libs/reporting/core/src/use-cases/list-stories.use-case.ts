import type { Clock } from '@barometer/kernel';
import { knownPeriod } from '../domain/period';
import type { Period, Scope } from '../domain/report';
import { inOrder, storiesOf, type Story, type StoryOrder } from '../domain/story';
import type { ReportStore } from '../ports/report-store.port';
import { newestScored } from './newest-scored';

export interface StoriesQuery extends Scope {
  readonly period: Period;
  readonly order: StoryOrder;
  readonly limit: number;
}

/** The stories of a period. */
export interface Stories {
  readonly period: Period;
  readonly stories: readonly Story[];
  /** Everything newer than this was looked at, in milliseconds since 1970. */
  readonly searchedTo: number;
  /** How many scored articles were looked at. */
  readonly articles: number;
}

/** The stories that the scored ones of the newest 500 articles of a scope and period tell, each by at least two of them. */
export class ListStories {
  constructor(private readonly deps: { readonly reports: ReportStore; readonly clock: Clock }) {}

  async execute({ period: asked, order, limit, ...scope }: StoriesQuery): Promise<Stories> {
    const period = knownPeriod(asked, this.deps.clock.now());
    const { articles, searchedTo } = await newestScored(this.deps.reports, scope, period);
    const stories = storiesOf(articles).sort(inOrder(order)).slice(0, limit);
    return { period, stories, searchedTo, articles: articles.length };
  }
}
