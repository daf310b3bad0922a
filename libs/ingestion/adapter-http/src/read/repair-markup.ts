import type { ReadError } from '@barometer/ingestion';
import { err, ok, type Result } from '@barometer/kernel';
import { CONTAINERS, ITEMS, READ, SIBLINGS, UNREAD_PREFIX, VOID } from './feed-vocabulary';
import { localName, type MarkupToken, MarkupTokens, tooComplex } from './markup-tokens';

/** Far more than a feed of 10 MiB needs: what is beyond was made to hurt. */
const MOST_ELEMENTS = 300_000;
const MOST_DEPTH = 256;
export const MOST_ITEMS = 20_000;

export interface RepairedMarkup {
  readonly text: string;
  /** How many items it has. */
  readonly items: number;
  readonly elements: number;
  /** Whether the document ended before its root did. */
  readonly cutOff: boolean;
}

type OpenTag = Extract<MarkupToken, { kind: 'open' }>;

/**
 * Makes well-formed XML of what feeds send: closes what was left open, drops ends that have no start, takes an item out
 * of the item it stands in, and stops after the root. Of an item that broke off at the end of the document only one
 * whose title and link (or id) are whole stays. Every item gets a number as its `xml:id`, so that none is empty.
 */
export function repairMarkup(text: string): Result<RepairedMarkup, ReadError> {
  const tokens = new MarkupTokens(text);
  const repair = new Repair();
  for (const token of tokens) {
    repair.take(token);
    if (repair.elements > MOST_ELEMENTS || repair.items > MOST_ITEMS) return tooComplex('The document has too many elements to be a feed.');
    if (repair.depth > MOST_DEPTH) return tooComplex('The document is nested too deeply to be a feed.');
    if (repair.finished) break;
  }
  return tokens.problem === undefined ? ok(repair.end()) : err(tokens.problem);
}

class Repair {
  /** Elements so far, and signs that might have started one. */
  elements = 0;
  items = 0;
  finished = false;
  private readonly out: string[] = [];
  private readonly open: string[] = [];
  private readonly openCounts = new Map<string, number>();
  private readonly whole = new Set<string>();
  private hoisted: string[] = [];
  /** How many elements are open around the one that is being left out. */
  private unread: number | undefined;
  /** The place of the open item in `open`, and of its first piece in `out`. */
  private item: { readonly depth: number; readonly start: number } | undefined;

  get depth(): number {
    return this.open.length;
  }

  take(token: MarkupToken): void {
    if (token.kind === 'text') {
      this.elements += token.text === '&lt;' ? 1 : 0;
      if (this.open.length > 0) this.emit(token.text);
    } else if (token.kind === 'close') this.close(token.name);
    else this.start(token);
  }

  end(): RepairedMarkup {
    const cutOff = this.open.length > 0;
    if (this.item !== undefined && !this.hasIdentity()) {
      this.out.length = this.item.start;
      this.items -= 1;
      this.unread = undefined;
      while (this.open.length > this.item.depth) this.forget();
    }
    while (this.open.length > 0) this.pop();
    return { text: this.out.join(''), items: this.items, elements: this.elements, cutOff };
  }

  private hasIdentity(): boolean {
    return this.whole.has('title') && ['link', 'guid', 'id'].some((name) => this.whole.has(name));
  }

  private start(token: OpenTag): void {
    const local = localName(token.name);
    this.elements += 1;
    if (ITEMS.has(local) && this.startItem(token)) return;
    const top = this.open.at(-1);
    if (top !== undefined && SIBLINGS.has(local) && top.toLowerCase() === token.name.toLowerCase()) this.pop();
    const skipped = this.unread === undefined && !this.isRead(token.name, local);
    if (token.selfClosing) {
      if (!skipped) this.emit(token.tag);
      if (this.open.length - 1 === this.item?.depth) this.whole.add(local);
    } else if (VOID.has(token.name.toLowerCase())) this.emit(`${token.tag.slice(0, -1)}/>`);
    else {
      if (skipped) this.unread = this.open.length;
      this.push(token.name, token.tag);
    }
  }

  private isRead(name: string, local: string): boolean {
    const parent = localName(this.open.at(-1) ?? '');
    if (!CONTAINERS.has(parent) && this.open.length - 1 !== this.item?.depth) return true;
    return CONTAINERS.has(local) || (READ.has(local) && !UNREAD_PREFIX.test(name));
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
    if (token.selfClosing) return this.out.push(this.numbered(token)) > 0;
    this.item = { depth: this.open.length, start: this.out.length };
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
    while (this.open.at(-1)?.toLowerCase() !== key) this.pop();
    this.pop();
    this.finished = this.open.length === 0;
  }

  private push(name: string, tag: string): void {
    this.emit(tag);
    this.open.push(name);
    const key = name.toLowerCase();
    this.openCounts.set(key, (this.openCounts.get(key) ?? 0) + 1);
  }

  private pop(): void {
    const name = this.forget();
    this.emit(`</${name}>`);
    if (this.unread === this.open.length) this.unread = undefined;
    if (this.item === undefined) return;
    if (this.open.length === this.item.depth) {
      this.item = undefined;
      this.out.push(...this.hoisted);
      this.hoisted = [];
    } else if (this.open.length - 1 === this.item.depth) this.whole.add(localName(name));
  }

  private forget(): string {
    const name = this.open.pop() ?? '';
    const key = name.toLowerCase();
    this.openCounts.set(key, (this.openCounts.get(key) ?? 1) - 1);
    return name;
  }
}
