import type { Clock } from '@barometer/kernel';
import { addCounts, volumeOf } from '../domain/figures';
import { keptFrom, knownPeriod } from '../domain/period';
import { isOfOne, type Period, type Scope } from '../domain/report';
import { countsOfStories, heaviestOf, inOrder, outlinedStory, type Story, type StoryCounts, type StoryOrder } from '../domain/story';
import type { ReportStore } from '../ports/report-store.port';
import { newestScored } from './newest-scored';
import { turns } from './source-history';

export interface StoriesQuery extends Scope {
  readonly period: Period;
  readonly order: StoryOrder;
  readonly limit: number;
}

/** The stories of a period. */
export interface Stories {
  readonly period: Period;
  readonly stories: readonly Story[];
  /** From when on articles are kept; stories of earlier ones are not known, though they are counted. */
  readonly keptFrom: number;
  /** How many scored articles the period has. */
  readonly articles: number;
  /** Whether every story of the period was considered. */
  readonly isWhole: boolean;
}

/** The largest or heaviest stories of a scope and period, each with at least two articles there. */
export class ListStories {
  constructor(private readonly deps: { readonly reports: ReportStore; readonly clock: Clock }) {}

  async execute({ period: asked, order, limit, ...scope }: StoriesQuery): Promise<Stories> {
    const { reports, clock } = this.deps;
    const period = knownPeriod(asked, clock.now(), reports.retention);
    const [rows, { counted, isWhole }] = await Promise.all([reports.hours(scope, period), this.heaviest(scope, period, order, limit)]);
    const articles = volumeOf(addCounts(rows));
    const stories: Story[] = [];
    const turn = turns();
    for (const counts of counted) {
      // The story's own time span is shorter to search than the period.
      const outline = await reports.storyOutline(counts.id, { ...scope, period: { from: counts.firstAt, to: counts.lastAt + 1 } });
      // Its articles may have expired in the meantime.
      if (outline) stories.push(outlinedStory(counts, outline, articles));
      await turn();
    }
    return { period, keptFrom: keptFrom(clock.now(), reports.retention.articles), stories: stories.sort(inOrder(order)), articles, isWhole };
  }

  /** For several sources, only stories of their newest articles are considered. */
  private async heaviest(
    scope: Scope,
    period: Period,
    order: StoryOrder,
    limit: number,
  ): Promise<{ readonly counted: readonly StoryCounts[]; readonly isWhole: boolean }> {
    const { reports } = this.deps;
    const by = order === 'size' ? { perArticle: 1, perTone: 0 } : { perArticle: 0, perTone: 1 };
    if (isOfOne(scope)) return { counted: await reports.heaviestStories(scope, period, by, limit), isWhole: reports.findsEveryStory };
    const { articles, isWhole } = await newestScored(reports, scope, period);
    return { counted: heaviestOf(countsOfStories(articles).values(), by, limit), isWhole };
  }
}
