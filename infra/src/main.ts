import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from './build-app';
import { packagedArtifacts } from './artifacts/packaged-artifacts';
import { placeholders } from './artifacts/deployable';
import { synthesisOptions } from './synthesis-options';
import { readSettings } from './settings';

const root = join(__dirname, '..', '..');

try {
  const { context } = JSON.parse(readFileSync(join(root, 'infra/cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  const { environment, apps, usePlaceholders, outputFolder } = synthesisOptions(process.argv.slice(2), process.env, context);
  const app = buildApp({
    environment, apps, ...(outputFolder !== undefined && { outputFolder: join(root, outputFolder) }),
    settings: readSettings(context['environments'], environment),
    artifacts: usePlaceholders ? placeholders : packagedArtifacts(root),
  });
  const { stacks } = app.synth();
  for (const stack of stacks) process.stderr.write(`${stack.stackName}: ${Object.keys((stack.template as { Resources: object }).Resources).length} resources\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
