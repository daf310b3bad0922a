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
  /** Compares a dry run with what is deployed, which needs credentials, instead of with the recorded templates. */
  readonly deployed?: boolean;
}

/** Deploys one packaged app, or prints the commands, and what they would change. */
export default async function deploy(
  { app, environment = 'dev', dryRun = false, deployed = false }: DeployOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
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
    if (await isDeployed(artifact, environment, context.root)) {
      logger.info(`${artifact.app} is deployed to ${environment} as it is here (${digestOf(artifact)}): there is nothing to do.`);
      return { success: true };
    }
    const registry = await accountRegistry(artifact);
    for (const step of deploymentPlan(artifact, { environment, registry })) await executeStep(step, context.root, (line) => logger.info(line));
    return { success: true };
  } catch (error) {
    logger.error((error as Error).message);
    return { success: false };
  }
}

const digestOf = (artifact: Artifact) => (artifact.packaging === 'zip' ? `sha256:${artifact.sha256}` : artifact.digest);

/**
 * Whether the stacks of an app are already deployed as they would be: the template contains the digest of the packaged
 * artefact. If that cannot be found out, they count as not deployed, and the deployment reports the problem.
 */
async function isDeployed({ app }: Artifact, environment: string, root: string): Promise<boolean> {
  const { command, environment: variables } = differenceStep(app, environment, true, ['--fail']);
  return run(command, variables, root).then(
    () => true,
    () => false,
  );
}

/** Asks AWS for the id of the account, which only the push of an image needs. */
async function accountRegistry(artifact: Artifact): Promise<string> {
  if (artifact.packaging === 'zip') return '';
  for (const program of ['aws', 'skopeo']) {
    if (!(await isOnPath(program)))
      throw new Error(
        `Pushing the image of ${artifact.app} needs ${program}, which is not here. On Debian and Ubuntu: "apt-get install ${program === 'aws' ? 'awscli' : program}".`,
      );
  }
  const account = await run(['aws', 'sts', 'get-caller-identity', '--query', 'Account', '--output', 'text']);
  return registryOf(account.trim(), regionOf(process.env) ?? '');
}
