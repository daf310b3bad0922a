import type { Artifact, ImageArtifact } from '../packaging/artifact';
import { checkCredentials } from './credentials';
import { executeStep } from './execute-step';
import { deploymentPlan, onlyForTests, readablePlan, registryOf } from './plan';

const common = { handler: 'main.handler', runtime: 'nodejs24.x', bytes: 1, unzippedBytes: 1, model: null } as const;
const zip: Artifact = {
  ...common,
  app: 'ingestion',
  packaging: 'zip',
  architecture: 'arm64',
  path: 'dist/lambdas/ingestion/function.zip',
  sha256: 'a'.repeat(64),
};
const digest = 'd'.repeat(64);
const image: ImageArtifact = {
  ...common,
  app: 'analysis',
  packaging: 'image',
  architecture: 'x86_64',
  path: 'dist/lambdas/analysis/image.tar',
  digest: `sha256:${digest}`,
  layerBytes: 1,
  base: `public.ecr.aws/lambda/nodejs@sha256:${'b'.repeat(64)}`,
  builder: 'podman',
};
const target = { environment: 'dev', registry: registryOf('123456789012', 'eu-central-1') };
const commands = (artifact: Artifact) => deploymentPlan(artifact, target).map(({ command }) => command.join(' '));

describe('the plan of a deployment', () => {
  it('changes the app and the state, and nothing else', () => {
    for (const line of [...commands(zip), ...commands(image)].filter((command) => command.includes('aws-cdk'))) expect(line).toContain('--exclusively');
    expect(commands(zip)[0]).toContain('--apps ingestion');
    expect(commands(zip)[2]).toMatch(/ barometer-dev-state barometer-dev-ingestion$/);
  });

  it('creates the repository, then pushes by digest, then points the function at it', () => {
    const lines = commands(image);
    expect(lines[2]).toMatch(/ barometer-dev-state$/);
    expect(lines[4]).toBe(
      `skopeo copy --preserve-digests oci-archive:dist/lambdas/analysis/image.tar docker://123456789012.dkr.ecr.eu-central-1.amazonaws.com/barometer-dev-analysis:${digest}`,
    );
    expect(lines[5]).toMatch(/ barometer-dev-analysis$/);
  });

  it('says before any change whether the function will be replaced', () => {
    for (const artifact of [zip, image]) {
      const [, telling] = deploymentPlan(artifact, target);
      expect(telling?.command.join(' ')).toMatch(new RegExp(`infra/src/diff/main.ts --environment dev --apps ${artifact.app} --deployed --replacements$`));
      expect(telling?.onlyTells).toBe(true);
    }
  });

  it('pushes nothing that the repository already has, by digest', () => {
    const push = deploymentPlan(image, target)[4];
    expect(push?.unless?.join(' ')).toBe(
      `skopeo inspect --raw docker://123456789012.dkr.ecr.eu-central-1.amazonaws.com/barometer-dev-analysis@sha256:${digest}`,
    );
    expect(deploymentPlan(image, target).filter(({ unless }) => unless)).toHaveLength(1);
  });

  it('is printed as commands, none of which contains the password', () => {
    const text = readablePlan(deploymentPlan(image, target));
    expect(text).toContain('aws ecr get-login-password | skopeo login --username AWS --password-stdin');
    expect(text).toContain(`@sha256:${digest} > /dev/null || skopeo copy --preserve-digests`);
    expect(text).toContain('SWC_NODE_PROJECT=infra/tsconfig.json node -r');
  });

  it('refuses an image with the stand-in base', () => {
    expect(onlyForTests({ ...image, base: 'stand-in' })).toContain('Set LAMBDA_BASE');
    expect([onlyForTests(image), onlyForTests(zip)]).toEqual([undefined, undefined]);
  });
});

describe('a step of a deployment that fails', () => {
  const step = { what: 'look', command: [process.execPath, '-e', 'process.exit(3)'] } as const;

  it('stops it, unless it is only for information', async () => {
    const lines: string[] = [];
    await expect(executeStep(step, '.', () => undefined)).rejects.toThrow('the step "look" ended with 3');
    await executeStep({ ...step, onlyTells: true }, '.', (line) => lines.push(line));
    expect(lines).toEqual(['look', 'That cannot be told, since the step ended with 3; the deployment goes on.']);
  });
});

describe('credentials', () => {
  it('are required before anything is changed', () => {
    expect(() => checkCredentials({})).toThrow('needs AWS credentials');
    expect(() => checkCredentials({ AWS_PROFILE: 'x' })).toThrow('needs a region');
    expect(() => checkCredentials({ AWS_WEB_IDENTITY_TOKEN_FILE: 'x', AWS_REGION: 'eu-central-1' })).not.toThrow();
  });
});
