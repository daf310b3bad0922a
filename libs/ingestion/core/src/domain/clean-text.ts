import { decode } from 'html-entities';

/** Characters of a title, and of a summary, that are kept; headlines are under 200. */
export const MAX_TITLE = 500;
export const MAX_SUMMARY = 2_000;

/** Markup takes more room than the text in it; what lies beyond this is never looked at, so that no text is slow. */
const RAW_PER_CHARACTER = 10;

/** A comment, a declaration, or a tag; "<" before a space or a digit is a sign in the text. Linear: no part overlaps the next. */
const TAGS = /<!--[\s\S]*?(?:-->|$)|<(?:\/?[a-z]|[!?])[^<>]*>/gi;
const UNREAD = /<(script|style)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi;
/** Tags that stand inside words; any other ends one. */
const INLINE = /^<\/?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|tt|u|var|wbr)\b/i;
const CUT_TAG = /<\/?[a-z!?][^<>]*$/i;
/** Controls, marks that turn the writing direction, and what shows nothing; not the joiners that make up emoji. */
const INVISIBLE = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * The plain text of a feed's text: tags stripped, entities decoded at most twice (feeds that escape once too often are
 * common), control characters out, white space folded, composed (NFC), cut at `limit` characters after a whole word.
 * @param isText the text has no markup, so that what looks like a tag stays; entities are decoded all the same
 */
export function cleanText(raw: string, limit: number, isText = false): string {
  const head = raw.slice(0, limit * RAW_PER_CHARACTER);
  const whole = head.length === raw.length || isText ? head : head.replace(CUT_TAG, '');
  const shown = isText ? (text: string) => withoutSections(withoutMarks(text)) : visible;
  const once = shown(decode(shown(whole)));
  const text = once.includes('&') ? shown(decode(once)) : once;
  return cut(text.toWellFormed().normalize('NFC').replace(/\s+/gu, ' ').trim(), limit);
}

/** What a browser would show of it; marks go first, since one could hide a tag. */
function visible(text: string): string {
  const shown = withoutMarks(text);
  if (!shown.includes('<')) return shown;
  return withoutSections(shown).replace(UNREAD, ' ').replace(TAGS, (tag) => (INLINE.test(tag) ? '' : ' '));
}

const withoutMarks = (text: string): string => text.replace(INVISIBLE, (mark) => (/\s/.test(mark) ? ' ' : ''));

/** A CDATA section that was escaped is text like any other. */
const withoutSections = (text: string): string => text.replace(/<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)/gi, '$1');

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit - 1);
  const lastSpace = head.lastIndexOf(' ');
  // A text without spaces near the end is cut where the limit is, but not within a surrogate pair.
  const kept = lastSpace > limit / 2 ? head.slice(0, lastSpace) : head.replace(/[\ud800-\udbff]$/, '');
  return `${kept}…`;
}

const SUFFIX = /\s[-–—|·:]+\s/gu;

/** A title without " - Publisher" at its end, where that repeats one of the names; " | " and dashes count alike. */
export function withoutPublisher(title: string, names: readonly string[]): string {
  const known = new Set(names.map(comparable).filter((name) => name !== ''));
  for (const separator of title.matchAll(SUFFIX)) {
    const before = title.slice(0, separator.index).trimEnd();
    if (before !== '' && known.has(comparable(title.slice(separator.index + separator[0].length)))) return before;
  }
  return title;
}

const comparable = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/^\s*the\s+/, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
