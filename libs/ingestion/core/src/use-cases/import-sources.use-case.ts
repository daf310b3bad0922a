import type { Clock } from '@barometer/kernel';
import { newSource, sourceFields, type NewSource } from '../domain/new-source';
import { SourceIds } from '../domain/source-ids';
import { noteOn, type ListedSource, type ListNote, type SourceList } from '../domain/source-list';
import type { Source } from '../domain/source';
import { usableFields } from '../domain/usable-fields';
import type { SourceStore } from '../ports/source-store.port';
import { AddSource } from './add-source.use-case';

export interface ImportReport {
  readonly added: number;
  /** Entries whose address was there, or had stood in the list before. */
  readonly alreadyThere: number;
  /** Entries of which no source could be made. */
  readonly refused: readonly ListNote[];
  /** Fields that could not be used; what they belong to was added without them. */
  readonly leftOut: readonly ListNote[];
}

export interface ImportOptions {
  /** Told after every batch how many of the sources to add are in the store. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A source to add, with the entry that it comes from. */
interface Candidate {
  readonly entry: ListedSource;
  readonly usable: NewSource;
  readonly source: Source;
}

/** Sources that are stored together; small enough to tell how far it is. */
const BATCH = 500;

/**
 * Adds the sources of a list. An entry that is refused stops no other, and a field that cannot be used costs no entry. It
 * reads what is there once, so that a list takes as long as it is long.
 */
export class ImportSources {
  private readonly addSource: AddSource;

  constructor(private readonly deps: { readonly sources: SourceStore; readonly clock: Clock }) {
    this.addSource = new AddSource(deps);
  }

  async execute(list: SourceList, { onProgress }: ImportOptions = {}): Promise<ImportReport> {
    const report = { added: 0, alreadyThere: 0, refused: [...(list.unread ?? [])], leftOut: [...(list.leftOut ?? [])] };
    const candidates = await this.candidates(list, report);
    for (let start = 0; start < candidates.length; start += BATCH) {
      const batch = candidates.slice(start, start + BATCH);
      const added = await this.deps.sources.addAll(batch.map(({ source }) => source));
      for (const [index, candidate] of batch.entries()) {
        if (added[index]) report.added += 1;
        else await this.addAlone(candidate, report);
      }
      onProgress?.(start + batch.length, candidates.length);
    }
    return report;
  }

  /** What is to be added; notes in the report what is not. */
  private async candidates({ sources }: SourceList, report: Report): Promise<Candidate[]> {
    const there = await this.deps.sources.list();
    const urls = new Set(there.map(({ url }) => url));
    const ids = new SourceIds(there.map(({ id }) => id));
    const candidates: Candidate[] = [];
    for (const entry of sources) {
      const { usable, leftOut } = usableFields(entry);
      const fields = sourceFields(usable);
      if (!fields.ok) report.refused.push(noteOn(entry, fields.error.message));
      else if (urls.has(fields.value.url)) report.alreadyThere += 1;
      else {
        urls.add(fields.value.url);
        candidates.push({ entry, usable, source: newSource(ids.take(usable.id ?? fields.value.name), fields.value, this.deps.clock.now()) });
        report.leftOut.push(...leftOut.map((message) => noteOn(entry, message)));
      }
    }
    return candidates;
  }

  /** One whose id or address another writer took meanwhile. */
  private async addAlone({ entry, usable }: Candidate, report: Report): Promise<void> {
    const result = await this.addSource.execute(usable);
    if (result.ok) report.added += 1;
    else if (result.error.code === 'already-there') report.alreadyThere += 1;
    else report.refused.push(noteOn(entry, result.error.message));
  }
}

interface Report extends ImportReport {
  added: number;
  alreadyThere: number;
  readonly refused: ListNote[];
  readonly leftOut: ListNote[];
}
