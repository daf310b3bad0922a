import type { Artifact, ImageArtifact } from '../packaging/artifact';
import { STAND_IN } from '../packaging/base-image';
import { readableCommand, type CommandLine } from '../packaging/run';

export interface DeploymentTarget {
  readonly environment: string;
  /** Host of the account's image registry. */
  readonly registry: string;
}

/** One command of a deployment. */
export interface Step {
  readonly what: string;
  readonly command: CommandLine;
  /** A command whose output this one reads, so that a password is in no argument list. */
  readonly input?: CommandLine;
  /** A command whose success means that this step is not needed. */
  readonly unless?: CommandLine;
  readonly environment?: Readonly<Record<string, string>>;
  /** Only for information: if it fails, that is reported and the deployment continues. */
  readonly onlyTells?: boolean;
}

/** The image registry of an account. */
export const registryOf = (account: string, region: string) => `${account}.dkr.ecr.${region}.amazonaws.com`;

const cdk = (folder: string, stacks: readonly string[]): CommandLine => [
  'node',
  'node_modules/aws-cdk/bin/cdk',
  'deploy',
  '--app',
  folder,
  '--exclusively',
  '--require-approval',
  'never',
  ...stacks,
];

/**
 * The commands that deploy one app. Only its stack and the state stack are synthesised, and nothing else is changed. An
 * image is pushed, byte for byte, between the two: its repository is part of the state stack, and the function refers
 * to the image by digest.
 */
export function deploymentPlan(artifact: Artifact, { environment, registry }: DeploymentTarget): Step[] {
  const { app } = artifact;
  const stack = (part: string) => `barometer-${environment}-${part}`;
  const folder = `dist/infra/${environment}-${app}`;
  const synth: Step = {
    what: `synthesise the stacks of ${app} and of the state`,
    command: ['node', '-r', '@swc-node/register', 'infra/src/main.ts', '--environment', environment, '--apps', app, '--deployable', '--output', folder],
    environment: { SWC_NODE_PROJECT: 'infra/tsconfig.json' },
  };
  const replacements: Step = {
    ...differenceStep(app, environment, true, ['--replacements']),
    what: 'look whether the function will be replaced, as a change of its packaging demands',
    onlyTells: true,
  };
  if (artifact.packaging === 'zip') {
    return [synth, replacements, { what: `deploy ${app} and the state that it needs`, command: cdk(folder, [stack('state'), stack(app)]) }];
  }
  return [
    synth,
    replacements,
    { what: 'deploy the state, which has the repository', command: cdk(folder, [stack('state')]) },
    {
      what: 'log in to the registry',
      command: ['skopeo', 'login', '--username', 'AWS', '--password-stdin', registry],
      input: ['aws', 'ecr', 'get-login-password'],
    },
    pushStep(artifact, `${registry}/${stack(app)}`),
    { what: `deploy ${app}`, command: cdk(folder, [stack(app)]) },
  ];
}

/** The command that prints what a deployment would change in the app's stack and the state stack, by resource. */
export function differenceStep(app: string, environment: string, deployed: boolean, further: readonly string[] = []): Step {
  return {
    what: `what differs from ${deployed ? 'what is deployed' : `the recorded templates of ${environment}`}`,
    command: [
      'node',
      '-r',
      '@swc-node/register',
      'infra/src/diff/main.ts',
      '--environment',
      environment,
      '--apps',
      app,
      ...(deployed ? ['--deployed'] : []),
      ...further,
    ],
    environment: { SWC_NODE_PROJECT: 'infra/tsconfig.json' },
  };
}

/** Why an artefact must not be deployed; undefined if it may be. */
export function onlyForTests(artifact: Artifact): string | undefined {
  if (artifact.packaging === 'zip' || artifact.base !== STAND_IN) return undefined;
  return `The image of ${artifact.app} stands on the stand-in base, which is for tests. Set LAMBDA_BASE to AWS's base by digest and run "npx nx package ${artifact.app}" again.`;
}

/** Options for a registry without encryption, on loopback: skopeo has a different flag for a copy. */
interface PushOptions {
  readonly plainHttp?: boolean;
}

/**
 * Copies an OCI archive to a repository, byte for byte; the tag repeats the digest, since every push needs a tag.
 * Skipped if the repository has that digest: immutable tags are refused a second time, even for the same image.
 */
export function pushStep({ path, digest }: ImageArtifact, repository: string, { plainHttp = false }: PushOptions = {}): Step {
  const tag = digest.replace('sha256:', '');
  return {
    what: 'push the image by digest',
    unless: ['skopeo', 'inspect', '--raw', ...(plainHttp ? ['--tls-verify=false'] : []), `docker://${repository}@${digest}`],
    command: [
      'skopeo',
      'copy',
      '--preserve-digests',
      ...(plainHttp ? ['--dest-tls-verify=false'] : []),
      `oci-archive:${path}`,
      `docker://${repository}:${tag}`,
    ],
  };
}

/** The plan as a person would type it. */
export function readablePlan(steps: readonly Step[]): string {
  return steps
    .map(({ what, command, input, unless, environment = {} }) => {
      const settings = Object.entries(environment)
        .map(([key, value]) => `${key}=${value} `)
        .join('');
      return `# ${what}\n${unless ? `${readableCommand(unless)} > /dev/null || ` : ''}${input ? `${readableCommand(input)} | ` : ''}${settings}${readableCommand(command)}`;
    })
    .join('\n');
}
