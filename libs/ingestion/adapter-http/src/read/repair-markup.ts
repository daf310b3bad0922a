import type { ReadError } from '@barometer/ingestion';
import { err, ok, pluralOf, type Result } from '@barometer/kernel';
import { CONTAINERS, ITEMS, KNOWN_AS, READ, SIBLINGS, STRUCTURE, UNREAD_PREFIX, VOID } from './feed-vocabulary';
import { parseFeedDate } from './feed-date';
import { localName, type MarkupToken, MarkupTokens, tooComplex } from './markup-tokens';

/** Far more than a feed of 10 MiB needs; more is an attack. */
const MOST_ELEMENTS = 300_000;
const MOST_DEPTH = 256;
export const MOST_ITEMS = 20_000;
/** A document with many plain items may have this many times as many, since in the end no more than usual remain. */
const MANY_ITEMS = 2;
/** With fewer items in so many elements, a document is not a feed. */
const LEAST_ITEMS = 100;

export interface RepairedMarkup {
  readonly text: string;
  /** How many items it has. */
  readonly items: number;
  readonly elements: number;
  /** Whether the document ended before its root element did. */
  readonly cutOff: boolean;
  /** Which part was not read, in a sentence; absent if all was. */
  readonly leftOut?: string;
}

type OpenTag = Extract<MarkupToken, { kind: 'open' }>;

/**
 * Makes well-formed XML from broken feeds: closes open elements, drops end tags without a start, takes nested items out
 * of each other, and stops after the root. An item that breaks off at the end of the document is kept only if its title
 * and link (or id) are complete, and never if the document is known to be `truncated`. Every item gets a number as its
 * `xml:id`, so that none is empty.
 */
export function repairMarkup(text: string, { truncated = false } = {}): Result<RepairedMarkup, ReadError> {
  const tokens = new MarkupTokens(text);
  const repair = new Repair(truncated);
  for (const token of tokens) {
    repair.take(token);
    if (repair.elements > MOST_ELEMENTS && repair.items < LEAST_ITEMS) return tooComplex('The document has too many elements to be a feed.');
    const most = repair.elements < repair.items * (MOST_ELEMENTS / MOST_ITEMS) ? MOST_ELEMENTS * MANY_ITEMS : MOST_ELEMENTS;
    if (repair.elements > most)
      return ok(
        repair.end(`Only its first ${repair.items.toLocaleString('en')} items were read: the document has over ${most.toLocaleString('en')} elements.`),
      );
    if (repair.depth > MOST_DEPTH && !repair.leaveOutItem()) return tooComplex('The document is nested too deeply to be a feed.');
    if (repair.finished) break;
  }
  return tokens.problem === undefined ? ok(repair.end()) : err(tokens.problem);
}

class Repair {
  /** Number of elements so far, and of characters that might have started one. */
  elements = 0;
  items = 0;
  finished = false;
  private readonly out: string[] = [];
  private readonly open: string[] = [];
  /** The same elements as they were written out. */
  private readonly written: string[] = [];
  /** Start and end of each item in `out`. */
  private readonly spans: { readonly start: number; end: number }[] = [];
  /** The root, lower case and without its prefix. */
  private root = '';
  /** Whether the open title declares that it contains markup. */
  private titleIsMarkup = false;
  private tooDeep = 0;
  private readonly openCounts = new Map<string, number>();
  private readonly whole = new Set<string>();
  private hoisted: string[] = [];
  /** How many elements are open around the one that is being skipped. */
  private unread: number | undefined;
  /** The index of the open item in `open`, and of its first piece in `out`. */
  private item: { readonly depth: number; readonly start: number } | undefined;

  constructor(private readonly truncated: boolean) {}

  get depth(): number {
    return this.open.length;
  }

  take(token: MarkupToken): void {
    if (token.kind === 'text') {
      this.elements += token.text === '&lt;' ? 1 : 0;
      if (this.open.length > 0) this.emit(token.text);
    } else if (this.isTextOfTitle(token)) this.emit(escaped(token));
    else if (token.kind === 'close') this.close(token.name);
    else this.start(token);
  }

  /** Drops the open item, which is nested too deeply; `false` if none is open. */
  leaveOutItem(): boolean {
    if (this.item === undefined) return false;
    if (this.unread === undefined || this.unread > this.item.depth) {
      this.out.length = this.item.start;
      this.spans.pop();
      this.items -= 1;
      this.tooDeep += 1;
      this.unread = this.item.depth;
    }
    return true;
  }

