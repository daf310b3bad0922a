import type { Source } from '@barometer/ingestion';
import { readOpml, writeOpml } from '../index';

const list = (body: string) => readOpml(`<?xml version="1.0"?><opml version="2.0"><head/><body>${body}</body></opml>`);

const source = (change: Partial<Source>): Source => ({
  id: 'a', kind: 'feed', url: 'https://a.example/feed', name: 'A', intervalMinutes: 15, paused: false, addedAt: 0,
  health: { status: 'never', nextPollAt: 0, failures: 0, polls: 0, articles: 0, bytesSaved: 0, lastBytes: 0 },
  ...change,
});

describe('readOpml', () => {
  it('reads names, pages, languages and folders', () => {
    expect(
      list(`<outline text="Business"><outline text="short" title="Markets &amp; Money" type="rss" xmlUrl="https://m.example/rss" htmlUrl="https://m.example/" language="en-us"/>
        <outline text="Energy"><outline text="Grid" xmlUrl="feed://grid.example/feed" language="unknown"/></outline></outline>`),
    ).toEqual({
      ok: true,
      value: [
        { url: 'https://m.example/rss', kind: 'feed', name: 'Markets & Money', homepage: 'https://m.example/', language: 'en-us', field: 'Business' },
        { url: 'http://grid.example/feed', kind: 'feed', name: 'Grid', field: 'Energy' },
      ],
    });
  });

  it('takes the category where there is no folder, NewsAPI addresses, and each address once', () => {
    expect(
      list('<outline text="L" xmlUrl="https://l.example/" category="/News/World,/Other"/><outline text="2" xmlUrl="https://l.example/"/><outline text="N" xmlUrl="newsapi:top-headlines?country=us"/><outline text="note"/>'),
    ).toMatchObject({ ok: true, value: [{ field: 'World' }, { kind: 'newsapi' }] });
  });

  it('expands nothing and reads no file', () => {
    const hostile = '<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&a;&x;" xmlUrl="https://h.example/"/></body></opml>';
    expect(readOpml(hostile)).toMatchObject({ ok: true, value: [{ name: '&a;&x;' }] });
  });

  it.each([
    ['', 'The document is not an OPML list.'],
    ['<html></html>', 'The document is not an OPML list.'],
    ['<opml><body><outline text="x', 'The list breaks off before its first source.'],
    [`<opml><body>${'<outline text="d">'.repeat(1_000)}`, 'The document is nested too deeply to be a feed.'],
    [`<opml><body>${Array.from({ length: 5_001 }, (_, n) => `<outline xmlUrl="https://x.example/${n}"/>`).join('')}</body></opml>`, 'The list names more than 5000 sources.'],
  ])('refuses %#', (text, message) => expect(readOpml(text)).toEqual({ ok: false, error: { message } }));
});

describe('writeOpml', () => {
  it('writes what readOpml reads back', () => {
    const sources = [
      source({ name: 'A & "B" <c>\u0000', field: 'business', homepage: 'https://a.example/?a=1&b=2', language: 'en' }),
      source({ name: 'O’Neil', url: 'newsapi:everything?q=oil', kind: 'newsapi' }),
      source({ name: '日本', url: 'https://j.example/ü', field: 'business' }),
    ];
    expect(readOpml(writeOpml(sources, 0))).toEqual({
      ok: true,
      value: [
        { url: 'https://a.example/feed', kind: 'feed', name: 'A & "B" <c>', homepage: 'https://a.example/?a=1&b=2', language: 'en', field: 'business' },
        { url: 'https://j.example/ü', kind: 'feed', name: '日本', field: 'business' },
        { url: 'newsapi:everything?q=oil', kind: 'newsapi', name: 'O’Neil' },
      ],
    });
  });

  it('writes a list of nothing', () => expect(readOpml(writeOpml([], 0))).toEqual({ ok: true, value: [] }));
});
