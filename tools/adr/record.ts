import { basename } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is a date as YYYY-MM-DD').refine((text) => !Number.isNaN(Date.parse(text)), 'is no day of the calendar');
const recordId = z.string().regex(/^\d{4}$/, 'is four digits in quotation marks, such as "0007"');

/** The parts of the system that own decisions: each has somebody who keeps it, see CONTRIBUTING.md. */
export const owners = ['aws', 'ingestion', 'model', 'reporting', 'storage', 'tools', 'web'] as const;

const triggerSchema = z.union([
  z.strictObject({ name: z.string().min(1), condition: z.string().min(10), judgedBy: z.literal('people') }),
  z.strictObject({ name: z.string().min(1), condition: z.string().min(10), measure: z.string().min(1), above: z.number() }),
  z.strictObject({ name: z.string().min(1), condition: z.string().min(10), measure: z.string().min(1), below: z.number() }),
]);

const frontMatterSchema = z
  .strictObject({
    id: recordId,
    status: z.string().regex(/^(proposed|accepted|deprecated|superseded by \d{4})$/, 'is proposed, accepted, deprecated, or "superseded by 0007"'),
    supersedes: z.array(recordId).default([]),
    date: day,
    owner: z.enum(owners),
    /** From which usual practice, in a sentence; "no" where from none. */
    deviates: z.union([z.literal('no'), z.string().min(20, 'is "no", or says in a sentence from what')]),
    reviewed: day,
    nextReview: day,
    /** The files that this decision shapes, as globs from the workspace's root. */
    governs: z.array(z.string().min(1)).min(1),
    triggers: z.array(triggerSchema).min(1),
    acknowledged: z
      .array(z.strictObject({ trigger: z.string(), date: day, reason: z.string().min(20, 'says in a sentence why the decision stands') }))
      .default([]),
  })
  .superRefine(({ date, reviewed, nextReview, triggers, acknowledged }, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (reviewed < date) fault('reviewed', `lies before the decision's own date, ${date}`);
    if (nextReview <= reviewed) fault('nextReview', `does not lie after the last one, ${reviewed}`);
    else if (daysBetween(reviewed, nextReview) > LONGEST_INTERVAL) fault('nextReview', `is more than a quarter (${LONGEST_INTERVAL} days) after the last one, ${reviewed}`);
    const names = triggers.map(({ name }) => name);
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice) fault('triggers', `"${twice}" is there twice`);
    const unknown = acknowledged.find(({ trigger }) => !names.includes(trigger));
    if (unknown) fault('acknowledged', `"${unknown.trigger}" is no trigger of this record; there are ${names.join(', ')}`);
  });

/** A quarter, with some days for those who are away. */
const LONGEST_INTERVAL = 100;

export type FrontMatter = z.infer<typeof frontMatterSchema>;
export type ReviewTrigger = FrontMatter['triggers'][number];

/** An architecture decision record. */
export interface DecisionRecord extends FrontMatter {
  /** Its file's name, such as 0007-when-a-mood-has-changed.md. */
  readonly file: string;
  readonly title: string;
  /** What stands below the front matter. */
  readonly body: string;
}

/** Days from one date to another, both YYYY-MM-DD; negative where the second is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** The sections that every record has, in this order. */
const sections = ['## Context', '## Decision', '## Alternatives', '## Consequences'];

/** Reads a record. Throws one sentence that names the file and everything that is wrong with it. */
export function parseRecord(text: string, path: string): DecisionRecord {
  const file = basename(path);
  const [, yaml, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  if (yaml === undefined || body === undefined) throw new Error(`${path} has no front matter: it begins with "---", see docs/adr/README.md.`);
  const parsed = frontMatterSchema.safeParse(parse(yaml));
  if (!parsed.success) throw new Error(`The front matter of ${path} cannot be used: ${z.prettifyError(parsed.error)}`);
  const { id } = parsed.data;
  if (!file.startsWith(`${id}-`)) throw new Error(`${path} has the id "${id}" in its front matter, and another number in its name.`);
  const [, title] = /^# (.+)$/m.exec(body) ?? [];
  if (!title?.startsWith(`${id}: `)) throw new Error(`${path} needs the heading "# ${id}: …".`);
  const places = sections.map((section) => body.indexOf(`\n${section}\n`));
  const missing = sections.find((_section, at) => (places[at] ?? -1) < (places[at - 1] ?? 0));
  if (missing) throw new Error(`${path} lacks the section "${missing}", or has it in another order: ${sections.join(', ')}.`);
  return { ...parsed.data, file, title: title.slice(id.length + 2), body };
}
