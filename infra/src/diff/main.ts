import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { placeholders, type ArtifactSource } from '../artifacts/deployable';
import { whatIsThere } from '../artifacts/packaged-artifacts';
import { buildApp } from '../build-app';
import { settingsOf, workspaceRoot as root } from '../cdk-context';
import type { AppName } from '../names';
import { appsOf } from '../synthesis-options';
import { deployedTemplates } from './deployed-templates';
import { describeReplacements, replacedFunctions } from './replaced-functions';
import { RecordedTemplates } from './recorded-templates';
import { describeDifferences, diffTemplates, type Template } from './template-diff';

type Templates = Readonly<Record<string, Template>>;

/**
 * Prints how the templates that would be synthesised now differ from the recorded ones of the environment, from those
 * in the folder `--against`, or from those that are `--deployed`. `--apps` limits it to some apps; `--replacements`
 * prints only which functions a deployment would replace, and what that interrupts; `--record` writes the recorded
 * templates; `--fail` exits with 1 if anything differs. Functions that cannot be deployed are placeholders; the
 * recorded templates contain only placeholders.
 */
function main(): number {
  const { values } = parseArgs({
    options: {
      environment: { type: 'string', default: 'dev' },
      apps: { type: 'string' },
      against: { type: 'string' },
      deployed: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      replacements: { type: 'boolean', default: false },
      placeholders: { type: 'boolean', default: false },
      fail: { type: 'boolean', default: false },
    },
  });
  const { environment } = values;
  const artifacts = values.placeholders || values.record ? placeholders : whatIsThere(root, (line) => process.stderr.write(`${line}\n`));
  const now = synthesise(environment, appsOf(values.apps), artifacts);
  const recorded = new RecordedTemplates(values.against ? resolve(root, values.against) : join(root, 'infra/recorded', environment));
  if (values.record) {
    recorded.write(now);
    process.stdout.write(`Recorded ${Object.keys(now).length} templates of ${environment}.\n`);
    return 0;
  }
  const before = values.deployed ? deployedTemplates(Object.keys(now)) : recorded.read();
  if (values.replacements) {
    for (const stack of Object.keys(now)) process.stdout.write(replacementsOf(stack, before, now));
    return 0;
  }
  return print(before, now, values.apps === undefined) && values.fail ? 1 : 0;
}

/** Whether anything differs. Removed stacks are reported only if all apps were synthesised. */
function print(before: Templates, now: Templates, isAll: boolean): boolean {
  const stacks = [...new Set([...(isAll ? Object.keys(before) : []), ...Object.keys(now)])].sort();
  const found = stacks.map((stack) => ({ stack, differences: diffTemplates(before[stack] ?? {}, now[stack] ?? {}) }));
  for (const { stack, differences } of found) {
    process.stdout.write(describeDifferences(stack, differences));
    process.stdout.write(replacementsOf(stack, before, now));
  }
  return found.some(({ differences }) => differences.length > 0);
}

const replacementsOf = (stack: string, before: Templates, now: Templates): string =>
  describeReplacements(replacedFunctions(before[stack] ?? {}, now[stack] ?? {}));

function synthesise(environment: string, apps: readonly AppName[], artifacts: ArtifactSource): Templates {
  const outputFolder = mkdtempSync(join(tmpdir(), 'barometer-diff-'));
  try {
    const { stacks } = buildApp({ environment, settings: settingsOf(environment), apps, artifacts, outputFolder }).synth();
    return Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, template as Template]));
  } finally {
    rmSync(outputFolder, { recursive: true });
  }
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
