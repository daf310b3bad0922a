import { expectedRollups, sentimentWith, type ProbedArticle } from '@barometer/events/testing';
import { articleIdOf, DAY, HOUR, ManualClock, MINUTE } from '@barometer/kernel';
import fc from 'fast-check';
import type { FeedDocument, FeedItem } from '../ports/feed-reader.port';
import { PollSources } from '../use-cases/poll-sources.use-case';
import { FakeQueue } from './fake-articles';
import { FakeReader, FakeFetcher } from './fake-feeds';
import { feedTrial, type FeedTrial } from './feed-trial';
import { articleNamed, NOW, present, sourceNamed, type CreateIngestionHarness, type IngestionHarness } from './ingestion-harness';

/** The time this many hours into the day of `NOW`. */
const at = (hours: number): number => Math.floor(NOW / DAY) * DAY + hours * HOUR;

/** The items that a source lists at each of several polls, and the expected number of articles at the end. */
type Case = readonly [what: string, polls: readonly (readonly FeedItem[])[], articles: number, feed: Partial<FeedDocument>];

const dated = (item: FeedItem): FeedItem => ({ publishedAt: at(1), ...item });
const quick = (guid: string | undefined, link: string | undefined, title: string, more: FeedItem = {}): FeedItem =>
  dated({ ...(guid !== undefined && { guid }), ...(link !== undefined && { link }), title, ...more });

