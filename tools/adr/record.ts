import { basename } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

/** What is said where a field is missing, and where it breaks a rule. */
const missingOr = (rule: string) => ({ error: ({ input }: { readonly input?: unknown }) => (input === undefined ? 'is missing' : rule) });
/** `abort` keeps a date that is none from being compared with others. */
const day = z.iso.date({ ...missingOr('has to be a day of the calendar, as YYYY-MM-DD'), abort: true });
const recordId = z.string(missingOr('has to be text')).regex(/^\d{4}$/, 'has to be four digits in quotation marks, such as "0007"');

/** The parts of the system that own decisions; the maintainer of a part reviews its records. */
export const owners = ['aws', 'ingestion', 'model', 'reporting', 'storage', 'tools', 'web'] as const;

const triggerSchema = z.union(
  [
    z.strictObject({ name: z.string().min(1), condition: z.string().min(10), judgedBy: z.literal('people') }),
    z.strictObject({ name: z.string().min(1), condition: z.string().min(10), measure: z.string().min(1), above: z.number() }),
    z.strictObject({ name: z.string().min(1), condition: z.string().min(10), measure: z.string().min(1), below: z.number() }),
  ],
  'has to have a name, a condition of at least ten characters, and either "judgedBy: people", or a "measure" with a number "above" or "below"; nothing else',
);

const frontMatterSchema = z
  .strictObject({
    id: recordId,
    status: z
      .string(missingOr('has to be text'))
      .regex(/^(proposed|accepted|deprecated|superseded by \d{4})$/, 'has to be proposed, accepted, deprecated, or "superseded by 0007"'),
    supersedes: z.array(recordId).default([]),
    date: day,
    owner: z.enum(owners, missingOr(`has to be one of ${owners.join(', ')}`)),
    /** From which usual practice, in a sentence; "no" where from none. */
    deviates: z
      .string(missingOr('has to be text'))
      .refine((text) => text === 'no' || text.length >= 20, 'has to be "no", or to say in a sentence (20 characters or more) from what'),
    reviewed: day,
    nextReview: day,
    /** The files that this decision shapes, as globs from the workspace's root. */
    governs: z.array(z.string().min(1), missingOr('has to be a list')).min(1, 'has to name at least one path'),
    triggers: z.array(triggerSchema, missingOr('has to be a list')).min(1, 'has to hold at least one trigger'),
    acknowledged: z
      .array(z.strictObject({ trigger: z.string(), date: day, reason: z.string().min(20, 'has to say in a sentence why the decision stands') }))
      .default([]),
  })
  .superRefine(({ date, reviewed, nextReview, triggers, acknowledged }, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (reviewed < date) fault('reviewed', `lies before the decision's own date, ${date}`);
    if (nextReview <= reviewed) fault('nextReview', `does not lie after the last one, ${reviewed}`);
    else if (daysBetween(reviewed, nextReview) > LONGEST_INTERVAL)
      fault('nextReview', `is more than a quarter (${LONGEST_INTERVAL} days) after the last one, ${reviewed}`);
    const names = triggers.map(({ name }) => name);
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice) fault('triggers', `the name "${twice}" is used twice`);
    const unknown = acknowledged.find(({ trigger }) => !names.includes(trigger));
    if (unknown) fault('acknowledged', `"${unknown.trigger}" is no trigger of this record; there are ${names.join(', ')}`);
  });

/** A quarter, plus some days for absences. */
const LONGEST_INTERVAL = 100;

export type FrontMatter = z.infer<typeof frontMatterSchema>;
export type ReviewTrigger = FrontMatter['triggers'][number];

/** An architecture decision record. */
export interface DecisionRecord extends FrontMatter {
  /** The name of its file, such as 0007-when-a-mood-has-changed.md. */
  readonly file: string;
  readonly title: string;
  /** The text below the front matter. */
  readonly body: string;
}

/** Days from one date to another, both YYYY-MM-DD; negative if the second is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** Such as triggers[0].above. */
const placeOf = ({ path }: { readonly path: readonly PropertyKey[] }): string =>
  path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at > 0 ? '.' : ''}${String(part)}`)).join('');

/** The sections that every record has, in this order. */
const sections = ['## Context', '## Decision', '## Alternatives', '## Consequences'];

function read(yaml: string, path: string): unknown {
  try {
    return parse(yaml);
  } catch (error) {
    throw new Error(`The front matter of ${path} is not valid YAML: ${(error as Error).message.trim()}`, { cause: error });
  }
}

/** Parses a record. Throws one sentence that names the file and everything that is wrong with it. */
export function parseRecord(text: string, path: string): DecisionRecord {
  const file = basename(path);
  const [, yaml, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  if (yaml === undefined || body === undefined) throw new Error(`${path} has no front matter: it has to begin with "---", see docs/adr/README.md.`);
  const parsed = frontMatterSchema.safeParse(read(yaml, path));
  if (!parsed.success)
    throw new Error(
      `The front matter of ${path} is not valid:${parsed.error.issues.map((issue) => `\n  ${[placeOf(issue), issue.message].filter(Boolean).join(' ')}`).join('')}`,
    );
  const { id } = parsed.data;
  if (!file.startsWith(`${id}-`)) throw new Error(`${path} has the id "${id}" in its front matter, but another number in its name.`);
  const [, title] = /^# (.+)$/m.exec(body) ?? [];
  if (!title?.startsWith(`${id}: `)) throw new Error(`${path} needs the heading "# ${id}: …".`);
  const places = sections.map((section) => body.indexOf(`\n${section}\n`));
  const missing = sections.find((_section, at) => (places[at] ?? -1) < (places[at - 1] ?? 0));
  if (missing) throw new Error(`${path} lacks the section "${missing}", or has it in another order: ${sections.join(', ')}.`);
  return { ...parsed.data, file, title: title.slice(id.length + 2), body };
}
