import { join } from 'node:path';
import { placeholders } from './artifacts/deployable';
import { packagedArtifacts, whatIsThere } from './artifacts/packaged-artifacts';
import { buildApp } from './build-app';
import { cdkContext, settingsOf, workspaceRoot } from './cdk-context';
import { synthesisOptions } from './synthesis-options';

const tell = (line: string) => process.stderr.write(`${line}\n`);

try {
  const { environment, apps, mustBeDeployable, usePlaceholders, outputFolder } = synthesisOptions(process.argv.slice(2), process.env, cdkContext());
  const present = mustBeDeployable ? packagedArtifacts(workspaceRoot) : whatIsThere(workspaceRoot, tell);
  const app = buildApp({
    environment,
    apps,
    settings: settingsOf(environment),
    artifacts: usePlaceholders ? placeholders : present,
    ...(outputFolder !== undefined && { outputFolder: join(workspaceRoot, outputFolder) }),
  });
  for (const { stackName, template } of app.synth().stacks) {
    tell(`${stackName}: ${Object.keys((template as { Resources: object }).Resources).length} resources`);
  }
} catch (error) {
  tell(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
