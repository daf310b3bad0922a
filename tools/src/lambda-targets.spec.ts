import { archivedProjects, archiveProject, archiveTargets } from './archive-targets';
import { carriedProjects, lambdaProject, lambdaTargets } from './lambda-targets';
import { temporaryWorkspace } from './packaging/testing/tiny-workspace';

const json = (packaging?: string, options = {}) =>
  JSON.stringify({ name: 'x', ...(packaging ? { metadata: { packaging } } : {}), targets: { package: { options } } });
const project = (packaging: 'zip' | 'image', options = {}) => lambdaProject('apps/x', json(packaging, options))!;

describe('one line of a project.json', () => {
  it('makes a Lambda of it, and nothing else does', () => {
    expect(lambdaProject('apps/x', json())).toBeUndefined();
    expect(project('zip')).toMatchObject({ name: 'x', root: 'apps/x', packaging: 'zip' });
    expect(() => lambdaProject('apps/x', json('rpm'))).toThrow(
      'apps/x/project.json: packaging is "zip", "image", "archive", "npm" or "oci", or a list of them, not "rpm".',
    );
  });

  it('adds build, package, smoke and deploy, each after the one before', () => {
    const targets = lambdaTargets('/w', project('zip'));
    expect(Object.keys(targets)).toEqual(['build', 'package', 'smoke', 'deploy']);
    expect(targets['package']?.dependsOn).toContain('build');
    expect(targets['smoke']?.dependsOn).toEqual(['package']);
    expect(targets['deploy']?.dependsOn).toEqual(['smoke']);
  });

  it('chooses one of two ways to Lambda, and may be standalone as well', () => {
    const several = JSON.stringify({ name: 'x', metadata: { packaging: ['archive', 'zip'] } });
    expect([lambdaProject('apps/x', several)?.packaging, archiveProject('apps/x', several)?.target]).toEqual(['zip', 'package-archive']);
    expect([lambdaProject('apps/x', json('archive')), archiveProject('apps/x', json('archive'))?.target]).toEqual([undefined, 'package']);
    expect([archiveProject('apps/x', json('zip')), archiveProject('apps/x', json())]).toEqual([undefined, undefined]);
    expect(() => lambdaProject('apps/x', JSON.stringify({ name: 'x', metadata: { packaging: ['zip', 'image'] } }))).toThrow(
      'as "zip" or as "image", not as both',
    );
  });

  it('makes a standalone app depend on the builds it contains, and on its other assets', () => {
    const project = archiveProject('apps/x', json('archive', { assets: ['config', 'dist/apps/web'] }))!;
    expect(archivedProjects(project)).toEqual(['web']);
    expect(archiveTargets('/w', project)['package']).toMatchObject({
      executor: '@barometer/tools:archive',
      inputs: expect.arrayContaining(['{workspaceRoot}/config/**/*']),
      options: { bundle: 'dist/standalone/x' },
    });
  });

  it.each(['zip', 'image'] as const)('decides the executor of package: %s', (packaging) =>
    expect(lambdaTargets('/w', project(packaging))['package']?.executor).toBe(`@barometer/tools:${packaging}`),
  );

  it('makes the model and the base part of the cache key of package', () => {
    const inputs = lambdaTargets('/w', project('image', { model: 'models/m' }))['package']?.inputs;
    expect(inputs).toEqual(expect.arrayContaining(['{workspaceRoot}/models/m/**/*', { env: 'LAMBDA_BASE' }]));
    expect(lambdaTargets('/w', project('zip'))['package']?.inputs).not.toContainEqual({ env: 'LAMBDA_BASE' });
  });

  it('makes it depend on the projects whose builds it contains', () => {
    expect(carriedProjects(project('zip', { assets: { web: 'dist/apps/web', config: 'config' } }))).toEqual(['web']);
  });

  it('makes a separate file of code that runs in a thread or is loaded on demand', async () => {
    const files = ['main', 'model-worker', 'feeds-on-demand', 'demand'].map((name) => [`apps/x/src/${name}.ts`, ''] as const);
    const workspace = await temporaryWorkspace(Object.fromEntries(files));
    const { options } = lambdaTargets(workspace.root, project('zip'))['build']!;
    await workspace.remove();
    expect(options).toMatchObject({ main: 'apps/x/src/main.ts', additionalEntryPoints: ['apps/x/src/feeds-on-demand.ts', 'apps/x/src/model-worker.ts'] });
  });
});
