import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const script = join(__dirname, '../../.ci/commits.mjs');
let repository: string;
const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd: repository, stdio: 'pipe' });
const commit = (subject: string) => git('commit', '--quiet', '--allow-empty', '--message', subject);
const check = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { cwd: repository, encoding: 'utf8' });

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'barometer-commits-'));
  git('init', '--quiet', '--initial-branch', 'main');
  commit('whatever stood there before');
  git('switch', '--quiet', '--create', 'change');
});
afterEach(() => rmSync(repository, { recursive: true, force: true }));

it('accepts conventional subjects, and merges', () => {
  for (const subject of ['feat: one', 'fix(web): two', 'refactor(cli,apps)!: three', `docs: ${'x'.repeat(114)}`]) commit(subject);
  git('merge', '--quiet', '--no-ff', '--message', 'Merge what came', 'main');
  expect(check('main')).toMatchObject({ status: 0, stdout: '4 commits since main, 0 with a subject that cannot stay.\n' });
});

it.each([
  ['Add a thing', 'It has to read as "type: what it does"'],
  ['feet: a thing', '"feet" is none of build, chore'],
  ['fix: ', 'It has to read'],
  ['fix: a thing.', 'It ends with a full stop.'],
  [`docs: ${'x'.repeat(115)}`, 'It has 121 characters, and may have 120.'],
])('refuses "%s"', (subject, why) => {
  commit(subject);
  expect(check('main')).toMatchObject({ status: 1, stderr: expect.stringContaining(why) as string });
});

it('checks nothing without a base', () => expect(check()).toMatchObject({ status: 0, stdout: 'There is no origin/main here: no commit is checked.\n' }));
