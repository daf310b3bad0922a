import type { ListedSource, ListNote, SourceList } from '@barometer/ingestion';
import { distinctGroups, err, groupOfFolders, ok, type Result } from '@barometer/kernel';
import { decodeText } from '@barometer/text';
import { Parser } from 'htmlparser2';
import { LineCounter } from './line-counter';

/** The same limit as for a feed. */
const MOST_BYTES = 10 * 2 ** 20;
/** Ten times the longest list that feed readers are known to export; a longer one is an attack. */
const MOST_OUTLINES = 50_000;
const MOST_NAME_CHARACTERS = 200;
/** Characters of a name that are shown in a note. */
const MOST_TOLD_CHARACTERS = 300;
/** Maximum depth of nested folders that are distinguished. */
const MOST_FOLDERS = 8;
/** Values of `type` that indicate a feed. */
const FEED_TYPES = /^(?:rss|atom|rdf|feed|json|jsonfeed)$/i;

/**
 * Reads the feeds of an OPML list in any charset that feeds are read in, in their order; an address may occur several
 * times. An outline without an address is a folder: its feeds are in a group with its name, which for a nested folder
 * begins with that of the outer one and a slash, and is cut if it is too long for a group. Broken markup is read as far
 * as its outlines can be separated; entities that it declares are not expanded. `message` is one sentence for a reader.
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
  return ok({ sources, unread: cutOff ? [end] : [], leftOut: outlines.cutGroups() });
}

/** Collects the outlines of a text. */
class Outlines {
  readonly sources: ListedSource[] = [];
  count = 0;
  isOpml = false;
  /** Whether the text ended before its root element did, or within a tag. */
  cutOff = true;
  private root: string | undefined;
  /** For each open outline, the folders of the outlines in it. */
  private readonly folders: (readonly string[])[] = [];
  /** Folders by their full names, with the feeds in them. */
  private readonly cuts = new Map<string, { readonly place: string; readonly rule: string; readonly name: string; feeds: number }>();
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

  /** Notes on the folders whose names were changed to valid names of groups. */
  cutGroups(): ListNote[] {
    return [...this.cuts].map(([whole, { place, rule, name, feeds }]) => ({
      place,
      url: '',
      message: `The name of a group ${rule}; "${shortened(whole)}" became "${name}", for ${feeds} ${feeds === 1 ? 'feed' : 'feeds'}.`,
    }));
  }

  /** The position where the text is being read, or ended. */
  get place(): string {
    return `line ${this.lines.at(this.parser.startIndex)}`;
  }

  private open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.root ??= name;
    this.isOpml = this.root === 'opml';
    if (!this.isOpml || name !== 'outline') return;
    this.count += 1;
    const folders = this.folders.at(-1) ?? [];
    const source = this.count > MOST_OUTLINES ? undefined : this.sourceOf(attributes, folders);
    if (source) this.sources.push(source);
    const folder = source ? undefined : nameOf(attributes);
    // Deeper folders do not change the name of a group.
    this.folders.push(folder === undefined || folders.length >= MOST_FOLDERS ? folders : [...folders, folder]);
  }

  private close(name: string, isImplied: boolean): void {
    if (name === 'outline') this.folders.pop();
    if (name === this.root) this.cutOff = isImplied;
  }

  private sourceOf(attributes: Readonly<Record<string, string>>, folders: readonly string[]): ListedSource | undefined {
    const { xmlurl, url, type, htmlurl, language, category } = attributes;
    const isFeed = FEED_TYPES.test(type?.trim() ?? '');
    const address = xmlurl ?? (isFeed ? (url ?? '') : undefined);
    if (address === undefined || (address.trim() === '' && !isFeed)) return undefined;
    const name = nameOf(attributes);
    const groups = (folders.length > 0 ? [folders] : (category ?? '').split(',').map((path) => [path])).flatMap((path) => this.groupOf(path) ?? []);
    return {
      place: this.place,
      url: webAddress(address),
      ...(name !== undefined && { name }),
      ...(htmlurl?.trim() && { homepage: htmlurl.trim() }),
      ...(language?.trim() && { language: language.trim() }),
      ...(groups.length > 0 && { groups: distinctGroups(groups) }),
    };
  }

  private groupOf(folders: readonly string[]): string | undefined {
    const group = groupOfFolders(folders);
    if (group?.cut) {
      const { whole, rule } = group.cut;
      const cut = this.cuts.get(whole) ?? { place: this.place, rule, name: group.name, feeds: 0 };
      cut.feeds += 1;
      this.cuts.set(whole, cut);
    }
    return group?.name;
  }
}

const shortened = (text: string): string => (text.length > MOST_TOLD_CHARACTERS ? `${text.slice(0, MOST_TOLD_CHARACTERS)}…` : text);

const nameOf = ({ title, text }: Readonly<Record<string, string>>): string | undefined =>
  [title, text]
    .find((name) => name?.trim())
    ?.trim()
    .slice(0, MOST_NAME_CHARACTERS);

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Removes the "feed:" that browsers once put before the addresses of feeds. */
const webAddress = (address: string): string =>
  address
    .trim()
    .replace(/^feed:(?=https?:)/i, '')
    .replace(/^feed:\/\//i, 'http://');
