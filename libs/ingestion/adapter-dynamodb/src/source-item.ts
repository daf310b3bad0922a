import { hostOfSource, readSource, type Source } from '@barometer/ingestion';
import { checkVersion, SCHEMA_VERSION, sourceKey, type Item } from '@barometer/storage-dynamodb';

/** A source with its lease. */
export interface SourceRecord {
  readonly source: Source;
  /** Increases with every write; a writer must name the revision that it read. */
  readonly rev: number;
  /** A poll was requested since the last lease. */
  readonly asked: boolean;
  readonly lease?: { readonly token: string; readonly until: number; readonly host: string };
}

export const hostOf = (record: SourceRecord): string => hostOfSource(record.source);

/** A source as an item. It is JSON, since a feed may send any text and no query uses it. */
export const sourceItem = ({ source, rev, asked, lease }: SourceRecord): Item => ({
  ...sourceKey(source.id),
  v: SCHEMA_VERSION,
  body: JSON.stringify(source),
  rev,
  asked,
  ...(lease && { lease }),
});

export function sourceOf(item: Item): SourceRecord {
  checkVersion(item);
  const { body, rev, asked, lease } = item as unknown as { body: string; rev: number; asked: boolean; lease?: NonNullable<SourceRecord['lease']> };
  return { source: readSource(body), rev, asked, ...(lease && { lease }) };
}
