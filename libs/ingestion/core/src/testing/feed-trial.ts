import { MINUTE } from '@barometer/kernel';
import type { FeedItem } from '../ports/feed-reader.port';
import { headlinesFrom, randomFrom, type Random } from './trial-headlines';

/** A feed of a trial: the items that it lists at each poll. */
export interface TrialFeed {
  readonly id: string;
  readonly behaviour: string;
  /** The page that the feed says it belongs to. */
  readonly homepage: string;
  readonly polls: readonly (readonly FeedItem[])[];
}

/** Feeds whose articles are known by construction, since they are made from stories. */
export interface FeedTrial {
  readonly feeds: readonly TrialFeed[];
  /** When each poll takes place, in milliseconds since 1970. */
  readonly times: readonly number[];
  /** The names of the stories that were listed up to and including a poll; `storyOf` maps a stored title to its story. */
  storiesAfter(poll: number): readonly string[];
  storyOf(title: string): string | undefined;
}

export interface TrialOptions {
  readonly seed: number;
  readonly begins: number;
  readonly polls?: number;
  /** Many different headlines to make stories from; invented ones by default. */
  readonly headlines?: readonly string[];
  /** Only behaviours whose name contains this. */
  readonly only?: string;
}

/** A story as one feed lists it at one poll. */
interface Told {
  /** Identifies the story, also in addresses. */
  readonly key: string;
  readonly number: number;
  readonly poll: number;
  /** The poll before which it happened. */
  readonly first: number;
  /** Its position in the document, from 0. */
  readonly place: number;
  /** Which of the feeds that list the story this one is. */
  readonly copy: number;
  readonly title: string;
  readonly at: number;
  readonly host: string;
  readonly random: Random;
}

type Tell = (told: Told) => FeedItem;

interface Behaviour {
  readonly tell: Tell;
  /** How headlines change: some words, or all; not at all by default. */
  readonly edits?: 'words' | 'all';
  /** Dates change while the items are listed. */
  readonly redates?: true;
  /** Some documents after the first list only one item: any, or one that was listed with others before. */
  readonly lone?: 'any' | 'seen';
  /** Stories come in pairs. */
  readonly pairs?: true;
  /** No item leaves the document and comes back. */
  readonly stays?: true;
  /** Number of feeds that list the same stories. */
  readonly copies?: number;
}

/** The poll at which one-time events happen. */
const ONCE = 3;
const pageOf = ({ host, key }: Told) => `https://${host}/news/${key}`;
const slug = (title: string) =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
const guidOf = ({ host, key }: Told) => `tag:${host},2026:${key}`;
const item = (told: Told, fields: FeedItem): FeedItem => ({ title: told.title, publishedAt: told.at, ...fields });

/** A variant of the address of the same page, as different links have it. */
function dressed(url: string, random: Random): string {
  const { host, pathname, search } = new URL(url);
  const marks = random.one([
    '',
    '',
    'utm_source=rss&utm_medium=feed',
    'fbclid=IwAR0',
    'ref=rss',
    'at_medium=RSS&at_campaign=KARANGA',
    'mc_cid=9f&mc_eid=1',
    'cmp=rss',
    'xtor=RSS-1',
  ]);
  const query = [search.slice(1), marks].filter(Boolean).join('&');
  return `${random.one(['http', 'https'])}://${random.one(['', 'www.'])}${host}${random.one([pathname, `${pathname}/`, `${pathname}/amp`, `/amp${pathname}`])}${query ? `?${query}` : ''}`;
}

