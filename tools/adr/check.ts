import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { lambdaProject } from '../src/lambda-targets';
import { readArtifact } from '../src/packaging/artifact';
import type { Evidence } from './measures';
import type { DecisionRecord } from './record';
import { evaluateTriggers, faultsOf, FOLDER, governing, indexOf, indexPath, readRecords, reviewsOf } from './register';

const root = join(__dirname, '..', '..');

const HELP = `Checks the register of decisions in ${FOLDER}.

  npm run adr:check                     form, links, reviews and triggers; exit code 1 where something needs doing
  npm run adr:check -- --complete       a trigger that cannot be measured here fails, too (as in CI, after "package")
  npm run adr:check -- --write          writes ${FOLDER}/README.md anew
  npm run adr:check -- --changed [REF]  names the records that govern what differs from REF (default: main)`;

/** See HELP. */
export async function main(args: readonly string[] = process.argv.slice(3)): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { complete: { type: 'boolean' }, write: { type: 'boolean' }, changed: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return console.log(HELP);
  const records = readRecords(root);
  if (values.changed) return sayWhatGoverns(records, positionals[0] ?? 'main');
  if (values.write) {
    writeFileSync(indexPath(root), indexOf(records));
    console.log(`Wrote ${FOLDER}/README.md: ${records.length} decisions.`);
  }
  const faults = faultsOf(records, root);
  if (!existsSync(indexPath(root)) || readFileSync(indexPath(root), 'utf8') !== indexOf(records))
    faults.push(`${FOLDER}/README.md is out of date: run "npm run adr:check -- --write".`);
  faults.push(...sayReviews(records), ...sayTriggers(records, { root, artifacts: await packaged() }, values.complete ?? false));
  if (faults.length === 0) return console.log(`${records.length} decisions are in order.`);
  console.error(`\n${faults.join('\n')}`);
  process.exitCode = 1;
}

function sayReviews(records: readonly DecisionRecord[]): string[] {
  const reviews = reviewsOf(records, new Date().toISOString().slice(0, 10));
  for (const { record, days, state } of reviews) {
    if (state !== 'due') continue;
    const when = days === 0 ? 'is due today' : days < 0 ? `was due ${-days} days ago` : `is due in ${days} days`;
    console.log(`The review of ${record.file} ${when} (${record.nextReview}, owner: ${record.owner}).`);
  }
  return reviews
    .filter(({ state }) => state === 'overdue')
    .map(
      ({ record, days }) =>
        `The review of ${record.file} is overdue by ${-days} days (owner: ${record.owner}): read it again, then set "reviewed" and "nextReview".`,
    );
}

function sayTriggers(records: readonly DecisionRecord[], evidence: Evidence, complete: boolean): string[] {
  const results = evaluateTriggers(records, evidence);
  for (const { record, trigger, state, finding } of results)
    console.log(`${record.id} ${trigger.name} (${trigger.condition}): ${state}${finding ? `: ${finding}` : ''}`);
  return results.flatMap(({ record, trigger, state, finding }) => {
    if (state === 'met')
      return [
        `${record.file}: the trigger "${trigger.name}" is met (${finding}). Review the decision, then write the outcome into its front matter:\nacknowledged:\n  - trigger: ${trigger.name}\n    date: YYYY-MM-DD\n    reason: why the decision stands, in a sentence`,
      ];
    return complete && state === 'not measured' ? [`${record.file}: "${trigger.name}" could not be measured: ${finding}.`] : [];
  });
}

function sayWhatGoverns(records: readonly DecisionRecord[], reference: string): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
  const files = new Set([...git('diff', '--name-only', '--merge-base', reference), ...git('ls-files', '--others', '--exclude-standard')]);
  const found = governing(records, [...files].sort());
  for (const [file, governors] of found)
    console.log(`${file}\n${governors.map(({ id, title, file: record }) => `  ${id} ${title} (${FOLDER}/${record})`).join('\n')}`);
  console.log(`${files.size} files differ from ${reference}; decisions govern ${found.size} of them.`);
}

/** The manifests of all packaged projects: a trigger about all functions cannot be evaluated with only some of them. */
async function packaged(): Promise<Evidence['artifacts']> {
  const projects = globSync('apps/*/project.json', { cwd: root }).sort();
  const apps = projects.flatMap((path) => lambdaProject(dirname(path), readFileSync(join(root, path), 'utf8'))?.name ?? []);
  try {
    return await Promise.all(apps.map((app) => readArtifact(root, app)));
  } catch (error) {
    return { missing: (error as Error).message.replace(/\.$/, '') };
  }
}
