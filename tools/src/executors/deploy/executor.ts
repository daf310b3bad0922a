import { logger, type ExecutorContext } from '@nx/devkit';
import { checkCredentials, regionOf } from '../../deployment/credentials';
import { executeStep } from '../../deployment/execute-step';
import { deploymentPlan, differenceStep, onlyForTests, readablePlan, registryOf } from '../../deployment/plan';
import { readArtifact, type Artifact } from '../../packaging/artifact';
import { isOnPath, run } from '../../packaging/run';

export interface DeployOptions {
  readonly app?: string;
  readonly environment?: string;
  readonly dryRun?: boolean;
  /** A dry run compares with what is deployed, which needs credentials, rather than with the recorded templates. */
  readonly deployed?: boolean;
}

/** Deploys one packaged app, or prints how, and what it would change. */
export default async function deploy({ app, environment = 'dev', dryRun = false, deployed = false }: DeployOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  try {
    const artifact = await readArtifact(context.root, app ?? context.projectName ?? '');
    const obstacle = onlyForTests(artifact);
    if (dryRun) {
      if (obstacle) logger.warn(obstacle);
      const registry = registryOf('ACCOUNT', regionOf(process.env) ?? 'REGION');
      console.log(readablePlan(deploymentPlan(artifact, { environment, registry })));
      const difference = differenceStep(artifact.app, environment, deployed);
      console.log(`\n# ${difference.what}\n${await run(difference.command, difference.environment, context.root)}`);
      return { success: true };
    }
    if (obstacle) throw new Error(obstacle);
    checkCredentials(process.env);
    const registry = await accountRegistry(artifact);
    for (const step of deploymentPlan(artifact, { environment, registry })) await executeStep(step, context.root, (line) => logger.info(line));
    return { success: true };
  } catch (error) {
    logger.error((error as Error).message);
    return { success: false };
  }
}

/** Asks AWS whose account this is, which only an image's push needs to know. */
async function accountRegistry(artifact: Artifact): Promise<string> {
  if (artifact.packaging === 'zip') return '';
  for (const program of ['aws', 'skopeo']) {
    if (!(await isOnPath(program))) throw new Error(`Pushing the image of ${artifact.app} needs ${program}, which is not here. On Debian and Ubuntu: "apt-get install ${program === 'aws' ? 'awscli' : program}".`);
  }
  const account = await run(['aws', 'sts', 'get-caller-identity', '--query', 'Account', '--output', 'text']);
  return registryOf(account.trim(), regionOf(process.env) ?? '');
}