const site = 'https://daily.example';
const cases = (
  [
    [
      'different guids with one link',
      [
        [
          quick('1', `${site}/live/`, 'Power cut in the north'),
          quick('2', `${site}/live/`, 'Engineers restore power'),
          quick('3', `${site}/live/`, 'City praised for repair'),
        ],
      ],
      3,
    ],
    [
      'different guids with one link, listed again with one more',
      [
        [quick('1', `${site}/live/`, 'Power cut in the north'), quick('2', `${site}/live/`, 'Engineers restore power')],
        [
          quick('3', `${site}/live/`, 'City praised for repair'),
          quick('2', `${site}/live/`, 'Engineers restore power'),
          quick('1', `${site}/live/`, 'Power cut in the north'),
        ],
      ],
      3,
    ],
    [
      'links that differ after #',
      [
        [quick(undefined, `${site}/day#a`, 'Morning of hope'), quick(undefined, `${site}/day#b`, 'Evening of fear')],
        [quick(undefined, `${site}/day#b`, 'Evening of fear'), quick(undefined, `${site}/day#a`, 'Morning of hope')],
      ],
      2,
    ],
    [
      'a fragment that tracks the reader',
      [
        [quick(undefined, `${site}/a#xtor=RSS`, 'Morning of hope')],
        [quick(undefined, `${site}/a`, 'Morning of hope')],
        [quick(undefined, `${site}/a#top`, 'Morning of hope')],
      ],
      1,
    ],
    [
      'a guid that stays while link and headline change',
      [
        [quick('a-1', `${site}/denies/a-1`, 'Minister denies bribery')],
        [quick('a-1', `${site}/quits/a-1`, 'Minister quits over bribery')],
        [quick('a-1', `${site}/jailed/a-1`, 'Court jails him')],
      ],
      1,
    ],
    [
      'a guid that stays while link and date change',
      [[quick('a-1', `${site}/one`, 'Minister denies bribery')], [quick('a-1', `${site}/two`, 'Minister denies bribery', { publishedAt: at(9) })]],
      1,
    ],
    [
      'http, then https, in link and guid',
      [
        [quick('http://daily.example/?p=1', 'http://daily.example/s/1', 'Factory fire injures twelve')],
        [quick('https://daily.example/?p=1', 'https://daily.example/s/1', 'Factory fire injures twelve')],
      ],
      1,
    ],
    [
      'https, then http, then https, without a guid',
      [
        [quick(undefined, 'https://daily.example/s/1', 'Factory fire')],
        [quick(undefined, 'http://daily.example/s/1', 'Factory fire')],
        [quick(undefined, 'https://www.daily.example/s/1/', 'Factory fire')],
      ],
      1,
    ],
    ['the front page as link', [[quick(undefined, site, 'Monday offer is a success'), quick(undefined, site, 'Tuesday offer ends badly')]], 2],
    [
      'the front page as link, one item a day',
      [[quick(undefined, site, 'Monday offer is a success')], [quick(undefined, site, 'Tuesday offer ends badly', { publishedAt: at(11) })]],
      2,
    ],
    [
      'the feed’s own page as link',
      [[quick(undefined, `${site}/blog/`, 'First note of the day')], [quick(undefined, `${site}/blog`, 'Second note of the day')]],
      2,
      { homepage: `${site}/blog` },
    ],
    [
      'one title on two days, without link and guid',
      [[quick(undefined, undefined, 'Evening briefing of the day'), quick(undefined, undefined, 'Evening briefing of the day', { publishedAt: at(1) - DAY })]],
      2,
    ],
    [
      'one title twice on a day, without link and guid',
      [[quick(undefined, undefined, 'Evening briefing'), quick(undefined, undefined, 'Evening briefing', { publishedAt: at(2) })]],
      1,
    ],
    [
      'tracking parameters of publishers, slash, www and AMP',
      [
        ['/a', '/a?partner=rss&emc=rss', '/a?ftcamp=rss', '/a?mod=rss_news', '/a?ref=rss', '/a/', '/amp/a', '/a/amp', '/a?amp', '/a.amp']
          .map((path) => quick(undefined, site + path, 'Bank reports a loss'))
          .concat(
            quick(undefined, 'https://www.daily.example/a', 'Bank reports a loss'),
            quick(undefined, 'https://amp.daily.example/a', 'Bank reports a loss'),
          ),
      ],
      1,
    ],
    ['parameters that identify the page', [[quick(undefined, `${site}/a?ref=7`, 'First story'), quick(undefined, `${site}/a?ref=8`, 'Second story')]], 2],
    [
      'one guid for every item',
      [
        [quick('x', `${site}/1`, 'First story'), quick('x', `${site}/2`, 'Second story')],
        [quick('x', `${site}/3`, 'Third story'), quick('x', `${site}/2`, 'Second story')],
      ],
      3,
    ],
    [
      'one guid and one link for every item',
      [
        [quick('x', `${site}/day`, 'First story'), quick('x', `${site}/day`, 'Second story')],
        [quick('x', `${site}/day`, 'Second story'), quick('x', `${site}/day`, 'First story')],
      ],
      2,
    ],
    [
      'a guid that changes at every poll',
      Array.from({ length: 6 }, (_, poll) => [quick(`g${poll}`, `${site}/1`, 'First story'), quick(`h${poll}`, `${site}/2`, 'Second story')]),
      2,
    ],
    [
      'a guid that changes at every poll, without a link',
      Array.from({ length: 4 }, (_, poll) => [quick(`g${poll}`, undefined, 'First story'), quick(`h${poll}`, undefined, 'Second story')]),
      2,
    ],
    [
      'a guid of page and version, with a rewritten headline',
      [[quick(`${site}/a#0`, `${site}/a`, 'Quake shakes the coast')], [quick(`${site}/a#1`, `${site}/a`, 'Dozens feared dead', { publishedAt: at(5) })]],
      1,
    ],
    [
      'guids that name positions in the feed',
      [
        [quick('top', `${site}/1`, 'First story'), quick('second', `${site}/2`, 'Second report')],
        [quick('top', `${site}/3`, 'Third matter'), quick('second', `${site}/1`, 'First story')],
      ],
      3,
    ],
    [
      'one guid for the story of the day',
      [[quick('today', `${site}/1`, 'Harbour opens again')], [quick('today', `${site}/2`, 'Minister quits', { publishedAt: at(30) })]],
      2,
    ],
    [
      'one page for one story after another',
      [
        [quick('1', `${site}/now/`, 'Harbour opens again')],
        [quick('2', `${site}/now/`, 'Minister quits', { publishedAt: at(5) })],
        [quick('3', `${site}/now/`, 'Storm is over', { publishedAt: at(9) })],
      ],
      3,
    ],
    ['an item that the document lists twice', [[quick('1', `${site}/1`, 'First story'), quick('1', `${site}/1`, 'First story')]], 1],
    [
      'one guid for all items, of which one remains, and then another',
      [
        [quick('x', `${site}/1`, 'First story'), quick('x', `${site}/2`, 'Second report')],
        [quick('x', `${site}/3`, 'Third matter', { publishedAt: at(2) })],
        [quick('x', `${site}/4`, 'Fourth affair', { publishedAt: at(3) })],
      ],
      4,
    ],
    [
      'one link for all items, of which one remains, and then another',
      [
        [quick('1', `${site}/live`, 'Harbour opens'), quick('2', `${site}/live`, 'Bridge closes')],
        [quick('2', `${site}/live`, 'Bridge closes')],
        [quick('3', `${site}/live`, 'Bridge closes again', { publishedAt: at(3) })],
      ],
      3,
    ],
    [
      'one link for all items and no guid, of which one remains, and then another',
      [
        [quick(undefined, `${site}/live`, 'Harbour opens'), quick(undefined, `${site}/live`, 'Bridge closes')],
        [quick(undefined, `${site}/live`, 'Bridge closes')],
        [quick(undefined, `${site}/live`, 'Third matter', { publishedAt: at(3) })],
      ],
      3,
    ],
    [
      'one link, at first for one item, then for several',
      [
        [quick(undefined, `${site}/live`, 'Harbour opens')],
        [quick(undefined, `${site}/live`, 'Bridge closes'), quick(undefined, `${site}/live`, 'Harbour opens')],
      ],
      2,
    ],
    [
      'links that differ after #, one at a time',
      [
        [quick(undefined, `${site}/day#a`, 'Morning of hope')],
        [quick(undefined, `${site}/day#b`, 'Evening fears', { publishedAt: at(9) })],
        [quick(undefined, `${site}/day#b`, 'Evening fears', { publishedAt: at(9) }), quick(undefined, `${site}/day#a`, 'Morning of hope')],
        [quick(undefined, `${site}/day#a`, 'Dawn of something else', { publishedAt: at(5) })],
      ],
      2,
    ],
    [
      'fragments of the front page',
      [
        [quick(undefined, `${site}/#a`, 'Morning of hope'), quick(undefined, `${site}/#b`, 'Evening fears')],
        [quick(undefined, `${site}/#b`, 'Night of terror', { publishedAt: at(5) })],
      ],
      2,
    ],
    [
      'a page and a part of it',
      [
        [quick(undefined, `${site}/day`, 'All of the day'), quick(undefined, `${site}/day#b`, 'Evening fears')],
        [quick(undefined, `${site}/day`, 'What the day brought'), quick(undefined, `${site}/day#b`, 'Evening fears')],
      ],
      2,
    ],
    [
      'all guids renewed once, then a changed link',
      [
        [quick('old-1', `${site}/1`, 'Minister denies bribery')],
        [quick('new-1', `${site}/1`, 'Minister denies bribery')],
        [quick('new-1', `${site}/one`, 'Minister quits over bribery')],
      ],
      1,
    ],
    [
      'guid and link renewed, with the same headline and time',
      [[quick('old-1', `${site}/1`, 'Minister denies bribery')], [quick('new-1', 'https://new.example/one', 'Minister denies bribery')]],
      1,
    ],
    [
      'one headline twice at the same time, with different guids and links',
      [[quick('1', `${site}/1`, 'Watch live')], [quick('1', `${site}/1`, 'Watch live'), quick('2', `${site}/2`, 'Watch live')]],
      2,
    ],
    [
      'a link percent-encoded in several ways',
      [
        [quick(undefined, `${site}/caf%c3%a9/%7Ex`, 'Morning of hope')],
        [quick(undefined, `${site}/café/~x`, 'Morning of hope')],
        [quick(undefined, `${site}/caf%C3%A9/%7ex`, 'Morning of hope')],
      ],
      1,
    ],
    ['a page and its index.html', [[quick(undefined, `${site}/1/`, 'Morning of hope'), quick(undefined, `${site}/1/index.html`, 'Evening fears')]], 2],
    [
      'guids that name positions, with a new story replacing an old one',
      [
        [quick('1', `${site}/1`, 'First story'), quick('2', `${site}/2`, 'Second report'), quick('3', `${site}/3`, 'Third matter')],
        [quick('1', `${site}/4`, 'Fourth affair', { publishedAt: at(2) }), quick('2', `${site}/1`, 'First story'), quick('3', `${site}/2`, 'Second report')],
        [
          quick('1', `${site}/5`, 'Fifth event', { publishedAt: at(3) }),
          quick('2', `${site}/6`, 'Sixth thing', { publishedAt: at(3) }),
          quick('3', `${site}/7`, 'Seventh case', { publishedAt: at(3) }),
        ],
      ],
      7,
    ],
    [
      'an item that disappears and returns with another link',
      [[quick('1', `${site}/1`, 'First story')], [quick('2', `${site}/2`, 'Second story')], [quick('1', `${site}/one`, 'First story')]],
      2,
    ],
  ] as (Case | readonly [Case[0], Case[1], Case[2]])[]
).map(([what, polls, articles, feed = {}]): Case => [what, polls, articles, feed]);

