import { DAY, MINUTE } from '@barometer/kernel';
import type { FeedItem } from '../ports/feed-reader.port';
import { languageCode } from './language';
import { listedItem, type ListedIn } from './listed-item';

const NOW = Date.UTC(2026, 0, 15);

const read = (item: FeedItem, more: Partial<ListedIn> = {}) =>
  listedItem(item, {
    source: { id: 'gazette', name: 'Sample Gazette' },
    feed: {},
    baseUrl: 'https://gazette.example/rss',
    now: NOW,
    detectLanguage: () => undefined,
    ...more,
  });

describe('what identifies an item', () => {
  it('is the canonical address, its fragment, and the guid', () => {
    expect(read({ link: 'https://gazette.example/a?utm_source=rss#two', guid: ' 7 ', title: 'Harbour reopens' })).toMatchObject({
      url: 'https://gazette.example/a',
      fragment: 'two',
      guid: '7',
    });
    expect(read({ link: 'mailto:a@b.example', guid: '7', title: 'Harbour reopens' })).toEqual(expect.not.objectContaining({ fragment: expect.anything() }));
  });

  it('is nothing without link, guid and text', () => {
    expect(read({})).toBeUndefined();
    expect(read({ guid: ' ', title: '<b></b>', summary: '&nbsp;' })).toBeUndefined();
  });
});

describe('text', () => {
  it('is plain and without the publisher', () => {
    expect(read({ guid: '1', title: 'Fish &amp; chips - Example Wire', publisher: 'Example <b>Wire</b>', summary: '<p>More</p>' })).toMatchObject({
      title: 'Fish & chips',
      publisher: 'Example Wire',
      summary: 'More',
    });
    expect(read({ guid: '1', title: 'Fish and chips | Sample Gazette' })?.title).toBe('Fish and chips');
    expect(read({ guid: '1', title: 'Fish and chips | Wire' }, { feed: { title: 'The Wire' } })?.title).toBe('Fish and chips');
  });

  it('uses the start of the summary if there is no title, else the address', () => {
    expect(read({ guid: '1', summary: 'A short note' })).toMatchObject({ title: 'A short note', summary: '' });
    const bare = read({ link: 'https://gazette.example/a' });
    expect(bare).toMatchObject({ title: 'https://gazette.example/a', skip: 'too-short' });
  });

  it('leaves out an item without text and link', () => expect(read({ guid: '3' })).toBeUndefined());

  it('leaves out a summary that repeats the title', () =>
    expect(read({ guid: '1', title: 'Harbour reopens', summary: '<p>Harbour reopens</p>' })?.summary).toBe(''));
});

const likely =
  (language: string): ListedIn['detectLanguage'] =>
  (_text, sureness) =>
    sureness === 'sure' ? undefined : language;

describe('language', () => {
  const item = { guid: '1', title: 'Some title' };

  it.each<[string, FeedItem, Partial<ListedIn>, string | undefined, string | undefined]>([
    ['the operator’s setting', { ...item, language: 'fr' }, { source: { id: 'g', name: 'G', language: 'en' } }, 'en', undefined],
    ['the item’s', { ...item, language: 'fr-CA' }, { feed: { language: 'en' } }, 'fr', 'language'],
    ['the feed’s', item, { feed: { language: 'de_AT' }, detectLanguage: likely('en') }, 'de', 'language'],
    ['the text’s, if it is surely English', item, { feed: { language: 'de_AT' }, detectLanguage: () => 'en' }, 'en', undefined],
    ['the text’s, if it is surely not English', { ...item, language: 'en' }, { detectLanguage: () => 'es' }, 'es', 'language'],
    [
      'the operator’s, even if the text is surely in another',
      item,
      { source: { id: 'g', name: 'G', language: 'en' }, detectLanguage: () => 'es' },
      'en',
      undefined,
    ],
    ['the detector’s', item, { detectLanguage: () => 'es' }, 'es', 'language'],
    ['the detector’s if the feed’s is invalid', item, { feed: { language: 'default' }, detectLanguage: () => 'en' }, 'en', undefined],
    ['unknown', item, {}, undefined, undefined],
  ])('%s', (_what, one, more, language, skip) => {
    const listed = read(one, more);
    expect([listed?.language, listed?.skip]).toEqual([language, skip]);
  });

  it.each([
    ['en-GB', 'en'],
    ['EN_us', 'en'],
    ['eng', 'en'],
    ['haw', 'haw'],
    ['und', undefined],
    ['English', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('code of %s', (tag, code) => expect(languageCode(tag)).toBe(code));
});

it('skips texts of fewer than two words', () => {
  expect(read({ guid: '1', title: 'Harbour!' })?.skip).toBe('too-short');
  expect(read({ guid: '1', summary: 'Harbour!' })?.skip).toBe('too-short');
  expect(read({ guid: '1', title: 'Harbour', summary: 'It reopens today.' })?.skip).toBeUndefined();
  expect(read({ guid: '1', title: 'Harbour reopens' })?.skip).toBeUndefined();
});

it.each([
  ['now', NOW, NOW],
  ['ten minutes ahead', NOW + 10 * MINUTE, NOW + 10 * MINUTE],
  ['more than that', NOW + 10 * MINUTE + 1, undefined],
  ['a year ago', NOW - 365 * DAY, NOW - 365 * DAY],
  ['1994', Date.UTC(1994, 11, 31), undefined],
  ['no number', Number.NaN, undefined],
  ['none', undefined, undefined],
])('date: %s', (_what, publishedAt, expected) => {
  expect(read({ guid: '1', title: 'Harbour reopens', ...(publishedAt !== undefined && { publishedAt }) })?.publishedAt).toBe(expected);
});