  /** Whether a tag is text of a title: "x<y> wins" starts nothing, and "<b>" is removed later with all other markup. */
  private isTextOfTitle(token: Exclude<MarkupToken, { kind: 'text' }>): boolean {
    const top = this.open.at(-1);
    if (top === undefined || localName(top) !== 'title' || this.titleIsMarkup) return false;
    if (token.kind === 'close') return (this.openCounts.get(token.name.toLowerCase()) ?? 0) === 0;
    return !STRUCTURE.has(localName(token.name));
  }

  end(leftOut?: string): RepairedMarkup {
    const cutOff = this.open.length > 0;
    if (this.item !== undefined && this.unread !== this.item.depth && (this.truncated || !this.hasIdentity())) {
      this.out.length = this.item.start;
      this.spans.pop();
      this.items -= 1;
      this.unread = undefined;
      while (this.open.length > this.item.depth) this.forget();
    }
    while (this.open.length > 0) this.pop();
    const tooMany = this.keepNewest();
    const said = [
      leftOut,
      tooMany,
      this.tooDeep > 0
        ? `${this.tooDeep} of its items ${pluralOf(this.tooDeep, 'is', 'are')} nested too deeply and ${pluralOf(this.tooDeep, 'was', 'were')} left out.`
        : undefined,
    ]
      .filter(Boolean)
      .join(' ');
    return { text: this.out.join(''), items: Math.min(this.items, MOST_ITEMS), elements: this.elements, cutOff, ...(said !== '' && { leftOut: said }) };
  }

  /** Of too many items, keeps the newest by the dates at both ends: the first ones, or the last ones if the feed lists the oldest first. */
  private keepNewest(): string | undefined {
    if (this.spans.length <= MOST_ITEMS) return undefined;
    const dateOf = (span: { start: number; end: number } | undefined) => span && dateIn(this.out.slice(span.start, span.end).join(''));
    const [first, last] = [dateOf(this.spans[0]), dateOf(this.spans.at(-1))];
    const isAscending = first !== undefined && last !== undefined && last > first;
    const dropped = isAscending ? this.spans.slice(0, -MOST_ITEMS) : this.spans.slice(MOST_ITEMS);
    for (const { start, end } of dropped) this.out.fill('', start, end);
    return `Only the newest ${MOST_ITEMS.toLocaleString('en')} of its ${this.spans.length.toLocaleString('en')} items were read.`;
  }

  private hasIdentity(): boolean {
    return this.whole.has('title') && ['link', 'guid', 'id'].some((name) => this.whole.has(name));
  }

