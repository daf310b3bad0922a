import { distinctGroups, err, groupName, isUserAgent, MINUTE, MOST_GROUPS, ok, USER_AGENT_RULE, wordsOf, type Result } from '@barometer/kernel';
import { isWebUrl } from './canonical-url';
import { cleanText } from './clean-text';
import { languageCode } from './language';
import { MAX_WAIT } from './poll-schedule';
import type { Source, SourceKind } from './source';
import { newHealth } from './source-health';

/** The input for adding a source. */
export interface NewSource {
  /** The feed's address, or `newsapi:` and a query. */
  readonly url: string;
  /** Default: made from the name. */
  readonly id?: string | undefined;
  /** Default: the address's host, until the feed's title is known. */
  readonly name?: string | undefined;
  /** Default: derived from the address. */
  readonly kind?: SourceKind | undefined;
  readonly homepage?: string | undefined;
  /** ISO 639-1. */
  readonly language?: string | undefined;
  /** Names of groups that `groupName` accepts. */
  readonly groups?: readonly string[] | undefined;
  readonly intervalMinutes?: number | undefined;
  /** The User-Agent sent to its host; default: the setting for all sources. */
  readonly userAgent?: string | undefined;
}

/** Why a source cannot be added, changed or previewed; `message` is a sentence for a reader. */
export interface SourceProblem {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

export type SourceFields = Pick<Source, 'url' | 'kind' | 'name' | 'homepage' | 'language' | 'groups' | 'intervalMinutes' | 'userAgent'>;

const NEWSAPI = 'newsapi:';
/** Prefix of the address of a source that is filled from files; the normalized name follows. */
export const IMPORT = 'import:';
const MAX_URL = 2_048;
const MAX_NAME = 200;
const MAX_INTERVAL = MAX_WAIT / MINUTE;
/** NewsAPI's free plan allows 100 requests a day. */
const DEFAULT_INTERVAL: Readonly<Record<SourceKind, number>> = { feed: 15, newsapi: 60, import: MAX_INTERVAL };

const problem = (field: string, code: string, message: string): Result<never, SourceProblem> => err({ field, code, message });

/** The address to poll: adds a missing `https://` and removes `feed:`; an error if it is not http(s) or has a user name or password. */
export function feedUrl(given: string): Result<string, SourceProblem> {
  const text = given.trim();
  if (text === '') return problem('url', 'required', 'The address must not be empty.');
  if (text.length > MAX_URL) return problem('url', 'too-long', `The address must be at most ${MAX_URL} characters long.`);
  if (text.startsWith(NEWSAPI)) {
    return text.length > NEWSAPI.length
      ? ok(text)
      : problem('url', 'invalid', 'After "newsapi:" there must be a query, such as newsapi:top-headlines?country=us.');
  }
  // With "https://" in front, a bare path, as in a careless list, would become a host name.
  const url = /^(?:\/(?!\/)|[.?\\])/.test(text) ? null : URL.parse(withScheme(text));
  if (!url) return problem('url', 'invalid', `"${text.slice(0, 100)}" is not a valid address.`);
  if (!isWebUrl(url)) return problem('url', 'not-http', 'The address must begin with http:// or https://.');
  if (url.username || url.password) return problem('url', 'credentials', 'The address must not hold a user name or password: it is shown and exported.');
  url.hash = '';
  return ok(url.href);
}

/** Removes `feed:`, which some sites put before the addresses of their feeds for feed readers. */
export const withoutFeedScheme = (text: string): string => text.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'https://');

function withScheme(text: string): string {
  const bare = withoutFeedScheme(text);
  return /^[a-z][a-z\d+.-]*:(?!\d)/i.test(bare) ? bare : `https://${bare}`;
}

/** Adds `https://` to `www.example.org`, but not to a word without a dot, such as "N/A". */
const withSchemeOfPage = (text: string): string => (/^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)/.test(text) ? `https://${text}` : text);

/** The name of a source that was given none. */
export function defaultName(url: string): string {
  return url.startsWith(NEWSAPI) ? 'NewsAPI' : (URL.parse(url)?.host.replace(/^www\./, '') ?? url);
}

