import { wordsOf } from '@barometer/kernel';
import type { FeedDocument, FeedItem } from '../ports/feed-reader.port';
import type { Article, SkipReason } from './article';
import { canonicalUrl } from './canonical-url';
import { cleanText, MAX_SUMMARY, MAX_TITLE, withoutPublisher } from './clean-text';
import { languageCode, SCORED_LANGUAGE, type DetectLanguage } from './language';
import { countingDate } from './listed-date';
import type { ItemMarks } from './item-keys';
import type { Source } from './source';

/** An item of a feed as it would be stored, without its first-seen time and topics. */
export interface ListedItem extends Pick<Article, 'url' | 'title' | 'summary' | 'publisher' | 'language'>, ItemMarks {
  /** Milliseconds since 1970, UTC; absent if the item has no valid date. */
  readonly publishedAt?: number;
  readonly skip?: SkipReason;
}

export interface ListedIn {
  readonly source: Pick<Source, 'id' | 'name' | 'language'>;
  readonly feed: Pick<FeedDocument, 'title' | 'language'>;
  /** The address that answered, the base of relative links. */
  readonly baseUrl: string;
  readonly now: number;
  readonly detectLanguage: DetectLanguage;
}

const MAX_NAME = 200;

/** Reads an item of a feed; `undefined` if it has neither text nor a link. */
export function listedItem(item: FeedItem, listedIn: ListedIn): ListedItem | undefined {
  const url = canonicalUrl(item.link ?? '', listedIn.baseUrl) ?? '';
  const publisher = cleanText(item.publisher ?? '', MAX_NAME);
  const text = itemText(item, [listedIn.source.name, cleanText(listedIn.feed.title ?? '', MAX_NAME), publisher]);
  if (!(text.title || url)) return undefined;
  const guid = item.guid?.trim();
  const fragment = url === '' ? '' : fragmentOf(item.link ?? '', listedIn.baseUrl);
  const language = languageOf(item, text, listedIn);
  const publishedAt = countingDate(item.publishedAt, listedIn.now);
  const skip = skipReason(text, language);
  return {
    url,
    title: text.title || url,
    summary: text.summary,
    ...(guid && { guid }),
    ...(fragment !== '' && { fragment }),
    ...(publisher !== '' && { publisher }),
    ...(language !== undefined && { language }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(skip && { skip }),
  };
}

/** The part after `#` in a link, which `canonicalUrl` has validated. */
const fragmentOf = (link: string, baseUrl: string): string => URL.parse(link, baseUrl)?.hash.slice(1) ?? '';

type Text = Pick<Article, 'title' | 'summary'>;

/** Title and summary; an item without a title, as in a microblog, gets the start of its summary as title. */
function itemText(item: FeedItem, publishers: readonly string[]): Text {
  const title = withoutPublisher(cleanText(item.title ?? '', MAX_TITLE, item.titleIsText), publishers);
  const summary = cleanText(item.summary ?? '', MAX_SUMMARY);
  const shown = title || cleanText(item.summary ?? '', MAX_TITLE);
  return { title: shown, summary: summary === shown ? '' : summary };
}

/**
 * The operator's setting wins; then the item's language, then the feed's, unless the text is surely in another language,
 * since many feeds declare the default of their software. If nothing is declared, the language of the text is detected.
 */
function languageOf(item: FeedItem, text: Text, { source, feed, detectLanguage }: ListedIn): string | undefined {
  const operators = languageCode(source.language);
  if (operators !== undefined) return operators;
  const written = `${text.title}\n${text.summary}`;
  const declared = languageCode(item.language) ?? languageCode(feed.language);
  return declared === undefined ? detectLanguage(written) : (detectLanguage(written, 'sure') ?? declared);
}

/** Why an item is not scored. Texts in an unknown language are scored, since most of them are short English ones. */
function skipReason(text: Text, language: string | undefined): SkipReason | undefined {
  if (language !== undefined && language !== SCORED_LANGUAGE) return 'language';
  return wordsOf(`${text.title}\n${text.summary}`).trim().includes(' ') ? undefined : 'too-short';
}
