import type { ImportedRow } from '@barometer/ingestion';
import { parseFeedDate } from '../read/feed-date';

/** The columns of a file of articles, each with its possible names; case, spaces, dashes and underscores are ignored. */
export const columns = {
  title: ['title', 'headline'],
  url: ['url', 'link'],
  date: ['date', 'published', 'publishedat', 'pubdate', 'time'],
  publisher: ['publisher', 'source'],
  summary: ['summary', 'description'],
  language: ['language', 'lang'],
} as const satisfies Record<string, readonly string[]>;

export type Column = keyof typeof columns;

/** Columns that may be missing or empty. */
const optional: readonly Column[] = ['summary', 'language'];

/** Longer texts are shortened in messages. */
const SHOWN = 60;

const named = new Map(Object.entries(columns).flatMap(([column, names]) => names.map((name): [string, Column] => [name, column as Column])));

/** The column with this name; `undefined` for an unknown name. */
export const columnOf = (name: string): Column | undefined => named.get(name.toLowerCase().replace(/[\s_-]/g, ''));

/** The required columns that are missing. */
export const missingOf = (there: readonly (Column | undefined)[]): Column[] =>
  (Object.keys(columns) as Column[]).filter((column) => !optional.includes(column) && !there.includes(column));

/** The row with these fields, or why it is invalid, as a sentence. */
export function rowOf(fields: Readonly<Partial<Record<Column, string>>>): ImportedRow | string {
  const text = (column: Column) => fields[column]?.trim() ?? '';
  const [missing] = missingOf((Object.keys(columns) as Column[]).filter((column) => text(column) !== ''));
  if (missing !== undefined) return `it has no ${missing}`;
  const url = URL.parse(text('url'));
  if (!url || !/^https?:$/.test(url.protocol)) return `the url "${shown(text('url'))}" is no http or https address`;
  const publishedAt = parseFeedDate(text('date'));
  if (publishedAt === undefined) return `the date "${shown(text('date'))}" cannot be read; write it as 2026-03-01 or 2026-03-01T09:30:00Z`;
  return {
    title: text('title'),
    url: text('url'),
    publishedAt,
    publisher: text('publisher'),
    ...(text('summary') !== '' && { summary: text('summary') }),
    ...(text('language') !== '' && { language: text('language') }),
  };
}

const shown = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
