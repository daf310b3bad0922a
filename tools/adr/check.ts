import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lambdaProject } from '../src/lambda-targets';
import { parseArtifact, readArtifact, type Artifact } from '../src/packaging/artifact';
import { acknowledgementsOf } from './record';
import { callsForReview, evaluateTriggers, packagingTriggers } from './review-triggers';

const root = join(__dirname, '..', '..');
const RECORD = 'docs/adr/0001-hybrid-packaging.md';

/**
 * Evaluates the review triggers of ADR 0001 from the manifests of all Lambdas in dist/lambdas. A manifest that is named as
 * an argument takes the place of its app's.
 */
export async function main(args: readonly string[] = process.argv.slice(3)): Promise<void> {
  const artifacts = await allArtifacts(args.map(namedArtifact));
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

function namedArtifact(path: string): Artifact {
  if (!existsSync(path)) throw new Error(`${path} is missing.`);
  return parseArtifact(readFileSync(path, 'utf8'), path);
}

/** Of every project that says how it is packaged: a trigger about all functions cannot be told from some of them. */
async function allArtifacts(named: readonly Artifact[]): Promise<Artifact[]> {
  const projects = globSync('apps/*/project.json', { cwd: root }).sort();
  const apps = projects.flatMap((path) => lambdaProject(dirname(path), readFileSync(join(root, path), 'utf8'))?.name ?? []);
  return Promise.all(apps.map(async (app) => named.find((artifact) => artifact.app === app) ?? readArtifact(root, app)));
}
