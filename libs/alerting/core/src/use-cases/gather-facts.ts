import { foldedWordsOf, wordsOf } from '@barometer/kernel';
import type { HourFacts, ToldStory, UsualTones } from '../domain/facts';
import type { RuleForm } from '../domain/rule';
import { usualVolume, VOLUME_DAYS, WindowSums } from '../domain/usual-volume';
import type { AlertNews, Hours, NewsArticle } from '../ports/alert-news.port';

/** At least this share of a window must have been listened to. */
const OBSERVED_SHARE = 0.5;

export interface FactsQuery {
  readonly rule: Pick<RuleForm, 'scope' | 'condition' | 'windowHours'>;
  /** Of each of these hours. */
  readonly hours: Hours;
  /** From this hour on somebody listened, whether or not anything could be read. */
  readonly steadySince?: number | undefined;
  /** Articles that are looked at for stories and phrases. */
  readonly mostArticles: number;
}

/** The facts of hours, oldest first, and the first hour that they can be told of. */
export interface Facts {
  readonly hours: readonly HourFacts[];
  readonly from: number;
}

/** Gathers what a rule needs to know of some hours: the same for one hour as for many. */
export async function gatherFacts(news: AlertNews, { rule, hours, steadySince, mostArticles }: FactsQuery): Promise<Facts> {
  const { scope, condition, windowHours } = rule;
  const back = windowHours + (condition.kind === 'volume' ? VOLUME_DAYS * 24 : 0);
  const all = { from: hours.from - back, to: hours.to };
  const listened = condition.kind === 'silence' ? {} : scope;
  const [volumes, observed, told] = await Promise.all([news.volumes(scope, all), news.observed(listened, all), articlesOf(news, { rule, hours, mostArticles })]);
  const sums = new WindowSums(volumes);
  const isEverything = scope.topicId === undefined && scope.sourceId === undefined;
  const wasThere = (hour: number) => observed.has(hour) || (condition.kind === 'silence' && isEverything && steadySince !== undefined && hour >= steadySince);
  const from = Math.max(hours.from, told?.from ?? hours.from);
  const ends = Array.from({ length: Math.max(0, hours.to - from) }, (_, index) => from + index);
  const usual = await usualOf(news, rule, ends.filter((hour) => isObserved(wasThere, hour, windowHours) && sums.of(hour, windowHours).volume > 0));
  const found = ends.map((hour): HourFacts => {
    const { volume, tones } = sums.of(hour, windowHours);
    return {
      hour, volume, observed: isObserved(wasThere, hour, windowHours, condition.kind === 'silence' ? 0.9 : OBSERVED_SHARE), ...(volume > 0 && { tone: tones / volume }), usual: usual.get(hour),
      ...(condition.kind === 'volume' && { usualVolume: usualVolume(sums, observed, hour, windowHours) }), ...told?.of(hour),
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

async function usualOf(news: AlertNews, { scope, condition, windowHours }: FactsQuery['rule'], ends: readonly number[]): Promise<ReadonlyMap<number, UsualTones | undefined>> {
  if (condition.kind !== 'unusual' || ends.length === 0) return new Map();
  const ranges = await news.usual(scope, ends.map((hour) => ({ from: hour + 1 - windowHours, to: hour + 1 })));
  return new Map(ends.map((hour, index) => [hour, ranges[index]]));
}

/** What articles say of each hour; nothing for rules that need only figures. */
async function articlesOf(news: AlertNews, { rule: { scope, condition, windowHours }, hours, mostArticles }: FactsQuery) {
  if (condition.kind !== 'story' && condition.kind !== 'phrase') return undefined;
  const words = condition.kind === 'phrase' ? foldedWordsOf(condition.phrase).trim() : undefined;
  const { articles, searchedTo } = await news.articles(scope, { from: hours.from + 1 - windowHours, to: hours.to }, { words, most: mostArticles });
  const told = condition.kind === 'phrase' ? articles.filter(({ title, summary }) => wordsOf(`${title} ${summary}`).includes(wordsOf(condition.phrase))) : articles;
  const inWindow = (end: number) => told.filter(({ hour }) => hour > end - windowHours && hour <= end);
  return {
    from: searchedTo <= hours.from + 1 - windowHours ? hours.from : searchedTo + windowHours - 1,
    of: (hour: number) => (condition.kind === 'phrase' ? { matches: inWindow(hour).length } : { stories: storiesOf(inWindow(hour)) }),
  };
}

/** Stories with how many publishers tell them; of one publisher there is nothing to say. */
function storiesOf(articles: readonly NewsArticle[]): ToldStory[] {
  const byStory = Map.groupBy(articles.filter(({ storyId }) => storyId !== undefined), ({ storyId }) => storyId ?? '');
  return [...byStory]
    .map(([id, members]) => ({ id, title: members.at(-1)?.title ?? '', publishers: new Set(members.map(({ publisher }) => publisher)).size }))
    .filter(({ publishers }) => publishers > 1);
}
