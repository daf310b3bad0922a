import { edition, NOON, periodNews } from '../testing';
import { editionHtml } from './edition-html';
import { editionText, shortEditionText } from './edition-text';
import { editionTitle, editionWords } from './edition-words';

const link = 'https://mood.example/?from=a&to=b';
const nothingElse = { drivers: [], stories: [], good: undefined, troubled: [] };

describe('an edition in words', () => {
  it('names the verdict, what moved the mood, stories, one good thing and sources in trouble', () => {
    expect(editionText(edition('a', NOON), link)).toBe(`DARKER THAN USUAL
All news, Sun 22 Nov 13:00 to Mon 23 Nov 13:00 (Europe/Vienna)

The mood of all news was −0.21, slightly negative; usual is −0.18 to −0.05.
1,284 articles: 41 % negative, 37 % neutral, 22 % positive.
0.05 more negative than the day before.

WHAT MOVED IT
- ▼ Energy −0.04
  Gas prices jump as pipeline closes
- ▲ Harvest +0.01

BIGGEST STORIES
- Gas prices jump as <b>pipeline</b> closes
  9 publishers, from −0.80 (Daily Storm) to −0.10 (Morning Post)
  https://example.org/gas?a=1&b=2
- Council agrees on budget
  3 publishers, told alike, +0.02
  https://example.org/budget

ONE GOOD THING
- Beavers return to the valley
  Valley News
  https://example.org/beavers

SOURCES IN TROUBLE
- The Daily
  It answers 500. Last read Sat 21 Nov 13:00.
- Never Heard
  The host is not known. It was never read.

See it: https://mood.example/?from=a&to=b`);
  });

  it.each([
    [{ tone: -0.1 }, 'As usual'],
    [{ tone: 0.3 }, 'Calmer than usual'],
    [{ usual: undefined, word: 'slightly negative' }, 'Slightly negative'],
    [{ usual: undefined, tooFew: true, word: 'negative' }, 'Negative'],
    [{ tone: -0.1, observedHours: 11 }, 'Little was heard'],
    [{ tone: -0.1, observedHours: 12 }, 'As usual'],
  ])('says of %j: %s', (change, verdict) => {
    expect(editionWords(edition('a', NOON, change)).verdict).toBe(verdict);
  });

  it('claims nothing that is not known, and names what is missing', () => {
    const words = editionWords(
      edition('a', NOON, {
        ...nothingElse,
        usual: undefined,
        change: undefined,
        every: 'week',
        observedHours: 100,
        hours: 168,
        isWhole: false,
        skipped: 2,
        scope: { topicId: 'energy' },
        scopeName: 'Energy',
        volume: 1,
        counts: { negative: 1, neutral: 0, positive: 0 },
      }),
    );
    expect(words).toEqual({
      verdict: 'Slightly negative',
      sentence: 'The mood of Energy was −0.21, slightly negative. It is too early to say what is usual.',
      about: expect.stringContaining('Energy, '),
      sections: [],
      notes: [
        '1 article: 100 % negative, 0 % neutral, 0 % positive.',
        'Only 100 of 168 hours were covered.',
        'There were too many articles to look at each: stories were looked for in a part of every stretch of time.',
        '2 digests before this one were not sent: Barometer was not running.',
      ],
    });
    expect(editionWords(edition('a', NOON, { change: 0, every: 'week' })).notes).toContain('No clear change from the week before.');
    expect(editionTitle(edition('a', NOON))).toBe('Morning: darker than usual (−0.21)');
  });

  it('says when few hours were observed, which reference is used, and who published the good thing', () => {
    expect(editionWords(edition('a', NOON, { observedHours: 5 })).sentence).toBe(
      'The mood of all news was −0.21, slightly negative; usual is −0.18 to −0.05. In so few hours it cannot be said whether that is usual.',
    );
    expect(editionWords(edition('a', NOON, { usual: undefined, tooFew: true })).sentence).toBe(
      'The mood of all news was −0.21, slightly negative. That is too few articles to say whether it is usual.',
    );
    expect(editionTitle(edition('a', NOON, { observedHours: 5 }))).toBe('Morning: little was heard (−0.21)');
    expect(editionText(edition('a', NOON, { usual: { low: -0.18, high: 0, mean: -0.1, basis: 'reference' } }), link)).toContain(
      'usual is −0.18 to 0.00 by a shipped reference, as there are fewer than 7 days of its own before this period.',
    );
    const told = edition('a', NOON, { good: { title: 'Beavers', url: 'https://example.org/', publisher: 'Valley News', publishers: 3, tone: 0.7 } });
    expect([editionText(told, link), shortEditionText(told, link)]).toEqual([
      expect.stringContaining('Valley News and 2 more'),
      expect.stringContaining('One good thing: Beavers (Valley News and 2 more)'),
    ]);
  });

  it('fits into a short message, however long headlines are', () => {
    const long = 'word '.repeat(100);
    const [story] = periodNews().stories;
    const text = shortEditionText(
      edition('a', NOON, {
        drivers: Array(9).fill({ name: long, effect: 0.1 }),
        stories: Array(9).fill({ ...story!, title: long }),
        good: { title: long, url: 'https://example.org/', publisher: long },
      }),
      link,
    );
    expect(text.length).toBeLessThan(2_000);
    expect(text.split('\n')).toHaveLength(8);
    expect(shortEditionText(edition('a', NOON), undefined)).toBe(`The mood of all news was −0.21, slightly negative; usual is −0.18 to −0.05.
Moved by: Energy (−0.04); Harvest (+0.01)
• Gas prices jump as <b>pipeline</b> closes – 9 publishers, from −0.80 (Daily Storm) to −0.10 (Morning Post)
• Council agrees on budget – 3 publishers, told alike, +0.02
One good thing: Beavers return to the valley (Valley News)
2 sources are in trouble.`);
  });
});

describe('an edition as HTML', () => {
  it('says the same as the text, and loads nothing from elsewhere', () => {
    const html = editionHtml(edition('a', NOON), link);
    for (const words of [
      'Darker than usual',
      'Biggest stories',
      'from −0.80 (Daily Storm) to −0.10 (Morning Post)',
      'Beavers return to the valley',
      'Last read Sat 21 Nov 13:00.',
    ])
      expect(html).toContain(words);
    expect(html).toContain('href="https://mood.example/?from=a&amp;to=b"');
    expect(html).not.toMatch(/<(img|script|link|iframe|object|form|base)\b|url\(|@import|\bsrc=/i);
  });

  it('escapes headlines, names and links', () => {
    const bad = '<script>alert(1)</script> " onmouseover="x';
    const [story] = periodNews().stories;
    const html = editionHtml(
      edition('a', NOON, {
        name: bad,
        scopeName: bad,
        scope: { topicId: 'x' },
        drivers: [{ name: bad, effect: -0.1, headline: bad }],
        stories: [{ ...story!, title: bad, url: 'javascript:alert(1)', darkest: { publisher: bad, tone: -1 } }],
        good: { title: bad, url: 'https://example.org/"><script>', publisher: bad },
        troubled: [{ name: bad, problem: bad }],
      }),
      link,
    );
    expect(html).not.toMatch(/<script|javascript:|" onmouseover="/i);
    expect(html).toContain('href="https://example.org/&quot;&gt;&lt;script&gt;"');
  });
});
