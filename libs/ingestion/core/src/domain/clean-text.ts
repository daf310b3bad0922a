import { withoutHiddenCharacters } from '@barometer/kernel';
import { decode } from 'html-entities';

/** Maximum characters of a title and of a summary; headlines are under 200. */
export const MAX_TITLE = 500;
export const MAX_SUMMARY = 2_000;

/** Markup is longer than the text in it; characters beyond this factor are never read, to bound the time per text. */
const RAW_PER_CHARACTER = 10;

/** A comment, a declaration, or a tag; "<" before a space or a digit is text. Runs in linear time: no part overlaps the next. */
const TAGS = /<!--[\s\S]*?(?:-->|$)|<(?:\/?[a-z]|[!?])[^<>]*>/gi;
const UNREAD = /<(script|style)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi;
/** Tags that may be inside a word; any other tag ends the word. */
const INLINE = /^<\/?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|tt|u|var|wbr)\b/i;
const CUT_TAG = /<\/?[a-z!?][^<>]*$/i;

/**
 * Converts a feed's text to plain text: strips tags, decodes entities at most twice (many feeds escape once too often),
 * removes control characters, collapses white space, normalizes to NFC, and cuts at `limit` characters after a whole word.
 * @param isText the text has no markup, so whatever looks like a tag is kept; entities are still decoded
 */
export function cleanText(raw: string, limit: number, isText = false): string {
  const head = raw.slice(0, limit * RAW_PER_CHARACTER);
  const whole = head.length === raw.length || isText ? head : head.replace(CUT_TAG, '');
  const shown = isText ? (text: string) => withoutSections(withoutMarks(text)) : visible;
  const once = shown(decode(shown(whole)));
  const text = once.includes('&') ? shown(decode(once)) : once;
  return cut(text.toWellFormed().normalize('NFC').replace(/\s+/gu, ' ').trim(), limit);
}

/** The text that a browser would show. Hidden characters are removed first, since one could conceal a tag. */
function visible(text: string): string {
  const shown = withoutMarks(text);
  if (!shown.includes('<')) return shown;
  return withoutSections(shown)
    .replace(UNREAD, ' ')
    .replace(TAGS, (tag) => (INLINE.test(tag) ? '' : ' '));
}

const withoutMarks = (text: string): string => withoutHiddenCharacters(text, (mark) => (/\s/.test(mark) ? ' ' : ''));

/** Unwraps CDATA sections that were escaped. */
const withoutSections = (text: string): string => text.replace(/<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)/gi, '$1');

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit - 1);
  const lastSpace = head.lastIndexOf(' ');
  // Without a space in its second half, the text is cut at the limit, but not within a surrogate pair.
  const kept = lastSpace > limit / 2 ? head.slice(0, lastSpace) : head.replace(/[\ud800-\udbff]$/, '');
  return `${kept}…`;
}

const SUFFIX = /\s[-–—|·:]+\s/gu;

/** Removes " - Publisher" from the end of a title if it matches one of the names; other dashes, " | ", " · " and " : " work too. */
export function withoutPublisher(title: string, names: readonly string[]): string {
  const known = new Set(names.map(comparable).filter((name) => name !== ''));
  for (const separator of title.matchAll(SUFFIX)) {
    const before = title.slice(0, separator.index).trimEnd();
    if (before !== '' && known.has(comparable(title.slice(separator.index + separator[0].length)))) return before;
  }
  return title;
}

const comparable = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^\s*the\s+/, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