  private start(token: OpenTag): void {
    const local = localName(token.name);
    this.elements += 1;
    if (this.open.length === 0) this.root = local;
    if (this.root === 'rss' && this.open.length === 1) this.openChannel(local);
    if (local === 'channel' && this.open.length > 1 && (this.openCounts.get('channel') ?? 0) > 0 && this.root === 'rss') return;
    if (ITEMS.has(local) && this.startItem(token)) return;
    const top = this.open.at(-1);
    if (top !== undefined && SIBLINGS.has(local) && top.toLowerCase() === token.name.toLowerCase()) this.pop();
    const skipped = this.unread === undefined && !this.isRead(token.name, local);
    if (token.selfClosing) {
      if (!skipped) this.emit(this.writtenAs(token).tag);
      if (this.open.length - 1 === this.item?.depth) this.whole.add(local);
    } else if (VOID.has(token.name.toLowerCase())) this.emit(`${token.tag.slice(0, -1)}/>`);
    else {
      if (skipped) this.unread = this.open.length;
      const { name, tag } = this.writtenAs(token);
      if (local === 'title') this.titleIsMarkup = /\stype\s*=\s*["']?xhtml/i.test(token.tag);
      this.push(token.name, tag, name);
    }
  }

  /** Puts items beside or without a channel into one. */
  private openChannel(local: string): void {
    if (local !== 'channel') this.push('channel', '<channel>');
  }

  private isRead(name: string, local: string): boolean {
    const parent = localName(this.open.at(-1) ?? '');
    if (!CONTAINERS.has(parent) && this.open.length - 1 !== this.item?.depth) return true;
    return CONTAINERS.has(local) || (READ.has(local) && !UNREAD_PREFIX.test(name));
  }

  /** Renames elements of RSS items that feedsmith does not know to an equivalent that it knows. */
  private writtenAs({ name, tag, selfClosing }: OpenTag): { readonly name: string; readonly tag: string } {
    const known = this.root !== 'feed' && this.open.length - 1 === this.item?.depth ? KNOWN_AS[name.toLowerCase()] : undefined;
    return known ? { name: known.name, tag: `<${known.name}${known.declaration}${selfClosing ? '/' : ''}>` } : { name, tag };
  }

  private emit(piece: string): void {
    if (this.unread === undefined) this.out.push(piece);
  }

  private startItem(token: OpenTag): boolean {
    if (this.item === undefined) {
      const parent = this.open.at(-1);
      if (parent !== undefined && !CONTAINERS.has(localName(parent))) return false;
    } else {
      if (this.open[this.item.depth]?.toLowerCase() !== token.name.toLowerCase() || this.insideContent()) return false;
      if (token.selfClosing) return this.hoisted.push(this.numbered(token)) > 0;
      while (this.item !== undefined) this.pop();
    }
    if (token.selfClosing) {
      this.spans.push({ start: this.out.length, end: this.out.length + 1 });
      return this.out.push(this.numbered(token)) > 0;
    }
    this.item = { depth: this.open.length, start: this.out.length };
    this.spans.push({ start: this.out.length, end: this.out.length });
    this.whole.clear();
    this.push(token.name, this.numbered(token));
    return true;
  }

  private insideContent(): boolean {
    return this.open.slice((this.item?.depth ?? 0) + 1).some((name) => /^(content|source)$/i.test(name));
  }

  private numbered(token: OpenTag): string {
    this.items += 1;
    if (/\sxml:id\s*=/i.test(token.tag)) return token.tag;
    const start = token.tag.slice(0, token.name.length + 1);
    return `${start} xml:id="item-${this.items}"${token.tag.slice(start.length)}`;
  }

  private close(name: string): void {
    const key = name.toLowerCase();
    if ((this.openCounts.get(key) ?? 0) === 0) return;
    // Items may follow the channel, so it ends with its root.
    if (key === 'channel' && this.root === 'rss') return this.closeWithin('channel');
    while (this.open.at(-1)?.toLowerCase() !== key) this.pop();
    this.pop();
    this.finished = this.open.length === 0;
  }

  /** Closes everything in the innermost element with that name, which stays open. */
  private closeWithin(name: string): void {
    while (localName(this.open.at(-1) ?? name) !== name) this.pop();
  }

  private push(name: string, tag: string, written = name): void {
    this.emit(tag);
    this.open.push(name);
    this.written.push(written);
    const key = name.toLowerCase();
    this.openCounts.set(key, (this.openCounts.get(key) ?? 0) + 1);
  }

  private pop(): void {
    const written = this.written.at(-1) ?? '';
    const name = this.forget();
    this.emit(`</${written}>`);
    if (this.unread === this.open.length) this.unread = undefined;
    if (this.item === undefined) return;
    if (this.open.length === this.item.depth) {
      const span = this.spans.at(-1);
      if (span) span.end = this.out.length;
      this.item = undefined;
      for (const item of this.hoisted) {
        this.spans.push({ start: this.out.length, end: this.out.length + 1 });
        this.out.push(item);
      }
      this.hoisted = [];
    } else if (this.open.length - 1 === this.item.depth) this.whole.add(localName(name));
  }

  private forget(): string {
    const name = this.open.pop() ?? '';
    this.written.pop();
    const key = name.toLowerCase();
    this.openCounts.set(key, (this.openCounts.get(key) ?? 1) - 1);
    return name;
  }
}

const escaped = (token: Exclude<MarkupToken, { kind: 'text' }>): string =>
  (token.kind === 'open' ? token.tag : `</${token.name}>`).replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const DATE = /<(?:[\w-]+:)?(?:pubdate|date|published|updated|issued|modified)\b[^>]*>\s*(?:<!\[CDATA\[)?([^<\]]+)/i;
const dateIn = (item: string): number | undefined => parseFeedDate(DATE.exec(item)?.[1]);
