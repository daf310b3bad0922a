import { counted, pluralOf } from '@barometer/kernel';
import type { Edition, EditionGood, EditionStory, TroubledSource } from './edition';
import { isEverything } from './rule';
import { signed } from './sentence';

/** A line of an edition, with an explanation in smaller letters. */
export interface EditionItem {
  readonly text: string;
  readonly detail?: string | undefined;
  /** The text's link. */
  readonly url?: string | undefined;
  /** -1...1; the tone of the line. */
  readonly tone?: number | undefined;
}

export interface EditionSection {
  readonly title: string;
  readonly items: readonly EditionItem[];
}

/** An edition in words, shared by all its forms. */
export interface EditionWords {
  /** The first line: the mood compared with what is usual. */
  readonly verdict: string;
  readonly sentence: string;
  /** The scope and the period. */
  readonly about: string;
  /** The number of articles, the change since the previous period, and caveats about the figures. */
  readonly notes: readonly string[];
  /** Without empty ones. */
  readonly sections: readonly EditionSection[];
}

/** Publishers whose tones differ by less than this report a story alike: chosen, since a single headline says little. */
const ALIKE = 0.3;

/** An edition in plain words. Headlines are not escaped: every output format must escape them itself. */
export function editionWords(edition: Edition): EditionWords {
  return {
    verdict: verdictOf(edition),
    sentence: sentenceOf(edition),
    about: `${capital(aboutOf(edition))}, ${periodOf(edition)}`,
    notes: notesOf(edition),
    sections: [
      {
        title: 'What moved it',
        items: edition.drivers.map(({ name, effect, headline }) => ({
          text: `${effect < 0 ? '▼' : '▲'} ${name} ${signed(effect)}`,
          detail: headline === name ? undefined : headline,
          tone: effect,
        })),
      },
      { title: 'Biggest stories', items: edition.stories.map((story) => ({ text: story.title, url: story.url, detail: toldBy(story) })) },
      { title: 'One good thing', items: edition.good ? [{ text: edition.good.title, url: edition.good.url, detail: goodBy(edition.good) }] : [] },
      { title: 'Sources in trouble', items: troubleOf(edition) },
    ].filter(({ items }) => items.length > 0),
  };
}

/** A one-line summary of an edition. */
export const editionTitle = (edition: Edition): string => `${edition.name}: ${lower(verdictOf(edition))} (${signed(edition.tone ?? 0)})`;

/** How tones differ between the publishers of a story. */
export function toldBy({ publishers, tone = 0, darkest, brightest }: EditionStory): string {
  const spread = brightest.tone - darkest.tone;
  const range =
    spread < ALIKE
      ? `told alike, ${signed(tone)}`
      : `from ${signed(darkest.tone)} (${darkest.publisher}) to ${signed(brightest.tone)} (${brightest.publisher})`;
  return `${counted(publishers, 'publisher')}, ${range}`;
}

/** The publishers of the good story. */
export const goodBy = ({ publisher, publishers = 1 }: EditionGood): string | undefined =>
  publisher === undefined || publishers === 1 ? publisher : `${publisher} and ${publishers - 1} more`;

/** Whether at least half of the hours were observed or imported; with fewer, the tone is not compared with the usual one. */
const isHeard = ({ observedHours, hours }: Edition): boolean => 2 * observedHours >= hours;

function verdictOf(edition: Edition): string {
  const { tone = 0, word, usual } = edition;
  if (!isHeard(edition)) return 'Little was heard';
  if (!usual) return capital(word ?? 'balanced');
  return tone < usual.low ? 'Darker than usual' : tone > usual.high ? 'Calmer than usual' : 'As usual';
}

const aboutOf = ({ scope, scopeName }: Edition): string => (isEverything(scope) ? 'all news' : scopeName);

function sentenceOf(edition: Edition): string {
  const { tone = 0, word, usual, tooFew } = edition;
  const mood = `The mood of ${aboutOf(edition)} was ${signed(tone)}, ${word ?? 'balanced'}`;
  if (!usual) return `${mood}. ${tooFew ? 'That is too few articles to say whether it is usual' : 'It is too early to say what is usual'}.`;
  const range = `${mood}; usual is ${signed(usual.low)} to ${signed(usual.high)}${usual.basis === 'reference' ? ' by a shipped reference, as there are fewer than 7 days of its own before this period' : ''}.`;
  return isHeard(edition) ? range : `${range} In so few hours it cannot be said whether that is usual.`;
}

function notesOf({ every, volume, counts, change, observedHours, hours, isWhole, skipped }: Edition): string[] {
  const share = (count: number) => `${Math.round((100 * count) / Math.max(1, volume))} %`;
  const before = every === 'day' ? 'the day before' : 'the week before';
  return [
    `${volume.toLocaleString('en')} ${pluralOf(volume, 'article')}: ${share(counts.negative)} negative, ${share(counts.neutral)} neutral, ${share(counts.positive)} positive.`,
    ...(change === undefined
      ? []
      : [change === 0 ? `No clear change from ${before}.` : `${Math.abs(change).toFixed(2)} more ${change < 0 ? 'negative' : 'positive'} than ${before}.`]),
    ...(observedHours < hours ? [`Only ${observedHours} of ${counted(hours, 'hour')} were covered.`] : []),
    ...(isWhole ? [] : ['There were too many articles to look at each: stories were looked for in a part of every stretch of time.']),
    ...(skipped === 0
      ? []
      : [`${skipped === 1 ? 'The digest before this one was' : `${counted(skipped, 'digest')} before this one were`} not sent: Barometer was not running.`]),
  ];
}

function troubleOf({ troubled, moreTroubled, timeZone }: Edition): EditionItem[] {
  const items = troubled.map(({ name, problem, lastSuccessAt }: TroubledSource) => ({
    text: name,
    detail: `${problem.replace(/\.?$/, '.')} ${lastSuccessAt === undefined ? 'It was never read.' : `Last read ${momentText(lastSuccessAt, timeZone)}.`}`,
  }));
  return moreTroubled === 0 ? items : [...items, { text: `and ${moreTroubled} more` }];
}

/** A moment in a time zone, such as `Fri 27 Nov 07:00`; assembled here, since runtimes differ in where they put commas. */
function momentText(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('hour')}:${part('minute')}`;
}

const periodOf = ({ from, to, timeZone }: Edition): string => `${momentText(from, timeZone)} to ${momentText(to, timeZone)} (${timeZone})`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
