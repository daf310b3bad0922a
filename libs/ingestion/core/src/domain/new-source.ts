import { err, isUserAgent, MINUTE, ok, USER_AGENT_RULE, type Result } from '@barometer/kernel';
import { isWebUrl } from './canonical-url';
import { cleanText } from './clean-text';
import { languageCode } from './language';
import { MAX_WAIT } from './poll-schedule';
import type { Source, SourceKind } from './source';
import { newHealth } from './source-health';

/** What an owner says of a source to add. */
export interface NewSource {
  /** The feed's address, or `newsapi:` and a query. */
  readonly url: string;
  /** Default: made from the name. */
  readonly id?: string | undefined;
  /** Default: the address's host, until the feed tells its title. */
  readonly name?: string | undefined;
  /** Default: as the address says. */
  readonly kind?: SourceKind | undefined;
  readonly homepage?: string | undefined;
  /** ISO 639-1. */
  readonly language?: string | undefined;
  readonly field?: string | undefined;
  readonly intervalMinutes?: number | undefined;
  /** What its host is told of who asks; default: the setting, the same for all. */
  readonly userAgent?: string | undefined;
}

/** Why a source can't be added, changed or previewed; `message` is a sentence for a reader. */
export interface SourceProblem {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

export type SourceFields = Pick<Source, 'url' | 'kind' | 'name' | 'homepage' | 'language' | 'field' | 'intervalMinutes' | 'userAgent'>;

const NEWSAPI = 'newsapi:';
const MAX_URL = 2_048;
const MAX_NAME = 200;
const MAX_FIELD = 60;
const MAX_INTERVAL = MAX_WAIT / MINUTE;
/** NewsAPI's free plan allows 100 requests a day. */
const DEFAULT_INTERVAL: Readonly<Record<SourceKind, number>> = { feed: 15, newsapi: 60 };

const problem = (field: string, code: string, message: string): Result<never, SourceProblem> => err({ field, code, message });

/** The address to poll: `https://` is understood, `feed:` taken off; refused when it is none of the web's or carries a password. */
export function feedUrl(given: string): Result<string, SourceProblem> {
  const text = given.trim();
  if (text === '') return problem('url', 'required', 'The address must not be empty.');
  if (text.length > MAX_URL) return problem('url', 'too-long', `The address must be at most ${MAX_URL} characters long.`);
  if (text.startsWith(NEWSAPI)) {
    return text.length > NEWSAPI.length ? ok(text) : problem('url', 'invalid', 'After "newsapi:" there must be a query, such as newsapi:top-headlines?country=us.');
  }
  // A path alone, as a careless list has it, would become a host of that name.
  const url = /^(?:\/(?!\/)|[.?\\])/.test(text) ? null : URL.parse(withScheme(text));
  if (!url) return problem('url', 'invalid', `"${text.slice(0, 100)}" is not a valid address.`);
  if (!isWebUrl(url)) return problem('url', 'not-http', 'The address must begin with http:// or https://.');
  if (url.username || url.password) return problem('url', 'credentials', 'The address must not hold a user name or password: it is shown and exported.');
  url.hash = '';
  return ok(url.href);
}

/** The address behind `feed:`, by which some sites name their feeds to programs that read them. */
export const withoutFeedScheme = (text: string): string => text.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'https://');

function withScheme(text: string): string {
  const bare = withoutFeedScheme(text);
  return /^[a-z][a-z\d+.-]*:(?!\d)/i.test(bare) ? bare : `https://${bare}`;
}

/** `www.example.org` as a page's address; a word without a dot, such as "N/A", is none. */
const withSchemeOfPage = (text: string): string => (/^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)/.test(text) ? `https://${text}` : text);

/** The name that a source without one goes by. */
export function defaultName(url: string): string {
  return url.startsWith(NEWSAPI) ? 'NewsAPI' : (URL.parse(url)?.host.replace(/^www\./, '') ?? url);
}

/** A feed's own title as the name of a source; empty when it has none. */
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

/** The fields besides the address, those that are given; an empty text counts as not given. */
export function checkedFields(input: Omit<NewSource, 'url' | 'id' | 'kind'>): Result<Checked, SourceProblem> {
  const name = cleanText(input.name ?? '', MAX_NAME);
  const field = cleanText(input.field ?? '', MAX_FIELD).toLowerCase();
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
    ...(name !== '' && { name }), ...(field !== '' && { field }), ...(language !== undefined && { language }),
    ...(homepage && { homepage: homepage.href }), ...(intervalMinutes !== undefined && { intervalMinutes }), ...(userAgent !== '' && { userAgent }),
  });
}

/** A source of these fields, to be polled at once. */
export function newSource(id: string, fields: SourceFields, now: number): Source {
  return { id, ...fields, paused: false, addedAt: now, health: newHealth(now) };
}
