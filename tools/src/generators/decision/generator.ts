import { logger, type Tree } from '@nx/devkit';
import { parseRecord } from '../../../adr/record';
import { FOLDER, indexOf, readRecords } from '../../../adr/register';

export interface DecisionOptions {
  readonly title: string;
  /** The part of the system that owns the decision; one of `owners` in tools/adr/record.ts. */
  readonly owner?: string;
  /** Globs separated by commas. */
  readonly governs?: string;
  /** Today, as YYYY-MM-DD. */
  readonly date?: string;
}

/**
 * Generates a proposed record with the next number from a template, and rewrites the index. Its first review is in a
 * quarter. Throws if the title gives no file name.
 */
export default function decision(
  tree: Tree,
  { title, owner = 'tools', governs = 'README.md', date = new Date().toISOString().slice(0, 10) }: DecisionOptions,
): void {
  const records = readRecords(tree.root);
  const id = String(Math.max(0, ...records.map((record) => Number(record.id))) + 1).padStart(4, '0');
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
    .replace(/-$/, '');
  if (!slug) throw new Error(`"${title}" makes no file name: a title has letters.`);
  const path = `${FOLDER}/${id}-${slug}.md`;
  const text = template({ id, title: title.trim(), owner, governs: governs.split(',').map((pattern) => pattern.trim()), date });
  tree.write(path, text);
  tree.write(`${FOLDER}/README.md`, indexOf([...records, parseRecord(text, path)]));
  logger.info(`${path}: write it, then set its status to accepted and run "npm run adr:check -- --write".`);
}

const aQuarterAfter = (date: string) => new Date(Date.parse(date) + 91 * 86_400_000).toISOString().slice(0, 10);

const template = ({ id, title, owner, governs, date }: { id: string; title: string; owner: string; governs: string[]; date: string }) => `---
id: "${id}"
status: proposed
date: "${date}"
owner: ${owner}
deviates: "no"
reviewed: "${date}"
nextReview: "${aQuarterAfter(date)}"
governs:
${governs.map((pattern) => `  - ${JSON.stringify(pattern)}`).join('\n')}
triggers:
  - name: what-happened
    condition: "what has to happen for this to be looked at again before its review"
    judgedBy: people
---
# ${id}: ${title}

## Context
What was known, with figures, and what makes a decision necessary.

## Decision
What is done from now on.

## Alternatives
- **Another way**: what it brings and costs, measured here, or with the source that was read.

## Consequences
- What becomes easier, and what harder.
`;
