import type { Clock } from '@barometer/kernel';
import { knownPeriod } from '../domain/period';
import type { ArticleView, Period, Scope } from '../domain/report';
import { inOrder, storiesOf, type Story, type StoryOrder } from '../domain/story';
import type { ReportStore } from '../ports/report-store.port';

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

/** Five pages of a hundred articles are looked at, the newest: an answer costs no more where there are more. */
const PAGE = 100;
const MOST_PAGES = 5;

/** The stories that the scored ones of the newest 500 articles of a scope and period tell, each by at least two of them. */
export class ListStories {
  constructor(private readonly deps: { readonly reports: ReportStore; readonly clock: Clock }) {}

  async execute({ period: asked, order, limit, ...scope }: StoriesQuery): Promise<Stories> {
    const period = knownPeriod(asked, this.deps.clock.now());
    const { articles, searchedTo } = await this.newest(scope, period);
    const stories = storiesOf(articles).sort(inOrder(order)).slice(0, limit);
    return { period, stories, searchedTo, articles: articles.length };
  }

  private async newest(scope: Scope, period: Period): Promise<{ articles: ArticleView[]; searchedTo: number }> {
    const articles: ArticleView[] = [];
    let searchedTo = period.to;
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const found = await this.deps.reports.articles({ ...scope, period, limit: PAGE, ...(cursor !== undefined && { cursor }) });
      articles.push(...found.items.filter(({ sentiment }) => sentiment));
      ({ searchedTo, cursor } = { cursor: undefined, ...found });
      if (cursor === undefined) break;
    }
    return { articles, searchedTo };
  }
}
