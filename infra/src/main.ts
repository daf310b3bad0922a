import { join } from 'node:path';
import { placeholders } from './artifacts/deployable';
import { packagedArtifacts } from './artifacts/packaged-artifacts';
import { buildApp } from './build-app';
import { cdkContext, settingsOf, workspaceRoot } from './cdk-context';
import { synthesisOptions } from './synthesis-options';

try {
  const { environment, apps, usePlaceholders, outputFolder } = synthesisOptions(process.argv.slice(2), process.env, cdkContext());
  const app = buildApp({
    environment, apps, settings: settingsOf(environment),
    artifacts: usePlaceholders ? placeholders : packagedArtifacts(workspaceRoot),
    ...(outputFolder !== undefined && { outputFolder: join(workspaceRoot, outputFolder) }),
  });
  for (const { stackName, template } of app.synth().stacks) {
    process.stderr.write(`${stackName}: ${Object.keys((template as { Resources: object }).Resources).length} resources\n`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
