import { wordsOf } from '@barometer/kernel';
import { cleanText } from './clean-text';
import { IMPORT, importSource } from './new-source';
import type { Source } from './source';
import { SourceIds } from './source-ids';

const MAX_NAME = 200;

/** The host of an address without `www.`; empty if the address is invalid. */
const siteOf = (address: string | undefined): string => URL.parse(address ?? '')?.hostname.replace(/^www\./, '') ?? '';

const nameKey = (name: string): string => wordsOf(name).trim() || name.trim().toLowerCase();

/**
 * Finds the source for a publisher of imported articles: the one with its name; else the only one whose address or home
 * page has the host of the article's address; else a new one with its name. Names that differ only in case, punctuation or
 * spaces are the same.
 */
export class PublisherSources {
  /** `undefined` if several sources have the name. */
  private readonly byName = new Map<string, Source | undefined>();
  private readonly bySite = new Map<string, Source | undefined>();
  private readonly ids: SourceIds;
  /** New sources that the store does not have yet. */
  private made: Source[] = [];

  constructor(there: readonly Source[]) {
    this.ids = new SourceIds(there.map(({ id }) => id));
    for (const source of there) this.learn(source);
    // Also by the publisher's name that they were made for, since a reader may have renamed them.
    for (const source of there) if (source.kind === 'import') this.byName.set(source.url.slice(IMPORT.length), source);
  }

  /** The source of an article; a new one is returned by the next `takeNew`. */
  of(publisher: string, url: string, now: number): Source {
    const name = cleanText(publisher, MAX_NAME) || publisher;
    const known = this.byName.get(nameKey(name)) ?? this.bySite.get(siteOf(url));
    if (known) {
      // From now on the name finds this source, whatever site the next article is on.
      this.byName.set(nameKey(name), known);
      return known;
    }
    const origin = URL.parse(url)?.origin;
    const source = importSource(this.ids.take(name), { name, ...(origin !== undefined && { homepage: `${origin}/` }) }, now);
    this.byName.set(nameKey(name), source);
    this.made.push(source);
    return source;
  }

  /** The new sources since the last call. */
  takeNew(): readonly Source[] {
    const made = this.made;
    this.made = [];
    return made;
  }

  private learn(source: Source): void {
    const note = (map: Map<string, Source | undefined>, key: string) => map.set(key, map.has(key) ? undefined : source);
    note(this.byName, nameKey(source.name));
    if (source.kind === 'import') return;
    for (const site of new Set([siteOf(source.url), siteOf(source.homepage)])) if (site !== '') note(this.bySite, site);
  }
}
