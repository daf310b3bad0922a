import { parse } from 'yaml';
import * as z from 'zod';
import type { Acknowledgement } from './review-triggers';

const frontMatterSchema = z.object({
  acknowledged: z
    .array(z.strictObject({
      trigger: z.string(),
      date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is a date as YYYY-MM-DD'),
      reason: z.string().min(20, 'says in a sentence why the decision stands'),
    }))
    .default([]),
});

/** Reads the acknowledgements out of a record's front matter (YAML between two lines of ---). */
export function acknowledgementsOf(record: string, path: string): readonly Acknowledgement[] {
  const [, text] = /^---\n([\s\S]*?)\n---\n/.exec(record) ?? [];
  if (text === undefined) return [];
  const parsed = frontMatterSchema.safeParse(parse(text));
  if (!parsed.success) throw new Error(`The front matter of ${path} cannot be used: ${z.prettifyError(parsed.error)}`);
  return parsed.data.acknowledged;
}