/** Contract of every store: each article of the feeds is stored once, whatever its feed does. */
export function identityContract(name: string, create: CreateIngestionHarness, { trials = 3 }: { readonly trials?: number } = {}): void {
  describe(`${name}: identity`, () => {
    let store: IngestionHarness;
    beforeEach(async () => (store = await create()));
    afterEach(() => store.close());

    const articles = () => store.probe.articles();
    const urlOf = async (id: string) => (await store.articles.find([id])).get(id)?.url;

    const onlyId = async () => present((await articles())[0]).id;

    it.each(cases)('%s', async (_what, polls, expected, feed) => {
      const poll = await polling(store);
      for (const items of polls) await poll('a', items, feed);
      expect(await articles()).toHaveLength(expected);
      // Polling the same items again adds nothing.
      const last = await poll('a', polls.at(-1) ?? [], feed);
      expect([last.newArticles, (await articles()).length]).toEqual([0, expected]);
    });

    it('one article for the same page in two feeds with different tracking parameters', async () => {
      const poll = await polling(store);
      await poll('a', [quick('1', `${site}/s/1?partner=rss`, 'First story')]);
      expect(await poll('b', [quick('x-9', 'http://www.daily.example/s/1/', 'First story')])).toMatchObject({ newArticles: 0, linked: 1 });
      await poll('a', [quick('1', `${site}/renamed`, 'First story')]);
      expect(await poll('b', [quick('x-9', `${site}/renamed`, 'First story')])).toMatchObject({ newArticles: 0, linked: 0 });
      expect(await articles()).toHaveLength(1);
    });

    it('one article for the same page in two feeds, whichever of them moves its link first', async () => {
      const poll = await polling(store);
      const [old, moved] = [`${site}/s/1`, `${site}/moved/1`];
      for (const [id, link] of [
        ['a', old],
        ['b', old],
        ['b', moved],
        ['a', old],
        ['a', moved],
        ['a', `${site}/again/1`],
        ['b', moved],
        ['b', `${site}/again/1`],
      ] as const) {
        await poll(id, [quick(`${id}-1`, link, 'First story')]);
        expect(await articles()).toHaveLength(1);
      }
      expect([await urlOf(await onlyId()), (await articles())[0]?.changes]).toEqual([`${site}/again/1`, 2]);
    });

    it('the same guid in another source is a different guid', async () => {
      const poll = await polling(store);
      await poll('a', [quick('1', `${site}/1`, 'First story')]);
      await poll('b', [quick('1', 'https://other.example/1', 'Another story')]);
      expect(await articles()).toHaveLength(2);
    });

    it('the stored link is updated once, which counts as a change', async () => {
      const poll = await polling(store);
      await poll('a', [quick('1', `${site}/denies`, 'Minister denies bribery')]);
      const id = await onlyId();
      await poll('a', [quick('1', `${site}/quits`, 'Minister denies bribery')]);
      expect([await urlOf(id), (await articles())[0]?.changes]).toEqual([`${site}/quits`, 1]);
      await poll('b', [quick(undefined, `${site}/denies`, 'Minister denies bribery')]);
      await poll('a', [quick('1', `${site}/quits`, 'Minister denies bribery'), quick('2', `${site}/2`, 'Other news')]);
      expect([await urlOf(id), (await articles()).find((one) => one.id === id)?.changes]).toEqual([`${site}/quits`, 1]);
    });

    it('a link changes from http to https and never back', async () => {
      const poll = await polling(store);
      await poll('a', [quick(undefined, 'http://daily.example/1', 'First story')]);
      const id = await onlyId();
      for (const link of ['https://daily.example/1', 'http://daily.example/1']) {
        await poll('a', [quick(undefined, link, 'First story')]);
        expect(await urlOf(id)).toBe('https://daily.example/1');
      }
    });

    it('links with session ids add no articles and at most 16 keys', async () => {
      const poll = await polling(store);
      for (let session = 0; session < 30; session += 1) await poll('a', [quick('1', `${site}/1?sid=${session}`, 'First story')]);
      const id = await onlyId();
      expect(await articles()).toHaveLength(1);
      expect((await store.articles.find([id])).get(id)?.keys.length).toBeLessThanOrEqual(16);
    });

    it.each<[string, string, FeedItem]>([
      ['its address', 'https://daily.example/s/1', quick('1', 'https://daily.example/s/1', 'First story')],
      ['its address, which has changed to https since', 'http://daily.example/s/1', quick('1', 'https://daily.example/s/1', 'First story')],
      [
        'its address with parameters that are no longer part of the page',
        'https://www.daily.example/s/1/?ref=rss',
        quick('1', 'https://www.daily.example/s/1/?ref=rss', 'First story'),
      ],
      ['its guid', '7', quick('7', undefined, 'First story')],
      ['source and title', 'a\nFirst story', quick(undefined, undefined, 'First story')],
    ])('an article that version 0.1 identified by %s is found', async (_what, identity, item) => {
      const url = identity.startsWith('http') ? identity : '';
      await store.articles.addAll([articleNamed('x', { id: articleIdOf(identity), url, title: 'First story', publishedAt: at(1) })], NOW);
      const poll = await polling(store);
      expect(await poll('a', [item])).toMatchObject({ newArticles: 0 });
      expect(await articles()).toHaveLength(1);
    });

    it('of several items with one link, the one that version 0.1 stored is found', async () => {
      await store.articles.addAll(
        [articleNamed('x', { id: articleIdOf(`${site}/live/`), url: `${site}/live/`, title: 'Second story', publishedAt: at(1) })],
        NOW,
      );
      const poll = await polling(store);
      expect(await poll('a', [quick('1', `${site}/live/`, 'First story'), quick('2', `${site}/live/`, 'Second story')])).toMatchObject({ newArticles: 1 });
      expect(await articles()).toHaveLength(2);
    });

    it('keeps the listing of each source, replacing its previous one', async () => {
      expect(await store.articles.listing('a')).toEqual(new Set());
      await store.articles.keepListing('a', ['one', 'two'], NOW);
      await store.articles.keepListing('b', [], NOW);
      await store.articles.keepListing('a', ['two', 'three'], NOW);
      expect([await store.articles.listing('a'), await store.articles.listing('b')]).toEqual([new Set(['two', 'three']), new Set()]);
    });

    it('never duplicates or loses articles when links, guids and schemes change between polls', async () => {
      const one = fc.record({
        story: fc.nat({ max: 4 }),
        link: fc.constantFrom('plain', 'http', 'www', 'slash', 'marked', 'renamed'),
        guid: fc.constantFrom('kept', 'churned', 'none'),
        text: fc.boolean(),
      });
      const poll = fc.uniqueArray(one, { selector: ({ story }) => story, maxLength: 5 });
      await fc.assert(
        fc.asyncProperty(fc.array(poll, { minLength: 1, maxLength: 6 }), async (polls) => {
          const fresh = await create();
          const run = await polling(fresh);
          const seen = new Set<number>();
          const renamed = new Set<number>();
          for (const [round, listed] of polls.entries()) {
            await run(
              'a',
              listed.map(({ story, link, guid, text }) => {
                // A changed link is matched by its guid only if the feed has kept that guid from the start.
                const isRenamed = link === 'renamed' && renamed.has(story);
                if (!seen.has(story)) renamed.add(story);
                seen.add(story);
                return storyItem(story, isRenamed ? 'renamed' : link === 'renamed' ? 'plain' : link, isRenamed || !round ? 'kept' : guid, round, text);
              }),
            );
          }
          const stored = await fresh.probe.articles();
          expect(stored.length).toBeLessThanOrEqual(seen.size + polls.flat().filter(({ link }) => link === 'renamed').length);
          expect(stored.length).toBeGreaterThanOrEqual(seen.size);
          for (const { id } of stored) await fresh.probe.score(id, sentimentWith(0.1));
          expect(await fresh.probe.rollups()).toEqual(expectedRollups(await fresh.probe.articles()));
          await fresh.close();
        }),
        { numRuns: 60 },
      );
    }, 120_000);

    it('has one article for each story of a trial of feeds, after each poll', async () => {
      for (const seed of trialSeeds(trials)) {
        const fresh = await create();
        expect({ seed, misses: await missesOfTrial(fresh, feedTrial({ seed, begins: NOW })) }).toEqual({ seed, misses: [] });
        await fresh.close();
      }
    }, 300_000);
  });
}

