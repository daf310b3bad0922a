import { foldedWordsOf, wordsOf } from '@barometer/kernel';
import { endOf, episodeId, viewOf, type Episode, type EpisodeHeadline } from '../domain/episode';
import type { EpisodeEvent } from '../domain/evaluate';
import type { AlertRule } from '../domain/rule';
import { sentenceOf } from '../domain/sentence';
import type { AlertNews, NewsArticle } from '../ports/alert-news.port';

const HEADLINES = 3;
const DRIVERS = 3;
const LOOKED_AT = 300;

/** Makes an episode that begins, with its explanation. */
export async function explainEpisode(
  news: AlertNews,
  rule: AlertRule,
  scopeName: string,
  { hour, subject, measurement, volume }: Extract<EpisodeEvent, { kind: 'opened' }>,
  now: number,
): Promise<Episode> {
  const { scope, condition, windowHours } = rule;
  const hours = { from: hour + 1 - windowHours, to: hour + 1 };
  const isOfTone = condition.kind === 'unusual' || condition.kind === 'tone';
  const words = condition.kind === 'phrase' ? foldedWordsOf(condition.phrase).trim() : undefined;
  const [{ articles }, drivers] = await Promise.all([
    condition.kind === 'silence' ? { articles: [] } : news.articles(scope, hours, { words, most: LOOKED_AT }),
    isOfTone ? news.drivers(scope, hours) : [],
  ]);
  return {
    id: episodeId(rule.id, subject, hour),
    ruleId: rule.id,
    ruleName: rule.name,
    subject,
    scope,
    scopeName,
    condition,
    windowHours,
    openedHour: hour,
    openedAt: endOf(hour),
    evaluatedAt: now,
    value: measurement.value,
    volume,
    usual: measurement.usual,
    sentence: sentenceOf(condition, scopeName, { hour, windowHours, now }, measurement),
    drivers: drivers.slice(0, DRIVERS),
    headlines: headlinesOf(rule, subject, measurement.value, measurement.usual?.mean, articles),
    view: viewOf(scope, hour, windowHours),
  };
}

/** The headlines most typical of the event; for a story or a phrase, its newest ones. */
function headlinesOf({ condition }: AlertRule, subject: string, value: number, mean: number | undefined, articles: readonly NewsArticle[]): EpisodeHeadline[] {
  const own =
    condition.kind === 'story'
      ? articles.filter(({ storyId }) => storyId === subject)
      : condition.kind === 'phrase'
        ? articles.filter(({ title, summary }) => wordsOf(`${title} ${summary}`).includes(wordsOf(condition.phrase)))
        : articles;
  const isDark = condition.kind === 'tone' ? condition.side === 'under' : value < (mean ?? 0);
  const byTone = condition.kind === 'tone' || condition.kind === 'unusual';
  const sorted = byTone
    ? [...own].filter(({ tone }) => tone !== undefined).sort((one, other) => ((one.tone ?? 0) - (other.tone ?? 0)) * (isDark ? 1 : -1))
    : own;
  const stories = new Set<string>();
  // Articles of one story count as one headline, unless the rule is about the story itself.
  const told = sorted.filter(({ storyId, url }) => condition.kind === 'story' || (!stories.has(storyId ?? url) && stories.add(storyId ?? url)));
  return told.slice(0, HEADLINES).map(({ title, url, publisher, tone }) => ({ title, url, publisher, tone }));
}
