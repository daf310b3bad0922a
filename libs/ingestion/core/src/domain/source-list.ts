import type { NewSource } from './new-source';

/** A source as a list of sources names it. */
export interface ListedSource extends NewSource {
  /** Where it stands in the list, such as "line 12", for what is said of it. */
  readonly place?: string | undefined;
}

/** What is to be told about an entry of a list. */
export interface ListNote {
  /** Where it stands in the list, such as "line 12". */
  readonly place?: string;
  readonly name?: string;
  /** The address as the list gives it; empty where it gives none. */
  readonly url: string;
  /** A sentence for a reader. */
  readonly message: string;
}

/** What a list of sources holds, with what could not be read of it. */
export interface SourceList {
  readonly sources: readonly ListedSource[];
  /** Parts of the list that name no source which could be read. */
  readonly unread?: readonly ListNote[];
  /** Fields that could not be read, of entries that are taken without them. */
  readonly leftOut?: readonly ListNote[];
}

/** A note on an entry. */
export function noteOn({ place, name, url }: ListedSource, message: string): ListNote {
  return { ...(place !== undefined && { place }), ...(name ? { name } : {}), url, message };
}
