import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryWorkspace } from '../src/packaging/testing/tiny-workspace';
import { releaseNotes, withWholeLinks } from './changelog';
import { versionFaults } from './versions';
import { workflowFaults } from './workflow';

const root = join(__dirname, '..', '..');

describe('the notes of a release', () => {
  const changelog =
    '# Changelog\n\n## Unreleased\n\nNothing yet.\n\n## 0.2.0 - 2026-11-28\n\n### Added\n- This ([ADR](docs/adr/1.md)).\n\n## 0.1.0 - 2026-11-23\n\nThat.\n';

  it('are the section of its version in the changelog', () => {
    expect(releaseNotes(changelog, '0.2.0')).toBe('### Added\n- This ([ADR](docs/adr/1.md)).\n');
    expect(releaseNotes(changelog, '0.1.0')).toBe('That.\n');
  });

  it('link into the repository at their version', () =>
    expect(withWholeLinks('[a](docs/a.md) [b](https://b.example) [c](#c)', 'o/r', 'v1.0.0')).toBe(
      '[a](https://github.com/o/r/blob/v1.0.0/docs/a.md) [b](https://b.example) [c](#c)',
    ));

  it.each([
    [changelog, '0.3.0', 'CHANGELOG.md has no section "## 0.3.0 - YYYY-MM-DD".'],
    [changelog, '0.2', 'CHANGELOG.md has no section'],
    ['## 1.0.0\n\nMuch.', '1.0.0', 'the section of 1.0.0 names no day'],
    ['## 1.0.0 - 2026-01-01\n\n\n## 0.9.0 - 2026-01-01', '1.0.0', 'CHANGELOG.md says nothing about 1.0.0.'],
  ])('are refused if there is no such section: %#', (text, version, words) => expect(() => releaseNotes(text, version)).toThrow(words));
});

describe('the version', () => {
  const files = (version: string, more: Record<string, string> = {}) => ({
    'package.json': '{"version":"1.2.3"}',
    'apps/local/package.json': `{"version":"${version}"}`,
    'tools/package.json': '{"version":"1.2.3"}',
    'package-lock.json': '{"version":"1.2.3","packages":{"":{"version":"1.2.3"},"apps/local":{"version":"1.2.3"}}}',
    'README.md': 'tar -xzf barometer-1.2.3-linux-x64.tar.gz',
    'docs/self-hosting.md': '',
    ...more,
  });

  it('is the same everywhere, and in the tag', async () => {
    const { root: workspace, remove } = await temporaryWorkspace(files('1.2.3'));
    expect(versionFaults(workspace, 'v1.2.3')).toEqual({ version: '1.2.3', faults: [] });
    expect(versionFaults(workspace, 'v1.2.4').faults).toEqual(['The tag v1.2.4 is not v1.2.3, which package.json says.']);
    await remove();
  });

  it('is reported wherever it differs', async () => {
    const { root: workspace, remove } = await temporaryWorkspace(files('1.2.2', { 'README.md': 'barometer-1.2.2.tgz' }));
    expect(versionFaults(workspace).faults).toEqual([
      'apps/local/package.json says 1.2.2 where package.json says 1.2.3.',
      'README.md names barometer-1.2.2 where the version is 1.2.3.',
    ]);
    await remove();
  });
});

describe('a workflow', () => {
  const text = (step: string, more = '') =>
    `name: x\non: {push: {}}\npermissions: {contents: read${more}}\njobs:\n  one:\n    runs-on: u\n    timeout-minutes: 5\n    steps:\n      - ${step}\n`;
  const faultsOf = async (yaml: string) => {
    const { root: workspace, remove } = await temporaryWorkspace({ 'x.yml': yaml, 'package.json': '{"scripts":{"build":"x"}}' });
    const faults = workflowFaults(workspace, 'x.yml');
    await remove();
    return faults;
  };

  it.each([
    ['run: npm run --silent build', ''],
    ['uses: a/b@0123456789012345678901234567890123456789', ''],
    ['uses: a/b@v1', 'x.yml: one uses a/b@v1, which is not pinned by a commit.'],
    ['run: npm run fly', 'x.yml: one runs "npm run fly", which package.json has not.'],
    ['run: bash .ci/none', 'x.yml: one runs .ci/none, which is not there.'],
    ['run: echo "${{ github.event.head_commit.message }}"', 'x.yml: one puts what others may name into a command: hand it over as a variable.'],
    ['run: [', 'x.yml is no workflow: '],
    ['name: nothing', 'x.yml is no workflow: '],
    ['{run: x, usess: y}', 'x.yml is no workflow: '],
  ])('is checked: %s', async (step, words) => expect((await faultsOf(text(step))).join('\n')).toEqual(words === '' ? '' : expect.stringContaining(words)));

  it('grants no rights to all of its jobs, and waits only for jobs that exist', async () => {
    expect(await faultsOf(text('run: x', ', packages: write'))).toEqual(['x.yml: every job may write packages; a job that must says so itself.']);
    expect(await faultsOf(text('run: x').replace('    runs-on', '    needs: zero\n    runs-on'))).toEqual(['x.yml: one needs zero, which is no job.']);
  });

  it('of a release uploads with the names that the check gives, and may write only what each job publishes', () => {
    expect(workflowFaults(root, '.github/workflows/release.yml')).toEqual([]);
    const release = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8');
    for (const words of [
      'release:check -- --tag "$TAG"',
      'path: dist/release',
      'barometer-$version-image-$platform.tar',
      '-npm-*.tgz',
      '--provenance',
      'subject-checksums: SHA256SUMS',
      'sha256sum --check --strict SHA256SUMS',
    ])
      expect(release).toContain(words);
    expect(release.match(/contents: write/g)).toHaveLength(1);
  });
});