/** A trial takes as long as dozens of cases of other properties, so `npm run fuzz` runs fewer of them. */
const CASES_A_TRIAL = 50;

/** At least `least` seeds of trials, more with a large `PROPERTY_RUNS`; the same for the same seed of the properties. */
export const trialSeeds = (least: number): number[] =>
  fc.sample(fc.integer({ min: 1, max: 2 ** 31 - 1 }), Math.max(least, Math.floor(Number(process.env['PROPERTY_RUNS'] ?? 0) / CASES_A_TRIAL)));

/**
 * Polls the feeds of a trial and returns the errors: "lost" for a story without an article, "twice" for a surplus article,
 * each with the poll after which it first occurred. Also checks that each scored article is counted once.
 */
export async function missesOfTrial(store: IngestionHarness, trial: FeedTrial): Promise<string[]> {
  const clock = new ManualClock(NOW);
  const misses = new Map<string, string>();
  for (const { id } of trial.feeds) await store.sources.add(sourceNamed(id));
  for (const [poll, time] of trial.times.entries()) {
    clock.advance(time - clock.now());
    const answers = Object.fromEntries(trial.feeds.map(({ id, homepage, polls }) => [sourceNamed(id).url, { homepage, items: polls[poll] ?? [] }]));
    for (const { id } of trial.feeds) await store.sources.makeDue(id, time);
    const report = await new PollSources({
      sources: store.sources,
      fetcher: new FakeFetcher(answers),
      reader: new FakeReader(),
      articles: store.articles,
      queue: new FakeQueue(),
      topics: store.topics,
      clock,
      detectLanguage: () => 'en',
      random: () => 0,
    }).execute({ concurrency: 1 });
    expect(report).toMatchObject({ polled: trial.feeds.length, failed: 0 });
    const stored = await store.probe.articles();
    for (const { id, state } of stored) if (state === 'pending') await store.probe.score(id, sentimentWith(0.1));
    for (const miss of missesOf(trial, poll, stored)) misses.set(miss, misses.get(miss) ?? `poll ${poll}: ${miss}`);
  }
  expect(await store.probe.rollups()).toEqual(expectedRollups(await store.probe.articles()));
  return [...misses.values()];
}

