import { newestFirst, type ListPosition } from './cursor';

/** Reads a list from new to old: up to `size` rows after a position. Fewer mean that the list has ended. */
export type ReadList<Row> = (after: ListPosition | undefined, size: number) => Promise<readonly Row[]>;

interface Head<Row> {
  readonly read: ReadList<Row>;
  rows: readonly Row[];
  at: number;
  /** Rows to request in the next read; 0 once the list has ended. */
  size: number;
}

const READS_AT_ONCE = 16;
const LEAST_READ = 10;

/**
 * Several lists merged into one, newest first: up to `most` rows after a position; a row in several lists comes once.
 * Every list is read in small parts first, so that many lists cost little more than one; the list with most of the rows
 * is read in larger and larger parts.
 */
export async function mergedLists<Row extends ListPosition>(
  lists: readonly ReadList<Row>[],
  { after, most }: { readonly after?: ListPosition | undefined; readonly most: number },
): Promise<Row[]> {
  const first = Math.min(most, Math.max(LEAST_READ, Math.ceil((2 * most) / Math.max(1, lists.length))));
  const heads = lists.map((read): Head<Row> => ({ read, rows: [], at: 0, size: first }));
  for (let start = 0; start < heads.length; start += READS_AT_ONCE)
    await Promise.all(heads.slice(start, start + READS_AT_ONCE).map((head) => readOn(head, after, most)));
  const found: Row[] = [];
  while (found.length < most) {
    const next = newestOf(heads);
    const row = next?.rows[next.at];
    if (!next || !row) break;
    next.at += 1;
    if (row.id !== found.at(-1)?.id) found.push(row);
    if (found.length < most && next.at === next.rows.length && next.size > 0) await readOn(next, row, most);
  }
  return found;
}

async function readOn<Row extends ListPosition>(head: Head<Row>, after: ListPosition | undefined, most: number): Promise<void> {
  head.rows = await head.read(after, head.size);
  head.at = 0;
  head.size = head.rows.length < head.size ? 0 : Math.min(most, head.size * 2);
}

function newestOf<Row extends ListPosition>(heads: readonly Head<Row>[]): Head<Row> | undefined {
  let newest: Head<Row> | undefined;
  let best: Row | undefined;
  for (const head of heads) {
    const row = head.rows[head.at];
    if (row && (!best || newestFirst(row, best) < 0)) [newest, best] = [head, row];
  }
  return newest;
}