const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  'nothing changes': { tell: (told) => item(told, { guid: guidOf(told), link: pageOf(told) }) },
  'guid kept, headlines edited, dates set anew': { edits: 'all', redates: true, tell: (told) => item(told, { guid: guidOf(told), link: pageOf(told) }) },
  'guid kept, link follows the headline': {
    edits: 'all',
    tell: (told) => item(told, { guid: guidOf(told), link: `https://${told.host}/${slug(told.title)}/a-${told.key}` }),
  },
  'guid kept, link follows the headline, dates set anew': {
    edits: 'words',
    redates: true,
    tell: (told) => item(told, { guid: guidOf(told), link: `https://${told.host}/${slug(told.title)}` }),
  },
  'guid kept, a session in the link': {
    redates: true,
    tell: (told) => item(told, { guid: guidOf(told), link: `${pageOf(told)}?sid=${told.poll}${told.key}` }),
  },
  'guid kept, host moves': {
    tell: (told) => item(told, { guid: guidOf(told), link: told.poll < ONCE ? pageOf(told) : `https://new.${told.host}/story/${told.key}` }),
  },
  'guid kept, no link': { edits: 'all', redates: true, tell: (told) => item(told, { guid: guidOf(told) }) },
  'guid kept, the feed’s page for a link': {
    edits: 'all',
    redates: true,
    lone: 'any',
    tell: (told) => item(told, { guid: guidOf(told), link: `https://${told.host}/` }),
  },
  'guid kept, one link for all': {
    edits: 'all',
    redates: true,
    lone: 'any',
    tell: (told) => item(told, { guid: guidOf(told), link: `https://${told.host}/live/` }),
  },
  'guid kept, one link for pairs': {
    edits: 'words',
    stays: true,
    pairs: true,
    lone: 'seen',
    tell: (told) => item(told, { guid: guidOf(told), link: `https://${told.host}/live/${told.number >> 1}` }),
  },
  'guid is the link, which is dressed': {
    edits: 'words',
    redates: true,
    tell: (told) => {
      const link = dressed(pageOf(told), told.random);
      return item(told, { guid: link, link });
    },
  },
  'guid and link go to https': {
    edits: 'words',
    redates: true,
    tell: (told) => {
      const scheme = told.poll < ONCE ? 'http' : 'https';
      return item(told, { guid: `${scheme}://${told.host}/?p=${told.number}`, link: `${scheme}://${told.host}/news/${told.key}` });
    },
  },
  'guids made anew once, then the links': {
    stays: true,
    tell: (told) =>
      item(told, {
        guid: `${told.poll < ONCE ? 'old' : 'new'}-${guidOf(told)}`,
        link: told.poll < ONCE + 2 ? pageOf(told) : `https://${told.host}/moved/${told.key}`,
      }),
  },
  'guid new at every poll': { edits: 'words', redates: true, tell: (told) => item(told, { guid: `${told.poll}-${guidOf(told)}`, link: pageOf(told) }) },
  'guid new at every poll, link dressed': {
    edits: 'words',
    tell: (told) => item(told, { guid: `${told.poll}-${guidOf(told)}`, link: dressed(pageOf(told), told.random) }),
  },
  'guid new at every poll, no link': { tell: (told) => item(told, { guid: `${told.poll}-${guidOf(told)}` }) },
  'guid new at every poll, one link for all': {
    lone: 'any',
    tell: (told) => item(told, { guid: `${told.poll}-${guidOf(told)}`, link: `https://${told.host}/live` }),
  },
  'one guid for all': { edits: 'all', redates: true, lone: 'any', tell: (told) => item(told, { guid: 'item', link: pageOf(told) }) },
  'one guid for pairs': {
    edits: 'words',
    redates: true,
    stays: true,
    pairs: true,
    lone: 'seen',
    tell: (told) => item(told, { guid: `section-${told.number >> 1}`, link: pageOf(told) }),
  },
  'one guid and one link for all': { lone: 'any', tell: (told) => item(told, { guid: 'item', link: `https://${told.host}/live` }) },
  'guid is the place in the document': { stays: true, edits: 'words', tell: (told) => item(told, { guid: String(told.place + 1), link: pageOf(told) }) },
  'no guid': { edits: 'all', redates: true, tell: (told) => item(told, { link: pageOf(told) }) },
  'no guid, link dressed': { edits: 'all', redates: true, tell: (told) => item(told, { link: dressed(pageOf(told), told.random) }) },
  'no guid, the feed’s page for a link': { lone: 'any', tell: (told) => item(told, { link: `https://${told.host}` }) },
  'no guid, one link for all': { lone: 'any', tell: (told) => item(told, { link: `https://${told.host}/live` }) },
  'no guid, no link': { tell: (told) => item(told, {}) },
  'no guid, no date': { edits: 'all', tell: (told) => ({ title: told.title, link: pageOf(told) }) },
  'no guid, no link, no date': { tell: ({ title }) => ({ title }) },
  'no guid, fragments tell': { edits: 'all', redates: true, lone: 'any', tell: (told) => item(told, { link: `https://${told.host}/day#block-${told.key}` }) },
  'guid kept, fragments tell': {
    edits: 'all',
    redates: true,
    lone: 'any',
    tell: (told) => item(told, { guid: guidOf(told), link: `https://${told.host}/day#block-${told.key}` }),
  },
  'guid new at every poll, fragments tell': {
    edits: 'words',
    lone: 'any',
    tell: (told) => item(told, { guid: `${told.poll}-${guidOf(told)}`, link: `https://${told.host}/day#block-${told.key}` }),
  },
  'the query names the page, in any order': {
    edits: 'all',
    redates: true,
    tell: (told) =>
      item(told, {
        link: `https://${told.host}/story?${told.random.shuffled([`id=${told.number}`, 'cat=7', 'lang=en', ...told.random.one([[], ['utm_campaign=x']])]).join('&')}`,
      }),
  },
  'percent-encoded in any way': {
    edits: 'all',
    redates: true,
    tell: (told) =>
      item(told, { link: `https://${told.host}/caf${told.random.one(['é', '%C3%A9', '%c3%a9'])}/${told.random.one(['~', '%7E', '%7e'])}x/${told.key}` }),
  },
  'host in capitals': {
    edits: 'all',
    redates: true,
    tell: (told) => {
      const link = told.random.one([pageOf(told), pageOf(told).replace(told.host, told.host.toUpperCase())]);
      return item(told, { guid: link, link });
    },
  },
  'index.html is another page': { tell: (told) => item(told, { link: `https://${told.host}/${told.number >> 1}/${told.number % 2 ? 'index.html' : ''}` }) },
  'guids of both kinds': {
    edits: 'words',
    redates: true,
    tell: (told) =>
      item(told, told.number % 2 ? { guid: pageOf(told), link: pageOf(told) } : { guid: guidOf(told), link: `https://${told.host}/${slug(told.title)}` }),
  },
  'the same pages in two feeds': {
    copies: 2,
    edits: 'words',
    tell: (told) => item(told, { ...(told.copy === 0 && { guid: guidOf(told) }), link: dressed(pageOf(told), told.random) }),
  },
  'the same pages in two feeds, links move in one after the other': {
    copies: 2,
    stays: true,
    tell: (told) =>
      item(told, {
        guid: `${told.copy}-${guidOf(told)}`,
        link: told.first < ONCE && told.poll < ONCE + 2 * ((told.copy + told.number) % 2) ? pageOf(told) : `https://${told.host}/moved/${told.key}`,
      }),
  },
};

