import { foldedWordsOf, wordsOf } from '@barometer/kernel';
import type { HourFacts, ToldStory, UsualTones } from '../domain/facts';
import { isEverything, type RuleForm } from '../domain/rule';
import { usualVolume, VOLUME_DAYS, WindowSums } from '../domain/usual-volume';
import type { AlertNews, Hours, NewsArticle } from '../ports/alert-news.port';

/** At least this share of a window must have been observed for a figure, or to conclude that something is absent. */
const OBSERVED_SHARE = 0.5;

export interface FactsQuery {
  readonly rule: Pick<RuleForm, 'scope' | 'condition' | 'windowHours'>;
  /** Of each of these hours. */
  readonly hours: Hours;
  /** Since this hour sources were polled, whether or not any could be read. */
  readonly steadySince?: number | undefined;
  /** At most this many articles are read for stories and phrases. */
  readonly mostArticles: number;
}

/** The facts of hours, oldest first, and the first hour for which they are known. */
export interface Facts {
  readonly hours: readonly HourFacts[];
  readonly from: number;
}

/** Gathers the data that a rule needs for some hours; the result does not depend on how many are asked for at once. */
export async function gatherFacts(news: AlertNews, { rule, hours, steadySince, mostArticles }: FactsQuery): Promise<Facts> {
  const { scope, condition, windowHours } = rule;
  const back = windowHours + (condition.kind === 'volume' ? VOLUME_DAYS * 24 : 0);
  const all = { from: hours.from - back, to: hours.to };
  const listened = condition.kind === 'silence' ? {} : scope;
  const [volumes, observed, told] = await Promise.all([
    news.volumes(scope, all),
    news.observed(listened, all),
    articlesOf(news, { rule, hours, mostArticles }),
  ]);
  const sums = new WindowSums(volumes);
  const wasThere = (hour: number) =>
    observed.has(hour) || (condition.kind === 'silence' && isEverything(scope) && steadySince !== undefined && hour >= steadySince);
  const from = Math.max(hours.from, told?.from ?? hours.from);
  const ends = Array.from({ length: Math.max(0, hours.to - from) }, (_, index) => from + index);
  const usual = await usualOf(
    news,
    rule,
    ends.filter((hour) => isObserved(wasThere, hour, windowHours) && sums.of(hour, windowHours).volume > 0),
  );
  const found = ends.map((hour): HourFacts => {
    const { volume, tones } = sums.of(hour, windowHours);
    return {
      hour,
      volume,
      observed: isObserved(wasThere, hour, windowHours, condition.kind === 'silence' ? 0.9 : OBSERVED_SHARE),
      ...(volume > 0 && { tone: tones / volume }),
      usual: usual.get(hour),
      ...(told && { listened: Array.from({ length: windowHours }, (_, back) => hour - back).some(wasThere) }),
      ...(condition.kind === 'volume' && { usualVolume: usualVolume(sums, observed, hour, windowHours) }),
      ...told?.of(hour),
    };
  });
  return { hours: found, from };
}

function isObserved(wasThere: (hour: number) => boolean, end: number, length: number, share = OBSERVED_SHARE): boolean {
  if (!wasThere(end)) return false;
  let seen = 0;
  for (let hour = end - length + 1; hour <= end; hour += 1) if (wasThere(hour)) seen += 1;
  return seen >= share * length;
}

async function usualOf(
  news: AlertNews,
  { scope, condition, windowHours }: FactsQuery['rule'],
  ends: readonly number[],
): Promise<ReadonlyMap<number, UsualTones | undefined>> {
  if (condition.kind !== 'unusual' || ends.length === 0) return new Map();
  const ranges = await news.usual(
    scope,
    ends.map((hour) => ({ from: hour + 1 - windowHours, to: hour + 1 })),
  );
  return new Map(ends.map((hour, index) => [hour, ranges[index]]));
}

/** The articles of each hour; empty for rules that only need figures. */
async function articlesOf(news: AlertNews, { rule: { scope, condition, windowHours }, hours, mostArticles }: FactsQuery) {
  if (condition.kind !== 'story' && condition.kind !== 'phrase') return undefined;
  const words = condition.kind === 'phrase' ? foldedWordsOf(condition.phrase).trim() : undefined;
  const { articles, searchedTo } = await news.articles(scope, { from: hours.from + 1 - windowHours, to: hours.to }, { words, most: mostArticles });
  const told =
    condition.kind === 'phrase' ? articles.filter(({ title, summary }) => wordsOf(`${title} ${summary}`).includes(wordsOf(condition.phrase))) : articles;
  const inWindow = (end: number) => told.filter(({ hour }) => hour > end - windowHours && hour <= end);
  return {
    from: searchedTo <= hours.from + 1 - windowHours ? hours.from : searchedTo + windowHours - 1,
    of: (hour: number) => (condition.kind === 'phrase' ? { matches: inWindow(hour).length } : { stories: storiesOf(inWindow(hour)) }),
  };
}

/** Stories with the number of their publishers; those of a single publisher are left out. */
function storiesOf(articles: readonly NewsArticle[]): ToldStory[] {
  const byStory = Map.groupBy(
    articles.filter(({ storyId }) => storyId !== undefined),
    ({ storyId }) => storyId ?? '',
  );
  return [...byStory]
    .map(([id, members]) => ({ id, title: members.at(-1)?.title ?? '', publishers: new Set(members.map(({ voice, publisher }) => voice ?? publisher)).size }))
    .filter(({ publishers }) => publishers > 1);
}
