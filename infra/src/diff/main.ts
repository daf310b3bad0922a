import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { placeholders, type ArtifactSource } from '../artifacts/deployable';
import { whatIsThere } from '../artifacts/packaged-artifacts';
import { buildApp } from '../build-app';
import { settingsOf, workspaceRoot as root } from '../cdk-context';
import { RecordedTemplates } from './recorded-templates';
import { describeDifferences, diffTemplates, type Template } from './template-diff';

/**
 * Prints what differs between the templates as they would be synthesised now and those in `--against` (by default the
 * recorded ones of the environment). `--record` writes the recorded ones; `--fail` ends with 1 where something differs.
 * What cannot be deployed stands in the templates as a placeholder; recorded are only placeholders.
 */
function main(): number {
  const { values } = parseArgs({
    options: {
      environment: { type: 'string', default: 'dev' }, against: { type: 'string' }, record: { type: 'boolean', default: false },
      placeholders: { type: 'boolean', default: false }, fail: { type: 'boolean', default: false },
    },
  });
  const { environment } = values;
  const templates = synthesise(environment, values.placeholders || values.record ? placeholders : whatIsThere(root, (line) => process.stderr.write(`${line}\n`)));
  const recorded = new RecordedTemplates(values.against ? resolve(root, values.against) : join(root, 'infra/recorded', environment));
  if (values.record) {
    recorded.write(templates);
    process.stdout.write(`Recorded ${Object.keys(templates).length} templates of ${environment}.\n`);
    return 0;
  }
  const before = recorded.read();
  const stacks = [...new Set([...Object.keys(before), ...Object.keys(templates)])].sort();
  const found = stacks.map((stack) => ({ stack, differences: diffTemplates(before[stack] ?? {}, templates[stack] ?? {}) }));
  for (const { stack, differences } of found) process.stdout.write(describeDifferences(stack, differences));
  return values.fail && found.some(({ differences }) => differences.length > 0) ? 1 : 0;
}

function synthesise(environment: string, artifacts: ArtifactSource): Record<string, Template> {
  const { stacks } = buildApp({ environment, settings: settingsOf(environment), artifacts, outputFolder: mkdtempSync(join(tmpdir(), 'barometer-diff-')) }).synth();
  return Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, template as Template]));
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
