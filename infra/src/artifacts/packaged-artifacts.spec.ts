import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { templatesOf } from '../testing/synthesised';
import { resourcesOf, textOf } from '../testing/templates';
import { packagedArtifacts, whatIsThere } from './packaged-artifacts';

const sha256 = createHash('sha256').update('a ZIP').digest('hex');
const sizes = { bytes: 5, unzippedBytes: 5, model: null };
const zip = {
  ...sizes,
  sha256,
  app: 'ingestion',
  packaging: 'zip',
  handler: 'main.handler',
  runtime: 'nodejs24.x',
  architecture: 'arm64',
  path: 'dist/lambdas/ingestion/function.zip',
};
const digest = `sha256:${'a'.repeat(64)}`;
const image = {
  ...sizes,
  layerBytes: 5,
  builder: 'buildah',
  app: 'analysis',
  packaging: 'image',
  runtime: 'nodejs24.x',
  handler: 'main.handler',
  architecture: 'x86_64',
  path: 'dist/lambdas/analysis/image.tar',
  digest,
  base: `public.ecr.aws/lambda/nodejs@sha256:${'b'.repeat(64)}`,
};

const roots: string[] = [];
afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true })));

/** A workspace with these manifests and, for each ZIP, a file beside it. */
function workspace(...manifests: object[]): string {
  const root = mkdtempSync(join(tmpdir(), 'barometer-artifacts-'));
  roots.push(root);
  for (const manifest of manifests as { app: string }[]) {
    const folder = join(root, 'dist/lambdas', manifest.app);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'artifact.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'function.zip'), 'a ZIP');
  }
  return root;
}

it('deploys the ZIP and the image that were packaged, each by its digest', () => {
  const { ingestion, analysis } = templatesOf('dev', {
    apps: ['ingestion', 'analysis'],
    artifacts: packagedArtifacts(workspace(zip, { ...image, architecture: 'arm64' })),
  });
  const functions = [ingestion, analysis].map((template) => resourcesOf(template, 'AWS::Lambda::Function')[0]!.Properties);
  expect(functions[0]).toMatchObject({
    Handler: 'main.handler',
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Code: { S3Key: expect.stringMatching(/^[0-9a-f]{64}\.zip$/) },
  });
  expect(functions[1]).toMatchObject({ PackageType: 'Image', Architectures: ['arm64'] });
  expect(textOf(functions[1]!['Code'].ImageUri)).toContain(`/barometer-dev-analysis@${digest}`);
  for (const template of [ingestion, analysis]) expect(template?.Rules).not.toHaveProperty('PlaceholderIsRefused');
});

it('makes templates that CloudFormation refuses where artefacts are missing', () => {
  const { dashboard } = templatesOf('dev', { apps: ['dashboard'] });
  expect(dashboard).toMatchObject({
    Parameters: { Artefact: { Default: 'placeholder', AllowedValues: ['placeholder'] } },
    Rules: {
      PlaceholderIsRefused: {
        Assertions: [{ Assert: { 'Fn::Equals': [{ Ref: 'Artefact' }, 'packaged'] }, AssertDescription: expect.stringContaining('nx package dashboard') }],
      },
    },
  });
});

it.each([
  ['is missing', [], 'dist/lambdas/ingestion/artifact.json is missing: run "npx nx package ingestion" first'],
  ['is no manifest', [{ app: 'ingestion', packaging: 'zip' }], 'is no manifest of an artefact'],
  ['is for another runtime', [{ ...zip, runtime: 'nodejs20.x' }], 'is for nodejs20.x; the stacks run nodejs24.x.'],
  ['is of another ZIP', [{ ...zip, sha256: 'c'.repeat(64) }], 'is not the ZIP of its manifest: run "npx nx package ingestion" again.'],
  ['is an image on a stand-in base', [{ ...image, app: 'ingestion', base: 'stand-in' }], 'which is only good for tests'],
])('where a manifest %s', (_what, manifests, words) => {
  expect(() => packagedArtifacts(workspace(...manifests))('ingestion')).toThrow(words);
});

it('uses placeholders where nothing can be deployed, and says so; an invalid manifest stays an error', () => {
  const notes: string[] = [];
  const source = whatIsThere(workspace(zip, { ...image, base: 'stand-in' }, { app: 'dashboard' }), (line) => notes.push(line));
  expect([source('ingestion').kind, source('analysis')]).toEqual(['zip', { kind: 'placeholder', packaging: 'image' }]);
  expect(notes).toEqual([expect.stringMatching(/^A placeholder stands in for analysis, and CloudFormation will refuse it\. .* only good for tests/)]);
  expect(() => source('dashboard')).toThrow('is no manifest of an artefact');
});

it('names the function of a placeholder by the packaging in its project.json', () => {
  const root = workspace({ ...image, app: 'ingestion', base: 'stand-in' });
  mkdirSync(join(root, 'apps/ingestion'), { recursive: true });
  writeFileSync(join(root, 'apps/ingestion/project.json'), JSON.stringify({ name: 'ingestion', metadata: { packaging: 'image' } }));
  expect(whatIsThere(root, () => undefined)('ingestion')).toEqual({ kind: 'placeholder', packaging: 'image' });
});
