import type { ListedSource, ListNote, SourceList } from '@barometer/ingestion';
import { err, ok, type Result } from '@barometer/kernel';
import { decodeText } from '@barometer/text';
import { Parser } from 'htmlparser2';
import { LineCounter } from './line-counter';

/** As much as of a feed. */
const MOST_BYTES = 10 * 2 ** 20;
/** Ten times the longest list that readers of feeds are known to export; what is beyond was made to hurt. */
const MOST_OUTLINES = 50_000;
const MOST_NAME_CHARACTERS = 200;
/** The words of `type` that promise a feed. */
const FEED_TYPES = /^(?:rss|atom|rdf|feed|json|jsonfeed)$/i;

/**
 * The feeds of an OPML list in any charset that feeds are read in, in their order, an address as often as it is there. An
 * outline without an address is a folder: its name becomes the field of the feeds in it. Broken markup is read as far as
 * its outlines can be told apart; entities that it declares stay as they are. `message` is one sentence for a reader.
 *
 * @example
 * const list = readOpml(await readFile('feeds.opml'));
 */
export function readOpml(body: Uint8Array, contentType?: string): Result<SourceList, { readonly message: string }> {
  if (body.byteLength > MOST_BYTES) return err({ message: 'The list is larger than 10 MiB.' });
  const text = decodeText(body, contentType);
  if (!text.ok) return err({ message: text.error.message });
  const outlines = new Outlines(text.value);
  if (!outlines.isOpml) return err({ message: 'The document is not an OPML list.' });
  if (outlines.count > MOST_OUTLINES) return err({ message: `The list has more than ${MOST_OUTLINES} entries.` });
  const { sources, cutOff, place } = outlines;
  if (cutOff && sources.length === 0) return err({ message: 'The list breaks off before its first source.' });
  const end: ListNote = { place, url: '', message: 'The list breaks off here; what came after it is not known.' };
  return ok({ sources, unread: cutOff ? [end] : [] });
}

/** Collects the outlines of a text. */
class Outlines {
  readonly sources: ListedSource[] = [];
  count = 0;
  isOpml = false;
  /** Whether the text ended before its root did, or in the middle of a tag. */
  cutOff = true;
  private root: string | undefined;
  /** The field that each open outline gives to those in it. */
  private readonly folders: (string | undefined)[] = [];
  private readonly lines: LineCounter;
  private readonly parser: Parser;

  constructor(text: string) {
    this.lines = new LineCounter(text);
    this.parser = new Parser(
      {
        onopentag: (name, attributes) => this.open(local(name), attributes),
        onclosetag: (name, isImplied) => this.close(local(name), isImplied),
      },
      { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
    );
    this.parser.end(text);
  }

  /** Where the text is being read, or ended. */
  get place(): string {
    return `line ${this.lines.at(this.parser.startIndex)}`;
  }

  private open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.root ??= name;
    this.isOpml = this.root === 'opml';
    if (!this.isOpml || name !== 'outline') return;
    this.count += 1;
    const folder = this.folders.at(-1);
    const source = this.count > MOST_OUTLINES ? undefined : this.sourceOf(attributes, folder);
    if (source) this.sources.push(source);
    this.folders.push(source ? folder : (nameOf(attributes) ?? folder));
  }

  private close(name: string, isImplied: boolean): void {
    if (name === 'outline') this.folders.pop();
    if (name === this.root) this.cutOff = isImplied;
  }

  private sourceOf(attributes: Readonly<Record<string, string>>, folder: string | undefined): ListedSource | undefined {
    const { xmlurl, url, type, htmlurl, language, category } = attributes;
    const isFeed = FEED_TYPES.test(type?.trim() ?? '');
    const address = xmlurl ?? (isFeed ? (url ?? '') : undefined);
    if (address === undefined || (address.trim() === '' && !isFeed)) return undefined;
    const name = nameOf(attributes);
    const field = folder ?? category?.split(',')[0]?.split('/').findLast((part) => part.trim() !== '')?.trim();
    return {
      place: this.place, url: webAddress(address), ...(name !== undefined && { name }), ...(htmlurl?.trim() && { homepage: htmlurl.trim() }),
      ...(language?.trim() && { language: language.trim() }), ...(field && { field }),
    };
  }
}

const nameOf = ({ title, text }: Readonly<Record<string, string>>): string | undefined =>
  [title, text].find((name) => name?.trim())?.trim().slice(0, MOST_NAME_CHARACTERS);

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Undoes the "feed:" that browsers once put before the addresses of feeds. */
const webAddress = (address: string): string => address.trim().replace(/^feed:(?=https?:)/i, '').replace(/^feed:\/\//i, 'http://');
