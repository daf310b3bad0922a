import type { NewSource } from './new-source';

/** A source as given in a list of sources. */
export interface ListedSource extends NewSource {
  /** Its position in the list, such as "line 12", for notes. */
  readonly place?: string | undefined;
}

/** A note about an entry of a list. */
export interface ListNote {
  /** Its position in the list, such as "line 12". */
  readonly place?: string;
  readonly name?: string;
  /** The address as the list gives it; empty if it gives none. */
  readonly url: string;
  /** A sentence for a reader. */
  readonly message: string;
}

/** The contents of a list of sources, with notes on what could not be read. */
export interface SourceList {
  readonly sources: readonly ListedSource[];
  /** Parts of the list without a readable source. */
  readonly unread?: readonly ListNote[];
  /** Unreadable fields of entries that are used without them. */
  readonly leftOut?: readonly ListNote[];
}

export function noteOn({ place, name, url }: ListedSource, message: string): ListNote {
  return { ...(place !== undefined && { place }), ...(name ? { name } : {}), url, message };
}
