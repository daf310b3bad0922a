import { isSiteAddress, pageKey } from './page-key';

describe('pageKey', () => {
  it.each([
    'http://daily.example/a',
    'https://www.daily.example/a/',
    'https://www2.daily.example/a',
    'https://amp.daily.example/a',
    'https://daily.example/amp/a',
    'https://daily.example/a/amp/',
    'https://daily.example/a.amp',
    'https://daily.example/a?amp=1',
    'https://daily.example/a?ref=rss',
    'https://daily.example/a?mod=rss_news',
    'https://daily.example/a?partner=rss&emc=rss',
    'https://daily.example/a?ftcamp=rss',
    'https://daily.example/a?_ga=2.1.7',
    'https://daily.example/a?gaa_at=g&gaa_n=AS&gaa_ts=6&gaa_sig=x',
    'https://daily.example/%61?itm_source=home',
    'https://daily.example/a?track=rss',
  ])('is the same for every form of an address: %s', (url) => expect(pageKey(url)).toBe('daily.example/a'));

  it.each([
    [
      'https://www.nytimes.com/2026/01/15/world/x.html',
      'smid=tw-share',
      'partner=rss&emc=rss',
      'campaign_id=9&instance_id=1&segment_id=2&regi_id=3&nl=morning&te=1',
      'unlocked_article_code=1.x',
      'ref=world',
    ],
    ['https://www.ft.com/content/0b1', 'ftcamp=published_links%2Frss%2Fhome%2Ffeed%2F%2Fproduct', 'segmentid=acee4131', 'shareType=nongift'],
    ['https://www.wsj.com/articles/x-1', 'mod=rss_markets_main', 'mod=hp_lead_pos1&reflink=desktopwebshare', 'st=abc'],
    ['https://www.bbc.co.uk/news/articles/c1', 'intlink_from_url=x&link_location=live'],
    ['https://www.reuters.com/world/x', 'rpc=401', 'taid=1', 'edition-redirect=uk'],
    ['https://www.bloomberg.com/news/articles/x', 'srnd=premium', 'sref=x&leadSource=uverify'],
    ['https://edition.cnn.com/2026/01/15/world/x/index.html', 'hpt=hp_t1', 'cid=ios_app'],
    ['https://www.washingtonpost.com/world/2026/01/15/x', 'wprss=rss_world', 'itid=hp_1', 'wpisrc=nl_x&tid=ss_tw'],
    ['https://www.economist.com/leaders/2026/01/15/x', 'fsrc=rss', 'fsrc=scn/tw/te/bl'],
    ['https://www.lemonde.fr/international/article/x_1.html', 'lmd_medium=email&lmd_campaign=x'],
    ['https://www.spiegel.de/ausland/x-a-1', 'sara_ref=re-xx-cp-sh', 'ref=rss'],
    ['https://www.npr.org/2026/01/15/1/x', 'ft=nprml&f=1001'],
    ['https://www.dailymail.co.uk/news/article-1/x.html', 'ito=1490'],
    ['https://www.newyorker.com/news/x', 'mbid=rss'],
  ])('ignores the tracking parameters of the publisher: %s', (page, ...marks) => {
    for (const mark of marks) expect(pageKey(`${page}?${mark}`)).toBe(pageKey(page));
  });

  it.each([
    ['https://daily.example/a', 'https://daily.example/b'],
    ['https://daily.example/a/', 'https://daily.example/a/index.html'],
    ['https://daily.example/a', 'https://live.daily.example/a'],
    ['https://daily.example/a?ref=7', 'https://daily.example/a?ref=8'],
    ['https://daily.example/a?st=1', 'https://daily.example/a?st=2'],
    ['https://daily.example/a?sh=1', 'https://daily.example/a?sh=2'],
    ['https://daily.example/?f=1', 'https://daily.example/?f=2'],
    ['https://daily.example/?cid=1', 'https://daily.example/?cid=2'],
    ['https://notnytimes.com/a?nl=1', 'https://notnytimes.com/a?nl=2'],
    ['https://daily.example/a?tag=rss', 'https://daily.example/a?tag=atom'],
    ['https://daily.example/a%2Fb', 'https://daily.example/a/b'],
    ['https://daily.example/A', 'https://daily.example/a'],
    ['https://daily.example/a?q=a%26b', 'https://daily.example/a?q=a&b'],
    ['https://daily.example:8080/a', 'https://daily.example/a'],
    ['https://daily.example/ampere', 'https://daily.example/ere'],
  ])('differs for different pages: %s, %s', (one, other) => expect(pageKey(one)).not.toBe(pageKey(other)));

  it.each([
    ['https://daily.example/caf%c3%a9', 'https://daily.example/café'],
    ['https://daily.example/%7Ex?q=%7e', 'https://daily.example/~x?q=~'],
    ['https://DAILY.example/a', 'https://daily.example/a'],
  ])('does not depend on percent-encoding or case of the host: %s, %s', (one, other) => expect(pageKey(one)).toBe(pageKey(other)));

  it.each([
    ['https://daily.example/', true],
    ['http://www.daily.example?ref=rss', true],
    ['https://daily.example/?p=1', false],
    ['https://daily.example/a', false],
  ])('recognizes a site’s front page: %s', (url, expected) => expect(isSiteAddress(url)).toBe(expected));
});
