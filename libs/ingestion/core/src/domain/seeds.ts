import * as z from 'zod';
import { err, ok, type PhraseRule, type Result } from '@barometer/kernel';
import { noteOn, type ListedSource, type ListNote, type SourceList } from './source-list';

/** A topic as config/topics.yaml lists it. */
export interface TopicSeed extends PhraseRule {
  readonly name: string;
}

const text = z.string({ error: 'must be a text' }).trim().min(1, 'must not be empty').max(200, 'must be at most 200 characters long');

const phrases = z.array(text, { error: 'must be a list of phrases' }).default([]);
const topicSeed = z
  .strictObject({ name: text, anyOf: phrases, allOf: phrases, noneOf: phrases })
  .refine(({ anyOf, allOf }) => anyOf.length + allOf.length > 0, { error: 'must have a phrase in anyOf or allOf' });

/**
 * Reads the parsed config/sources.yaml: `sources:` and a list. An invalid entry does not affect others, and an invalid field
 * other than the address only that field; the notes name the entry. The result is an error if there is no such list.
 */
export function parseSourceSeeds(value: unknown): Result<SourceList, { readonly message: string }> {
  const list = listOf('sources', value);
  if (!list) return err({ message: 'There must be a list "sources:".' });
  const [sources, unread, leftOut]: [ListedSource[], ListNote[], ListNote[]] = [[], [], []];
  for (const [index, raw] of list.entries()) {
    const place = `sources[${index}]`;
    const { url, ...fields } = z.record(z.string(), z.unknown()).safeParse(raw).data ?? {};
    if (typeof url !== 'string') {
      unread.push(noteOn({ place, url: '', name: nameIn(fields) }, 'There is no address under "url".'));
      continue;
    }
    const { known, problems } = seedFields(fields);
    const source: ListedSource = { ...known, place, url };
    sources.push(source);
    leftOut.push(...problems.map((problem) => noteOn({ ...source, name: nameIn(fields) }, problem)));
  }
  return ok({ sources, unread, leftOut });
}

const seedText = z.union([z.string(), z.number().transform(String)], { error: 'must be a text' });
const seedNumber = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)], { error: 'must be a number' });
/** A single name may be given without a list. */
const seedGroups = z.union([z.array(seedText), seedText.transform((name) => [name])], { error: 'must be a list of names' });
const seedSchemas = new Map<string, z.ZodType>([
  ['id', seedText],
  ['name', seedText],
  ['kind', z.enum(['feed', 'newsapi'])],
  ['homepage', seedText],
  ['language', seedText],
  ['intervalMinutes', seedNumber],
  ['userAgent', seedText],
  ['groups', seedGroups],
]);

/** The valid fields of an entry, and a sentence about each of the others. */
function seedFields(fields: Readonly<Record<string, unknown>>): { known: Partial<ListedSource>; problems: string[] } {
  const known: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [given, value] of Object.entries(fields)) {
    // Older lists have `field` in place of `groups`.
    const name = given === 'field' && !('groups' in fields) ? 'groups' : given;
    const schema = seedSchemas.get(name);
    const parsed = schema?.safeParse(value);
    if (parsed?.success) known[name] = parsed.data;
    // An empty field of YAML is null.
    else if (value !== null || !schema)
      problems.push(`The field ${name.slice(0, 40)} ${parsed ? (parsed.error.issues[0]?.message ?? 'is wrong') : 'is not known'}; it was left out.`);
  }
  return { known, problems };
}

const nameIn = ({ id, name }: Readonly<Record<string, unknown>>): string | undefined => [name, id].find((text) => typeof text === 'string');

/** Reads the parsed config/topics.yaml: `topics:` and a list. An error names the entry and its field. */
export function parseTopicSeeds(value: unknown): Result<readonly TopicSeed[], { readonly message: string }> {
  const seeds = parseList('topics', topicSeed, value);
  return seeds.ok ? unique('topics', seeds.value, ['name']) : seeds;
}

function parseList<T extends z.ZodType>(key: string, entry: T, value: unknown): Result<readonly z.infer<T>[], { readonly message: string }> {
  const list = listOf(key, value);
  if (!list) return err({ message: `There must be a list "${key}:".` });
  const entries: z.infer<T>[] = [];
  for (const [index, raw] of list.entries()) {
    const parsed = entry.safeParse(raw);
    if (!parsed.success) return err({ message: parsed.error.issues.map((issue) => describe(key, index, raw, issue)).join('; ') });
    entries.push(parsed.data);
  }
  return ok(entries);
}

const listOf = (key: string, value: unknown): unknown[] | undefined => z.object({ [key]: z.array(z.unknown()) }).safeParse(value).data?.[key];

function describe(key: string, index: number, raw: unknown, issue: z.core.$ZodIssue): string {
  const field = issue.path.length > 0 ? `: ${issue.path.join('.')}` : ':';
  return `${entryName(key, index, raw)}${field} ${issue.message}`;
}

function entryName(key: string, index: number, raw: unknown): string {
  const { id, name } = z.object({ id: z.string().optional(), name: z.string().optional() }).safeParse(raw).data ?? {};
  const title = id ?? name;
  return `${key}[${index}]${title ? ` (${title})` : ''}`;
}

function unique<T extends object>(
  key: string,
  entries: readonly T[],
  fields: readonly (keyof T & string)[],
): Result<readonly T[], { readonly message: string }> {
  for (const field of fields) {
    const values = entries.map((entry) => entry[field]);
    const index = values.findIndex((value, at) => values.indexOf(value) < at);
    if (index >= 0) return err({ message: `${entryName(key, index, entries[index])}: ${field} is there twice` });
  }
  return ok(entries);
}
