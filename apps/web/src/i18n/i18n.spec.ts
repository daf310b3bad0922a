import { isValidElement, type ReactNode } from 'react';
import { formatDuration, formatAgo, HOUR, formatWeekday } from '../format/times';
import { formatCount, formatShare } from '../format/numbers';
import { formatTone, spokenTone } from '../format/tone';
import { usualText } from '../format/usual';
import { de } from './de';
import { en } from './en';
import { language, localeOf, preferred, speak } from './language';
import type { Message } from './message';
import { rich, t } from './translate';

const ours = new Map<string, Message>(Object.entries(en));
const theirs = new Map<string, Message>(Object.entries(de));
const formsOf = (message: Message): string[] =>
  typeof message === 'string' ? [message] : Object.entries(message).flatMap(([name, text]) => (name === 'type' ? [] : [text]));
const namesIn = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
const marksIn = (text: string) => (text.match(/<\/?\w+>/g) ?? []).sort();

beforeAll(() => {
  const document = { documentElement: { lang: '' }, title: '', querySelector: () => null };
  Object.assign(globalThis, { document });
  Object.defineProperty(globalThis, 'navigator', { value: { languages: ['de-AT', 'en'] }, configurable: true });
});
afterAll(() => void Reflect.deleteProperty(globalThis, 'document'));

describe('the languages', () => {
  it('have the same messages, in the same order', () => expect([...theirs.keys()]).toEqual([...ours.keys()]));

  it('have the same values and marks in a message', () => {
    for (const [key, message] of theirs) {
      expect([key, [...new Set(formsOf(message).flatMap(namesIn))].sort()]).toEqual([key, [...new Set(formsOf(ours.get(key)!).flatMap(namesIn))].sort()]);
      const marks = marksIn(formsOf(ours.get(key)!)[0]!);
      for (const text of formsOf(message)) expect([key, marksIn(text)]).toEqual([key, marks]);
    }
  });

  it.each([
    ['en', en],
    ['de', de],
  ] as const)('%s has every form that its numbers take', (name, catalogue) => {
    for (const [key, message] of Object.entries<Message>(catalogue)) {
      if (typeof message === 'string') continue;
      const needed = new Intl.PluralRules(name, { type: message.type ?? 'cardinal' }).resolvedOptions().pluralCategories;
      expect([
        key,
        Object.keys(message)
          .filter((form) => form !== 'type')
          .sort(),
      ]).toEqual([key, [...needed].sort()]);
    }
  });

  it('are not copies of each other', () => {
    const same = [...ours].filter(
      ([key, message]) =>
        JSON.stringify(message) === JSON.stringify(theirs.get(key)) &&
        formsOf(message).some((text) => /\p{L}{2}.* \p{L}{2}/u.test(text.replaceAll(/\{\w+\}|<\/?\w+>/g, ''))),
    );
    expect(same.map(([key]) => key)).toEqual(['topics.anyOf.hint']);
  });

  it('use German quotation marks, dashes and percentages in German', () => {
    for (const [key, message] of theirs) for (const text of formsOf(message)) expect([key, text]).toEqual([key, expect.not.stringMatching(/“[^”„]*”|\d%/)]);
  });
});

describe('the language of a reader', () => {
  it.each([
    [['de-CH', 'en'], 'de'],
    [['fr', 'de'], 'de'],
    [['fr'], 'en'],
    [['en-GB', 'de'], 'en'],
    [[], 'en'],
    [['constructor'], 'en'],
  ] as const)('of %j is %s', (wanted, found) => expect(preferred(wanted)).toBe(found));
  it('is written in the regional form that the reader has', () =>
    expect([localeOf('de', ['en', 'de-AT', 'de']), localeOf('de', ['en-GB'])]).toEqual(['de-AT', 'de']));
});

describe('a message', () => {
  afterEach(() => speak('en'));

  it('takes the plural form of its number, and writes the number as the locale does', () => {
    expect([0, 1, 2, 1_234].map((count) => t('count.articles', { count }))).toEqual(['0 articles', '1 article', '2 articles', '1,234 articles']);
    expect([1, 2, 3, 11, 21, 99].map((count) => t('usual.rank', { count }).slice(0, 8))).toEqual([
      'the 1st ',
      'the 2nd ',
      'the 3rd ',
      'the 11th',
      'the 21st',
      'the 99th',
    ]);
  });

  it('takes the form of each of its numbers', async () => {
    const left = (marks: number, count: number) => t('marks.titleLeft', { marks: t('marks.title', { count: marks }), count });
    expect([left(1, 1), left(20, 2)]).toEqual([
      '1 mark on the timeline, and 1 earlier one that is not shown',
      '20 marks on the timeline, and 2 earlier ones that are not shown',
    ]);
    await speak('de');
    expect([left(20, 1), t('mood.waiting', { count: 1 })]).toEqual([
      '20 Markierungen im Verlauf und 1 frühere, die nicht gezeigt wird',
      '1 wartet auf eine Bewertung',
    ]);
  });

  it('changes with the language, as numbers and times do', async () => {
    await speak('de');
    expect([language(), document.documentElement.lang, document.title]).toEqual(['de', 'de', 'Barometer · die Stimmung der Nachrichten']);
    expect([t('count.days', { count: 1 }), t('count.days', { count: 2 }), formatCount(12_345), formatTone(-0.12), formatShare(0.41)]).toEqual(
      ['1 Tag', '2 Tage', '12.345', '−0,12', '41\u00a0%'].map((text) => (text === '12.345' ? new Intl.NumberFormat('de-AT').format(12_345) : text)),
    );
    expect([formatAgo(0, 3 * HOUR), formatDuration(3 * HOUR), formatDuration(26 * HOUR), formatDuration(10), formatWeekday(2)]).toEqual([
      'vor 3 Std.',
      '3 Stunden',
      '1 Tag',
      '1 Minute',
      'Mittwoch',
    ]);
    expect(spokenTone(-0.3)).toBe('Ton minus 0,30, negativ');
    expect(
      usualText({ usual: { low: -0.4, high: -0.2, mean: -0.3, percentile: 2, standardScore: -2, basis: 'own', days: 12, word: 'darker than usual' } }),
    ).toEqual({
      headline: 'Düsterer als üblich',
      basis: 'Im Vergleich mit 12 eigenen Tagen: üblich ist −0,40 bis −0,20; dies ist der 2. von 100 üblichen Werten, vom düstersten an.',
    });
  });

  it('puts elements where the language wants them, and never parses values as marks', () => {
    const parts = rich('judge.says', { label: 'negative', ago: '<b>now</b>', tone: '−0.60' });
    expect(textOf(parts)).toBe('A reader says: negative, <b>now</b>. It counts with −0.60; the model’s score stands below.');
    expect(
      rich('signIn.help', {})
        .filter((part) => isValidElement(part))
        .map((part) => (part as { type: unknown }).type),
    ).toEqual(['code']);
    expect(textOf(rich('opml.added', { count: 2 }))).toBe('2 sources added.');
  });
});

function textOf(node: ReactNode): string {
  if (Array.isArray(node)) return node.map(textOf).join('');
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : String(node ?? '');
}