/** The errors after a poll; see `missesOfTrial`. */
export function missesOf(trial: FeedTrial, poll: number, stored: readonly Pick<ProbedArticle, 'title'>[]): string[] {
  const told = stored.map(({ title }) => trial.storyOf(title) ?? title);
  const behaviourOf = (story: string) => trial.feeds.find(({ id }) => story.startsWith(`${id}-`))?.behaviour ?? '';
  const lost = trial
    .storiesAfter(poll)
    .filter((story) => !told.includes(story))
    .map((story) => `lost ${story}: ${behaviourOf(story)}`);
  const twice = told.filter((story, index) => told.indexOf(story) !== index).map((story) => `twice ${story}: ${behaviourOf(story)}`);
  return [...lost, ...twice];
}

function storyItem(story: number, link: string, guid: string, round: number, changed: boolean): FeedItem {
  const paths: Record<string, string> = {
    plain: `https://daily.example/s/${story}`,
    http: `http://daily.example/s/${story}`,
    www: `https://www.daily.example/s/${story}`,
    slash: `https://daily.example/s/${story}/`,
    marked: `https://daily.example/s/${story}?ref=rss`,
    renamed: `https://daily.example/renamed/${story}`,
  };
  const guids: Record<string, string | undefined> = { kept: `kept-${story}`, churned: `churned-${story}-${round}`, none: undefined };
  return quick(guids[guid], paths[link], `Story number ${story}${changed ? ' with more' : ''}`);
}

/** Polls source "a" or "b", with these items as its feed, half an hour after the previous poll. */
async function polling(store: IngestionHarness) {
  const clock = new ManualClock(NOW + 2 * DAY);
  for (const id of ['a', 'b']) await store.sources.add(sourceNamed(id));
  return async (id: string, items: readonly FeedItem[], feed: Partial<FeedDocument> = {}) => {
    clock.advance(30 * MINUTE);
    for (const one of ['a', 'b']) await store.sources.change(one, { paused: one !== id });
    const poll = new PollSources({
      sources: store.sources,
      fetcher: new FakeFetcher({ [sourceNamed(id).url]: { items, ...feed } }),
      reader: new FakeReader(),
      articles: store.articles,
      queue: new FakeQueue(),
      topics: store.topics,
      clock,
      detectLanguage: () => 'en',
      random: () => 0,
    });
    return poll.execute({ concurrency: 1 });
  };
}