interface Story {
  readonly key: string;
  readonly number: number;
  readonly first: number;
  title: string;
  at: number;
}

/** A trial with a feed, or two with the same stories, for each behaviour; deterministic for a seed. */
export function feedTrial({ seed, begins, polls = 8, headlines, only = '' }: TrialOptions): FeedTrial {
  const random = randomFrom(seed);
  const titles = headlinesFrom(random, headlines);
  const times: number[] = [];
  // Hours or days apart: with days, a changed date falls on another day.
  const apart = random.one([4, 40]) * 60;
  for (let poll = 0; poll < polls; poll += 1) times.push((times.at(-1) ?? begins) + 30 * MINUTE + random.below(apart) * MINUTE);
  const stories = new Map<string, string>();
  const listed: Set<string>[] = times.map(() => new Set());
  const feeds = Object.entries(BEHAVIOURS)
    .filter(([name]) => name.includes(only))
    .flatMap(([behaviour, how], index) => feedsOf(behaviour, how, `feed-${index}`));
  return {
    feeds,
    times,
    storyOf: (title) => stories.get(title),
    storiesAfter: (poll) => [...new Set(listed.slice(0, poll + 1).flatMap((keys) => [...keys]))].sort(),
  };

  function feedsOf(behaviour: string, how: Behaviour, id: string): TrialFeed[] {
    const all: Story[] = [];
    const seen = new Set<string>();
    const host = `${id}.example`;
    const [isShuffled, isDoubled, leaves] = [random.chance(0.4), random.chance(0.3), !how.stays && random.chance(0.6) ? 0.15 : 0];
    const told: FeedItem[][][] = Array.from({ length: how.copies ?? 1 }, () => []);
    for (const [poll, now] of times.entries()) {
      for (let count = (poll === 0 ? 6 : random.below(4)) & (how.pairs ? ~1 : ~0); count > 0; count -= 1) newStory(now, poll);
      for (const story of all) change(story, now, poll);
      for (const [copy, documents] of told.entries()) documents.push(document(poll, copy));
    }
    return told.map((documents, copy) => ({ id: copy === 0 ? id : `${id}-copy`, behaviour, homepage: `https://${host}/`, polls: documents }));

    function newStory(now: number, poll: number): void {
      const [key, title] = [`${id}-${all.length}-${random.below(1e6).toString(36)}`, titles.next()];
      stories.set(title, key);
      all.push({ key, title, number: all.length, first: poll, at: now - random.below(poll === 0 ? 30 * 60 : 29) * MINUTE - all.length * 1_000 });
    }

    function change(story: Story, now: number, poll: number): void {
      if (poll === 0 || !random.chance(0.2)) return;
      if (how.edits && random.chance(0.7)) {
        story.title =
          how.edits === 'all' && random.chance(0.5) ? titles.next() : `${story.title} ${random.one(['at last', 'say officials', 'as it happened'])}`;
        stories.set(story.title, story.key);
      }
      if (how.redates) story.at = Math.max(story.at, now - random.below(29) * MINUTE - story.number * 1_000);
    }

    function document(poll: number, copy: number): FeedItem[] {
      const kept = all.slice(-8).filter(() => !random.chance(poll === 0 ? 0 : leaves));
      const alone = poll > 0 && how.lone && random.chance(0.3) ? random.one(how.lone === 'any' ? kept : kept.filter(({ key }) => seen.has(key))) : undefined;
      const some = alone ? [alone] : kept.toReversed();
      for (const { key } of some) seen.add(key);
      const order = isShuffled ? random.shuffled(some) : some;
      for (const { key } of order) listed[poll]?.add(key);
      const items = order.map((story, place) => how.tell({ ...story, poll, place, copy, host, random }));
      return isDoubled && items[0] && behaviour !== 'guid is the place in the document' ? [...items, items[0]] : items;
    }
  }
}
