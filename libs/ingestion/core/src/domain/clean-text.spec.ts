import fc from 'fast-check';
import { cleanText, withoutPublisher } from './clean-text';

const clean = (raw: string) => cleanText(raw, 200);

describe('cleanText', () => {
  it.each([
    ['Fish &amp; chips', 'Fish & chips'],
    ['Fish &amp;amp; chips', 'Fish & chips'],
    ['Fish &amp;amp;amp; chips', 'Fish &amp; chips'],
    ['It&#8217;s &quot;new&quot; &mdash; caf&eacute;', 'It’s "new" — café'],
    ['It&amp;#8217;s', 'It’s'],
    ['<p>One</p><p>two</p>', 'One two'],
    ['one<br/>two', 'one two'],
    ['un<b>believ</b>able', 'unbelievable'],
    ['&lt;p&gt;Escaped &lt;b&gt;markup&lt;/b&gt;&lt;/p&gt;', 'Escaped markup'],
    ['<script>alert(1)</script>Text<style>p{}</style>', 'Text'],
    ['before <!-- hidden <b>x</b> --> after', 'before after'],
    ['3 < 5 and 7 > 2', '3 < 5 and 7 > 2'],
    ['I <3 it', 'I <3 it'],
    ['a\u0000b\u0007c\td\r\ne\u00a0f', 'abc d e f'],
    ['\ufeffzero\u200bwidth\u202e mark', 'zerowidth mark'],
    ['a family 👨‍👩‍👧 stays', 'a family 👨‍👩‍👧 stays'],
    ['a <\u0000b>hidden</b> tag', 'a hidden tag'],
    ['lone \ud800 surrogate', 'lone \ufffd surrogate'],
    ['cafe\u0301', 'café'],
    ['<![CDATA[Volunteers praised]]>', 'Volunteers praised'],
    ['&lt;![CDATA[Volunteers praised]]&gt;', 'Volunteers praised'],
    ['Court rules x<y in case', 'Court rules x<y in case'],
    ['&unknown; &', '&unknown; &'],
    ['', ''],
  ])('%j', (raw, expected) => expect(clean(raw)).toBe(expected));

  it.each([
    ['drop <marquee> and <b>bold</b> &amp; more', 'drop <marquee> and <b>bold</b> & more'],
    ['<![CDATA[Volunteers praised]]>', 'Volunteers praised'],
    ['a\u0000b <', 'ab <'],
  ])('removes no tags from text without markup: %j', (raw, expected) => expect(cleanText(raw, 200, true)).toBe(expected));

  it('cuts after a whole word', () => {
    expect(cleanText('one two three four', 12)).toBe('one two…');
    expect(cleanText('abcdefghij👨klm', 12)).toBe('abcdefghij…');
  });

  it('drops a tag that the length limit truncated', () => {
    expect(cleanText(`word <img alt="${'x'.repeat(500)}"> end`, 20)).toBe('word');
  });

  it('never returns control characters, leading or trailing spaces, or more text than allowed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (raw) => {
        const text = clean(raw);
        expect(text).not.toMatch(/\p{Cc}/u);
        expect(text).toBe(text.trim());
        expect(text.length).toBeLessThanOrEqual(200);
      }),
    );
  });

  it.each([['<'], ['<a '], ['<!--'], ['<script>'], ['&amp;'], ['&'], [' '], ['&lt;a'], ['\u0301'], ['a']])('reads a megabyte of %j quickly', (piece) => {
    const started = performance.now();
    expect(cleanText(piece.repeat(1_000_000 / piece.length), 2_000).length).toBeLessThanOrEqual(2_000);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('withoutPublisher', () => {
  it.each([
    ['Harbour reopens - Sample Gazette', 'Harbour reopens'],
    ['Harbour reopens | The Sample Gazette', 'Harbour reopens'],
    ['Harbour reopens – SAMPLE GAZETTE', 'Harbour reopens'],
    ['Harbour - reopens - World - Example News', 'Harbour - reopens'],
    ['Harbour reopens - Other Paper', 'Harbour reopens - Other Paper'],
    ['Well-known harbour reopens', 'Well-known harbour reopens'],
    ['Sample Gazette', 'Sample Gazette'],
    [' - Sample Gazette', ' - Sample Gazette'],
  ])('%s', (title, expected) => expect(withoutPublisher(title, ['Sample Gazette', 'World - Example News', ''])).toBe(expected));
});
