import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { take, type Evidence } from './measures';
import { daysBetween, parseRecord, type DecisionRecord, type ReviewTrigger } from './record';

export const FOLDER = 'docs/adr';
const INDEX = 'README.md';

/** From how many days before a review on it is announced, and after how many the check fails. */
const REVIEW_NOTICE = 14;

/** All records of docs/adr, by number. Throws with everything that keeps one of them from being read. */
export function readRecords(root: string): DecisionRecord[] {
  const files = globSync(`${FOLDER}/[0-9]*.md`, { cwd: root }).sort();
  const problems: string[] = [];
  const records = files.flatMap((file) => {
    try {
      return [parseRecord(readFileSync(join(root, file), 'utf8'), file.replaceAll('\\', '/'))];
    } catch (error) {
      problems.push((error as Error).message);
      return [];
    }
  });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return records;
}

/** What is wrong between records, or between them and the repository: numbers, chains of supersession, links, governed files. */
export function faultsOf(records: readonly DecisionRecord[], root: string): string[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const faults = records.filter(({ id }, at) => records.findIndex((other) => other.id === id) !== at).map(({ file, id }) => `${file}: the number ${id} is there twice.`);
  for (const record of records) {
    const { file, id, status, supersedes, governs, body } = record;
    const successor = successorOf(record);
    if (successor !== undefined && !byId.has(successor)) faults.push(`${file} is ${status}, and there is no record ${successor}.`);
    if (successor !== undefined && byId.has(successor) && !byId.get(successor)?.supersedes.includes(id)) faults.push(`${file} is ${status}, but ${successor} does not say that it supersedes ${id}.`);
    if (isCircular(record, byId)) faults.push(`${file} is superseded, by others, by itself.`);
    for (const old of supersedes) {
      if (byId.get(old)?.status !== `superseded by ${id}`) faults.push(`${file} supersedes ${old}, whose status has to say "superseded by ${id}".`);
    }
    for (const pattern of governs) if (globSync(pattern, { cwd: root }).length === 0) faults.push(`${file} governs "${pattern}", and there is no such file.`);
    for (const target of linksOf(body)) if (!existsSync(join(root, FOLDER, target))) faults.push(`${file} links to ${target}, which is missing.`);
  }
  return faults;
}

const successorOf = ({ status }: DecisionRecord) => /^superseded by (\d{4})$/.exec(status)?.[1];

function isCircular(record: DecisionRecord, byId: ReadonlyMap<string, DecisionRecord>): boolean {
  const seen = new Set<string>();
  for (let at: DecisionRecord | undefined = record; at; at = byId.get(successorOf(at) ?? '')) {
    if (seen.has(at.id)) return at.id === record.id;
    seen.add(at.id);
  }
  return false;
}

/** Targets of Markdown links to files, without what stands behind "#". */
const linksOf = (body: string) => [...body.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(([, target]) => target ?? '').filter((target) => !/^[a-z]+:/.test(target));

export interface ReviewState {
  readonly record: DecisionRecord;
  /** Until the review; negative once it is overdue. */
  readonly days: number;
  readonly state: 'later' | 'due' | 'overdue';
}

/** Where the review of each decision in force stands on a day (YYYY-MM-DD). */
export function reviewsOf(records: readonly DecisionRecord[], today: string): ReviewState[] {
  return records.filter(isInForce).map((record) => {
    const days = daysBetween(today, record.nextReview);
    return { record, days, state: days > REVIEW_NOTICE ? 'later' : days > -REVIEW_NOTICE ? 'due' : 'overdue' };
  });
}

const isInForce = ({ status }: DecisionRecord) => status === 'accepted' || status === 'proposed';

export interface TriggerResult {
  readonly record: DecisionRecord;
  readonly trigger: ReviewTrigger;
  readonly state: 'not met' | 'met' | 'acknowledged' | 'judged by people' | 'not measured';
  /** With figures, where something was measured. */
  readonly finding: string;
}

/** Evaluates every trigger that a machine can see, of the decisions in force. A trigger that is met and acknowledged rests. */
export function evaluateTriggers(records: readonly DecisionRecord[], evidence: Evidence): TriggerResult[] {
  return records.filter(isInForce).flatMap((record) => record.triggers.map((trigger) => ({ record, trigger, ...evaluate(record, trigger, evidence) })));
}

function evaluate(record: DecisionRecord, trigger: ReviewTrigger, evidence: Evidence): Pick<TriggerResult, 'state' | 'finding'> {
  if ('judgedBy' in trigger) return { state: 'judged by people', finding: '' };
  const found = take(trigger.measure, evidence);
  if ('missing' in found) return { state: 'not measured', finding: found.missing };
  const met = 'above' in trigger ? found.value > trigger.above : found.value < trigger.below;
  if (!met) return { state: 'not met', finding: found.finding };
  const acknowledged = record.acknowledged.find((entry) => entry.trigger === trigger.name);
  return acknowledged ? { state: 'acknowledged', finding: `${found.finding}; ${acknowledged.date}: ${acknowledged.reason}` } : { state: 'met', finding: found.finding };
}

/** The records that govern each of these files, which are paths from the workspace's root; files that none governs are left out. */
export function governing(records: readonly DecisionRecord[], files: readonly string[]): Map<string, DecisionRecord[]> {
  const found = files.map((file) => [file, records.filter((record) => isInForce(record) && record.governs.some((pattern) => matchesGlob(file, pattern)))] as const);
  return new Map(found.filter(([, governors]) => governors.length > 0));
}

/** docs/adr/README.md: how the register is used, and one line a decision. */
export function indexOf(records: readonly DecisionRecord[]): string {
  const rows = records.map(({ id, file, title, date, status, owner, deviates, nextReview }) => `| [${id}](${file}) | ${title} | ${date} | ${status} | ${owner} | ${deviates === 'no' ? 'no' : 'yes'} | ${nextReview} |`);
  return `${INTRODUCTION}
| | decision | date | status | owner | deviates | next review |
|---|---|---|---|---|---|---|
${rows.join('\n')}

## Where we deviate from usual practice
${records.filter((record) => isInForce(record) && record.deviates !== 'no').map(({ id, file, deviates }) => `- [${id}](${file}): ${deviates}`).join('\n')}
`;
}

const INTRODUCTION = `<!-- Written by "npm run adr:check -- --write" from the records. Change a record, not this file. -->
# Decisions

A decision that someone could argue with is a record here: what was known, what was decided, what else there was, what
follows. Each says openly whether it deviates from usual practice, who owns it, when it is read again, and which events make
that sooner.

## How to use this
- **Write one**: \`npx nx g @barometer/tools:decision "What was decided"\` makes the next number from a template. Alternatives
  come with figures that were measured here or with the source that was read.
- **Before you change a file**: \`npm run adr:check -- --changed\` names the records that govern what differs from main.
- **Review**: every record is read again once a quarter by its owner. Either it stands (set \`reviewed\` and \`nextReview\`), or a
  new record takes its place (\`supersedes\` there, \`superseded by\` here). \`npm run adr:check\` announces a review 14 days ahead
  and fails 14 days after it.
- **Triggers**: a condition that calls for a review before its day. Those with a \`measure\` are evaluated by the same command,
  from what was packaged, recorded figures and package files; one that is met fails the check until the owner has looked and
  written the outcome under \`acknowledged\`. The rest say \`judgedBy: people\`.
`;

/** Where the index lies. */
export const indexPath = (root: string) => join(root, FOLDER, INDEX);
