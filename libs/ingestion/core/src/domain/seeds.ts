import * as z from 'zod';
import { err, ok, type PhraseRule, type Result } from '@barometer/kernel';
import type { NewSource } from './new-source';

/** A source as config/sources.yaml lists it. */
export type SourceSeed = NewSource & { readonly id: string; readonly name: string };

/** A topic as config/topics.yaml lists it. */
export interface TopicSeed extends PhraseRule {
  readonly name: string;
}

const text = z.string({ error: 'must be a text' }).trim().min(1, 'must not be empty').max(200, 'must be at most 200 characters long');
const webAddress = z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).max(2_048);

const sourceSeed = z.strictObject({
  id: z.string({ error: 'must be a text' }).regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be small letters, digits and dashes'),
  name: text,
  url: z.union([webAddress, z.string().regex(/^newsapi:./)], { error: 'must be an http or https address, or "newsapi:" and a query' }),
  homepage: webAddress.optional(),
  language: z.string().regex(/^[a-z]{2}$/, 'must be a two-letter code such as en').optional(),
  field: text.optional(),
  intervalMinutes: z.int('must be a whole number').min(1, 'must be at least 1').max(1_440, 'must be at most 1440').optional(),
});

const phrases = z.array(text, { error: 'must be a list of phrases' }).default([]);
const topicSeed = z
  .strictObject({ name: text, anyOf: phrases, allOf: phrases, noneOf: phrases })
  .refine(({ anyOf, allOf }) => anyOf.length + allOf.length > 0, { error: 'must have a phrase in anyOf or allOf' });

/** Reads the parsed config/sources.yaml: `sources:` and a list. An error names the entry and its field. */
export function parseSourceSeeds(value: unknown): Result<readonly SourceSeed[], { readonly message: string }> {
  const seeds = parseList('sources', sourceSeed, value);
  return seeds.ok ? unique('sources', seeds.value, ['id', 'url']) : seeds;
}

/** Reads the parsed config/topics.yaml: `topics:` and a list. An error names the entry and its field. */
export function parseTopicSeeds(value: unknown): Result<readonly TopicSeed[], { readonly message: string }> {
  const seeds = parseList('topics', topicSeed, value);
  return seeds.ok ? unique('topics', seeds.value, ['name']) : seeds;
}

function parseList<T extends z.ZodType>(key: string, entry: T, value: unknown): Result<readonly z.infer<T>[], { readonly message: string }> {
  const list = z.object({ [key]: z.array(z.unknown()) }).safeParse(value).data?.[key];
  if (!list) return err({ message: `There must be a list "${key}:".` });
  const entries: z.infer<T>[] = [];
  for (const [index, raw] of list.entries()) {
    const parsed = entry.safeParse(raw);
    if (!parsed.success) return err({ message: parsed.error.issues.map((issue) => describe(key, index, raw, issue)).join('; ') });
    entries.push(parsed.data);
  }
  return ok(entries);
}

function describe(key: string, index: number, raw: unknown, issue: z.core.$ZodIssue): string {
  const field = issue.path.length > 0 ? `: ${issue.path.join('.')}` : ':';
  return `${entryName(key, index, raw)}${field} ${issue.message}`;
}

function entryName(key: string, index: number, raw: unknown): string {
  const { id, name } = z.object({ id: z.string().optional(), name: z.string().optional() }).safeParse(raw).data ?? {};
  const title = id ?? name;
  return `${key}[${index}]${title ? ` (${title})` : ''}`;
}

function unique<T extends object>(key: string, entries: readonly T[], fields: readonly (keyof T & string)[]): Result<readonly T[], { readonly message: string }> {
  for (const field of fields) {
    const values = entries.map((entry) => entry[field]);
    const index = values.findIndex((value, at) => values.indexOf(value) < at);
    if (index >= 0) return err({ message: `${entryName(key, index, entries[index])}: ${field} is there twice` });
  }
  return ok(entries);
}
