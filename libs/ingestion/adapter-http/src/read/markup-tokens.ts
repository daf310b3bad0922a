import type { ReadError } from '@barometer/ingestion';
import { err, ok, type Result } from '@barometer/kernel';
import { skipDoctype } from './doctype';
import { STRUCTURE } from './feed-vocabulary';

export type MarkupToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'open'; readonly name: string; readonly tag: string; readonly selfClosing: boolean };

const NAME = /[A-Za-z_:\u00c0-\ufffd][\w:.\u00b7-\ufffd-]*/y;
const MOST_TAG_CHARACTERS = 65_536;
/** HTML elements that occur in descriptions. */
const HTML =
  /^(a|abbr|article|aside|audio|b|big|blockquote|body|br|button|center|cite|code|dd|del|div|dl|dt|em|embed|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|main|meta|nav|object|ol|option|p|picture|pre|q|s|script|section|select|small|source|span|strong|style|sub|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|video)$/i;

/**
 * Splits XML, however broken, into tags and text, in time linear to its length. Comments, processing instructions and
 * the DOCTYPE are skipped; CDATA sections are text as they are; a "<" that starts nothing becomes `&lt;`.
 */
export class MarkupTokens {
  private at = 0;
  private readonly nextQuote = new Map<string, number>();
  problem: ReadError | undefined;
  /** Whether the document broke off inside a tag, comment or section. */
  cutOff = false;

  constructor(private readonly text: string) {}

  *[Symbol.iterator](): Generator<MarkupToken> {
    while (this.at < this.text.length && this.problem === undefined) {
      const start = this.text.indexOf('<', this.at);
      const end = start < 0 ? this.text.length : start;
      if (end > this.at) yield { kind: 'text', text: this.text.slice(this.at, end) };
      this.at = end;
      if (start >= 0) yield* this.markup(start);
    }
  }

  private *markup(start: number): Generator<MarkupToken> {
    const second = this.text[start + 1];
    if (second === '!') yield* this.declaration(start);
    else if (second === '?') this.skipPast('?>', start + 2);
    else if (second === '/') yield* this.close(start);
    else yield* this.open(start);
  }

  private *declaration(start: number): Generator<MarkupToken> {
    if (this.text.startsWith('<!--', start)) return this.skipPast('-->', start + 4);
    if (this.text.startsWith('<![CDATA[', start)) {
      this.skipPast(']]>', start + 9);
      yield { kind: 'text', text: this.text.slice(start, this.at) + (this.cutOff ? ']]>' : '') };
      return;
    }
    if (!/^<!doctype/i.test(this.text.slice(start, start + 9))) return this.skipPast('>', start + 2);
    const end: Result<number, ReadError> = skipDoctype(this.text, start);
    if (end.ok) this.at = end.value;
    else this.problem = end.error;
  }

  private *close(start: number): Generator<MarkupToken> {
    const name = this.nameAt(start + 2);
    if (name === undefined) return this.skipPast('>', start + 2);
    this.skipPast('>', start + 2 + name.length);
    if (!this.cutOff) yield { kind: 'close', name };
  }

  private *open(start: number): Generator<MarkupToken> {
    const name = this.nameAt(start + 1);
    if (name === undefined) {
      this.at = start + 1;
      yield { kind: 'text', text: '&lt;' };
      return;
    }
    const end = this.tagEnd(start + 1 + name.length);
    if (end === undefined && !this.isTagName(name)) {
      // A character of the text, as in "x<y": no tag contains another "<".
      this.at = start + 1;
      yield { kind: 'text', text: '&lt;' };
      return;
    }
    if (end === undefined) {
      this.skipPast('>', start);
      // Its attributes cannot be separated, so the tag is used without them.
      if (!this.cutOff) yield { kind: 'open', name, tag: `<${name}>`, selfClosing: false };
      return;
    }
    this.at = end + 1;
    const selfClosing = this.text[end - 1] === '/';
    yield { kind: 'open', name, tag: this.text.slice(start, end + 1), selfClosing };
  }

  private isTagName(name: string): boolean {
    return STRUCTURE.has(localName(name)) || HTML.test(name) || name.includes(':');
  }

  private nameAt(from: number): string | undefined {
    NAME.lastIndex = from;
    return NAME.exec(this.text)?.[0];
  }

  /** The position of the ">" that ends a tag, outside quoted attribute values. */
  private tagEnd(from: number): number | undefined {
    let afterEquals = false;
    for (let at = from; at < this.text.length && at - from < MOST_TAG_CHARACTERS; at += 1) {
      const character = this.text[at] as string;
      if (character === '>') return at;
      if (character === '<') return undefined;
      if (afterEquals && (character === '"' || character === "'")) {
        at = this.quoteAfter(character, at + 1);
        if (at - from > MOST_TAG_CHARACTERS) return undefined;
      }
      if (character > ' ') afterEquals = character === '=';
    }
    return undefined;
  }

  /** Cached, since otherwise each quote in a document full of unclosed quotes would be searched for to the end. */
  private quoteAfter(quote: string, from: number): number {
    const known = this.nextQuote.get(quote) ?? -1;
    if (known >= from) return known;
    const found = this.text.indexOf(quote, from);
    const next = found < 0 ? Number.MAX_SAFE_INTEGER : found;
    this.nextQuote.set(quote, next);
    return next;
  }

  private skipPast(end: string, from: number): void {
    const found = this.text.indexOf(end, from);
    this.cutOff = found < 0;
    this.at = found < 0 ? this.text.length : found + end.length;
  }
}

export const tooComplex = (message: string): Result<never, ReadError> => err({ code: 'too-complex', message });

/** The first tag's name, lower case and without its prefix; `undefined` when there is none. */
export function rootOf(text: string): Result<string | undefined, ReadError> {
  const tokens = new MarkupTokens(text);
  for (const token of tokens) if (token.kind === 'open') return ok(localName(token.name));
  return tokens.problem === undefined ? ok(undefined) : err(tokens.problem);
}

export const localName = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase();
