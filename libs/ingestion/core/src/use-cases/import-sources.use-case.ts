import { distinctGroups, MOST_GROUPS, type Clock } from '@barometer/kernel';
import { newSource, sourceFields, type NewSource } from '../domain/new-source';
import { SourceIds } from '../domain/source-ids';
import { noteOn, type ListedSource, type ListNote, type SourceList } from '../domain/source-list';
import type { Source } from '../domain/source';
import { usableFields } from '../domain/usable-fields';
import type { SourceStore } from '../ports/source-store.port';
import { AddSource } from './add-source.use-case';

export interface ImportReport {
  readonly added: number;
  /** Entries whose address existed already, in the store or earlier in the list. */
  readonly alreadyThere: number;
  /** Existing sources that were in no group, and are now in those of the list. */
  readonly grouped: number;
  /** Entries from which no source could be made. */
  readonly refused: readonly ListNote[];
  /** Fields and groups that could not be used unchanged, and what was done with them; their sources were added. */
  readonly leftOut: readonly ListNote[];
}

export interface ImportOptions {
  /** Called after every batch with the number of sources stored so far, and of those to add. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A source to add, with the entry that it comes from. */
interface Candidate {
  readonly entry: ListedSource;
  readonly usable: NewSource;
  source: Source;
}

/** Sources that are stored together; few enough for useful progress reports. */
const BATCH = 500;

/**
 * Adds the sources of a list. A refused entry does not stop the others, and an unusable field does not cost the entry.
 * An address in several folders is one source in several groups; groups beyond the limit are left out and reported. An
 * existing source keeps its own groups. Existing sources are read only once, so that the time is linear in the length of
 * the list.
 */
export class ImportSources {
  private readonly addSource: AddSource;

  constructor(private readonly deps: { readonly sources: SourceStore; readonly clock: Clock }) {
    this.addSource = new AddSource(deps);
  }

  async execute(list: SourceList, { onProgress }: ImportOptions = {}): Promise<ImportReport> {
    const report = { added: 0, alreadyThere: 0, grouped: 0, refused: [...(list.unread ?? [])], leftOut: [...(list.leftOut ?? [])] };
    const groups = new Map<string, readonly string[]>();
    const candidates = await this.candidates(list, report, groups);
    for (let start = 0; start < candidates.length; start += BATCH) {
      const batch = candidates.slice(start, start + BATCH);
      const added = await this.deps.sources.addAll(batch.map(({ source }) => source));
      for (const [index, candidate] of batch.entries()) {
        if (added[index]) report.added += 1;
        else await this.addAlone(candidate, report);
      }
      onProgress?.(start + batch.length, candidates.length);
    }
    report.grouped = await this.group(groups);
    return report;
  }

  /** The sources to add; records in the report the entries that are not added, and in `groups`, by id, the list's groups of existing sources. */
  private async candidates({ sources }: SourceList, report: Report, groups: Map<string, readonly string[]>): Promise<Candidate[]> {
    const there = await this.deps.sources.list();
    const known = new Map(there.map((source) => [source.url, source]));
    const listed = new Map<string, Candidate>();
    const ids = new SourceIds(there.map(({ id }) => id));
    const candidates: Candidate[] = [];
    const beyond = new GroupsBeyond();
    for (const entry of sources) {
      const { usable, leftOut } = usableFields({ ...entry, groups: fitting(entry.groups) });
      const fields = sourceFields(usable);
      if (!fields.ok) {
        report.refused.push(noteOn(entry, fields.error.message));
        continue;
      }
      const { url, groups: own = [] } = fields.value;
      const named = [...own, ...tooMany(entry.groups)];
      const [source, candidate] = [known.get(url), listed.get(url)];
      if (candidate) {
        candidate.source = withGroups(candidate.source, beyond.fit(url, candidate.entry, [...(candidate.source.groups ?? []), ...named]));
      } else if (!source) {
        const added = { entry, usable, source: newSource(ids.take(usable.id ?? fields.value.name), fields.value, this.deps.clock.now()) };
        beyond.fit(url, entry, named);
        listed.set(url, added);
        candidates.push(added);
        report.leftOut.push(...leftOut.map((message) => noteOn(entry, message)));
        continue;
      } else if (!source.groups && named.length > 0) {
        groups.set(source.id, beyond.fit(url, entry, [...(groups.get(source.id) ?? []), ...named]));
      }
      report.alreadyThere += 1;
    }
    report.leftOut.push(...beyond.notes());
    return candidates;
  }

  private async group(groups: ReadonlyMap<string, readonly string[]>): Promise<number> {
    const ids = [...groups.keys()];
    let grouped = 0;
    for (let start = 0; start < ids.length; start += BATCH) {
      const changed = await this.deps.sources.changeEach(ids.slice(start, start + BATCH), ({ id, groups: own }) =>
        own ? {} : { groups: groups.get(id) ?? [] },
      );
      grouped += changed.length;
    }
    return grouped;
  }

  /** Adds a source whose id or address another writer took meanwhile. */
  private async addAlone({ entry, usable, source: { groups } }: Candidate, report: Report): Promise<void> {
    const result = await this.addSource.execute({ ...usable, groups });
    if (result.ok) report.added += 1;
    else if (result.error.code === 'already-there') report.alreadyThere += 1;
    else report.refused.push(noteOn(entry, result.error.message));
  }
}

/** At most this many groups are named in a note. */
const MOST_TOLD = 20;

/** Splits names into as many as a source can have groups, and the rest. */
const fitting = (names: readonly string[] = []): readonly string[] => distinctGroups(names).slice(0, MOST_GROUPS);
const tooMany = (names: readonly string[] = []): readonly string[] => distinctGroups(names).slice(MOST_GROUPS);

const withGroups = (source: Source, groups: readonly string[]): Source => (groups.length > 0 ? { ...source, groups } : source);

/** Collects for each address the groups that exceed the limit of one source. */
class GroupsBeyond {
  private readonly addresses = new Map<string, { readonly entry: ListedSource; readonly names: string[] }>();

  /** @returns the first ones, up to the limit */
  fit(url: string, entry: ListedSource, names: readonly string[]): readonly string[] {
    const beyond = tooMany(names);
    const address = this.addresses.get(url) ?? { entry, names: [] };
    address.names.push(...beyond);
    if (beyond.length > 0) this.addresses.set(url, address);
    return fitting(names);
  }

  notes(): ListNote[] {
    return [...this.addresses.values()].map(({ entry, names }) => {
      const left = distinctGroups(names);
      const told = left.slice(0, MOST_TOLD).map((name) => `"${name}"`);
      const more = left.length > MOST_TOLD ? ` and ${left.length - MOST_TOLD} more` : '';
      return noteOn(
        entry,
        `A source is in at most ${MOST_GROUPS} groups; ${left.length} ${left.length === 1 ? 'was' : 'were'} left out: ${told.join(', ')}${more}.`,
      );
    });
  }
}

interface Report extends ImportReport {
  added: number;
  alreadyThere: number;
  grouped: number;
  readonly refused: ListNote[];
  readonly leftOut: ListNote[];
}
