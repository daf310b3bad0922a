import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { take, type Evidence, type Measured } from './measures';
import { daysBetween, parseRecord, type DecisionRecord, type ReviewTrigger } from './record';

export const FOLDER = 'docs/adr';
const INDEX = 'README.md';

/** A review is announced this many days before it is due, and the check fails this many days after. */
const REVIEW_NOTICE = 14;

/** All records of docs/adr, by number. Throws with every problem of records that cannot be parsed. */
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

/** Problems between records, or between them and the repository: numbers, chains of supersession, links, governed files. */
export function faultsOf(records: readonly DecisionRecord[], root: string): string[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const faults = records.flatMap(({ file, id }, at) => {
    const first = records.findIndex((other) => other.id === id);
    return first === at ? [] : [`${file} has the number ${id}, as ${records[first]?.file} has.`];
  });
  for (const record of records) {
    const { file, id, status, supersedes, governs, body } = record;
    const successor = successorOf(record);
    if (successor !== undefined && !byId.has(successor)) faults.push(`${file} is ${status}, but there is no record ${successor}.`);
    if (successor !== undefined && byId.has(successor) && !byId.get(successor)?.supersedes.includes(id))
      faults.push(`${file} is ${status}, but ${successor} does not say that it supersedes ${id}.`);
    const circle = circleOf(record, byId);
    if (circle) faults.push(`${file} is superseded in a circle: ${circle.join(', ')}.`);
    for (const old of supersedes) {
      if (!byId.has(old)) faults.push(`${file} supersedes ${old}, but there is no record ${old}.`);
      else if (byId.get(old)?.status !== `superseded by ${id}`)
        faults.push(`${file} supersedes ${old}, but the status of ${old} is not "superseded by ${id}".`);
    }
    for (const pattern of governs) if (globSync(pattern, { cwd: root }).length === 0) faults.push(`${file} governs "${pattern}", but no file matches that.`);
    for (const link of linksOf(body)) {
      const [target = '', heading] = link.split('#');
      const path = join(root, FOLDER, target || file);
      if (target && !existsSync(path)) faults.push(`${file} links to ${target}, which does not exist.`);
      else if (heading && !headingsOf(target ? readFileSync(path, 'utf8') : body).has(heading))
        faults.push(`${file} links to ${link}, but there is no such heading.`);
    }
  }
  return faults;
}

const successorOf = ({ status }: DecisionRecord) => /^superseded by (\d{4})$/.exec(status)?.[1];

/** The numbers of a circle of successors that returns to this record; undefined if there is none. */
function circleOf(record: DecisionRecord, byId: ReadonlyMap<string, DecisionRecord>): string[] | undefined {
  const seen = new Set<string>();
  for (let at: DecisionRecord | undefined = record; at; at = byId.get(successorOf(at) ?? '')) {
    if (seen.has(at.id)) return at.id === record.id ? [...seen, at.id] : undefined;
    seen.add(at.id);
  }
  return undefined;
}

/** Targets of Markdown links within the repository, with the heading behind "#" where one is named. */
const linksOf = (body: string) =>
  [...body.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]:\s*(\S+)/gm)].map(([, inline, listed]) => inline ?? listed ?? '').filter((target) => !/^[a-z]+:/.test(target));

/** The names by which GitHub links to the headings of a Markdown text. */
const headingsOf = (text: string) =>
  new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

export interface ReviewState {
  readonly record: DecisionRecord;
  /** Days until the review; negative once it is overdue. */
  readonly days: number;
  readonly state: 'later' | 'due' | 'overdue';
}

/** The state of the review of each decision in force on a day (YYYY-MM-DD). */
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
  /** With figures, if something was measured. */
  readonly finding: string;
}

/** Evaluates every trigger of the decisions in force that a machine can measure. A trigger that is met but acknowledged is silent. */
export function evaluateTriggers(records: readonly DecisionRecord[], evidence: Evidence): TriggerResult[] {
  return records.filter(isInForce).flatMap((record) => record.triggers.map((trigger) => ({ record, trigger, ...evaluate(record, trigger, evidence) })));
}

/** Throws, with the names of the record and the trigger, if the measure does not exist or does not work. */
function taken(record: DecisionRecord, { name, measure }: Exclude<ReviewTrigger, { judgedBy: string }>, evidence: Evidence): Measured {
  try {
    return take(measure, evidence);
  } catch (error) {
    throw new Error(`${record.file}: the trigger "${name}" cannot be evaluated: ${(error as Error).message}`, { cause: error });
  }
}

function evaluate(record: DecisionRecord, trigger: ReviewTrigger, evidence: Evidence): Pick<TriggerResult, 'state' | 'finding'> {
  if ('judgedBy' in trigger) return { state: 'judged by people', finding: '' };
  const found = taken(record, trigger, evidence);
  if ('missing' in found) return { state: 'not measured', finding: found.missing };
  const met = 'above' in trigger ? found.value > trigger.above : found.value < trigger.below;
  if (!met) return { state: 'not met', finding: found.finding };
  const acknowledged = record.acknowledged.find((entry) => entry.trigger === trigger.name);
  return acknowledged
    ? { state: 'acknowledged', finding: `${found.finding}; ${acknowledged.date}: ${acknowledged.reason}` }
    : { state: 'met', finding: found.finding };
}

/** The records that govern each of these files (paths from the workspace's root); files that none governs are left out. */
export function governing(records: readonly DecisionRecord[], files: readonly string[]): Map<string, DecisionRecord[]> {
  const found = files.map(
    (file) => [file, records.filter((record) => isInForce(record) && record.governs.some((pattern) => matchesGlob(file, pattern)))] as const,
  );
  return new Map(found.filter(([, governors]) => governors.length > 0));
}

/** docs/adr/README.md: how to use the register, and one line per decision. */
export function indexOf(records: readonly DecisionRecord[]): string {
  const rows = records.map(
    ({ id, file, title, date, status, owner, deviates, nextReview }) =>
      `| [${id}](${file}) | ${title} | ${date} | ${status} | ${owner} | ${deviates === 'no' ? 'no' : 'yes'} | ${nextReview} |`,
  );
  return `${INTRODUCTION}
| | decision | date | status | owner | deviates | next review |
|---|---|---|---|---|---|---|
${rows.join('\n')}

## Where we deviate from usual practice
${records
  .filter((record) => isInForce(record) && record.deviates !== 'no')
  .map(({ id, file, deviates }) => `- [${id}](${file}): ${deviates}`)
  .join('\n')}
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

/** The path of the index. */
export const indexPath = (root: string) => join(root, FOLDER, INDEX);
