import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArtifact } from '../src/packaging/artifact';
import { acknowledgementsOf } from './record';
import { callsForReview, evaluateTriggers, packagingTriggers } from './review-triggers';

const root = join(__dirname, '..', '..');
const RECORD = 'docs/adr/0001-hybrid-packaging.md';

/** Evaluates the review triggers of ADR 0001 from manifests: those named as arguments, or all in dist/lambdas. */
export async function main(args: readonly string[] = process.argv.slice(3)): Promise<void> {
  const paths = args.length > 0 ? args : globSync('dist/lambdas/*/artifact.json', { cwd: root }).sort().map((path) => join(root, path));
  const missing = paths.find((path) => !existsSync(path));
  if (missing) throw new Error(`${missing} is missing.`);
  if (paths.length === 0) throw new Error('There is no manifest in dist/lambdas: run "npx nx run-many -t package" first.');
  const artifacts = paths.map((path) => parseArtifact(readFileSync(path, 'utf8'), path));
  const results = evaluateTriggers(packagingTriggers, artifacts, acknowledgementsOf(readFileSync(join(root, RECORD), 'utf8'), RECORD));
  console.log(`Looked at ${artifacts.map(({ app, packaging }) => `${app} (${packaging})`).join(', ')}.`);
  for (const { trigger, finding, acknowledgement } of results) {
    const state = finding === undefined ? 'not met' : acknowledgement ? `met, acknowledged on ${acknowledgement.date}` : 'MET';
    console.log(`${trigger.name} (${trigger.condition}): ${state}${finding ? `: ${finding}` : ''}`);
  }
  if (!results.some(callsForReview)) return;
  console.error(`\nLook at the decision again, and write the outcome into the front matter of ${RECORD}:\nacknowledged:\n  - trigger: NAME\n    date: YYYY-MM-DD\n    reason: why the decision stands, in a sentence`);
  process.exitCode = 1;
}