/** A feed's title as the name of a source; empty if it has none. */
export const feedName = (title: string | undefined): string => cleanText(title ?? '', MAX_NAME);

/** The fields of a source to add, checked and completed. */
export function sourceFields(input: NewSource): Result<SourceFields, SourceProblem> {
  const url = feedUrl(input.url);
  if (!url.ok) return url;
  const kind: SourceKind = url.value.startsWith(NEWSAPI) ? 'newsapi' : 'feed';
  if (input.kind !== undefined && input.kind !== kind) {
    return problem('kind', 'invalid', `The address of a source of kind ${input.kind} must ${kind === 'feed' ? '' : 'not '}begin with "newsapi:".`);
  }
  const optional = checkedFields(input);
  if (!optional.ok) return optional;
  return ok({ name: defaultName(url.value), intervalMinutes: DEFAULT_INTERVAL[kind], ...optional.value, kind, url: url.value });
}

type Checked = Partial<Omit<SourceFields, 'url' | 'kind'>>;

/** The given fields besides the address, checked; an empty text counts as not given. */
export function checkedFields(input: Omit<NewSource, 'url' | 'id' | 'kind'>): Result<Checked, SourceProblem> {
  const name = cleanText(input.name ?? '', MAX_NAME);
  const groups = checkedGroups(input.groups ?? []);
  if (!groups.ok) return groups;
  const { intervalMinutes } = input;
  if (intervalMinutes !== undefined && !(Number.isInteger(intervalMinutes) && intervalMinutes >= 1 && intervalMinutes <= MAX_INTERVAL)) {
    return problem('intervalMinutes', 'invalid', `The interval must be a whole number of minutes from 1 to ${MAX_INTERVAL}.`);
  }
  const language = input.language ? languageCode(input.language) : undefined;
  if (input.language && language === undefined) return problem('language', 'invalid', 'The language must be a code such as en.');
  const homepage = input.homepage?.trim() ? URL.parse(withSchemeOfPage(input.homepage.trim())) : undefined;
  if (homepage === null || (homepage && !isWebUrl(homepage))) return problem('homepage', 'invalid', 'The home page must be an http or https address.');
  const userAgent = input.userAgent?.trim() ?? '';
  if (userAgent !== '' && !isUserAgent(userAgent)) return problem('userAgent', 'invalid', `The User-Agent ${USER_AGENT_RULE}.`);
  return ok({
    ...(name !== '' && { name }),
    ...(groups.value.length > 0 && { groups: groups.value }),
    ...(language !== undefined && { language }),
    ...(homepage && { homepage: homepage.href }),
    ...(intervalMinutes !== undefined && { intervalMinutes }),
    ...(userAgent !== '' && { userAgent }),
  });
}

/** The groups of a source, normalized, each once. */
export function checkedGroups(given: readonly string[]): Result<readonly string[], SourceProblem> {
  const names: string[] = [];
  for (const text of given) {
    const name = groupName(text);
    if (!name.ok) return problem('groups', 'invalid', `The name of a group ${name.error}.`);
    names.push(name.value);
  }
  const groups = distinctGroups(names);
  return groups.length > MOST_GROUPS ? problem('groups', 'too-many', `A source is in at most ${MOST_GROUPS} groups.`) : ok(groups);
}

/** A source for imported articles; it has no feed, so it stays paused. */
export function importSource(id: string, { name, homepage }: Pick<Source, 'name' | 'homepage'>, now: number): Source {
  const fields: SourceFields = {
    kind: 'import',
    url: `${IMPORT}${wordsOf(name).trim() || name}`,
    name,
    intervalMinutes: DEFAULT_INTERVAL.import,
    ...(homepage !== undefined && { homepage }),
  };
  return { ...newSource(id, fields, now), paused: true };
}

/** A new source with these fields, due at once. */
export function newSource(id: string, fields: SourceFields, now: number): Source {
  return { id, ...fields, paused: false, addedAt: now, health: newHealth(now) };
}
