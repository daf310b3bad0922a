import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, createReadStream, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { platformsOf } from '../src/executors/archive/executor';
import { readableBytes } from '../src/packaging/budget';
import { readOciArchive } from '../src/packaging/oci-archive';
import { hostPlatform, type Platform } from '../src/packaging/platforms';
import { releaseNotes, withWholeLinks } from './changelog';
import { versionFaults } from './versions';
import { workflowFaults } from './workflow';

const root = join(__dirname, '..', '..');
const RELEASE = 'dist/release';
const AGAIN = 'dist/release-again';

const HELP = `Does everything of a release but the upload, into ${RELEASE}.

  npm run release:check                     checks, builds every artefact twice, tries those of this machine, and describes all
  npm run release:check -- --quick          checks versions, changelog and workflows alone
  npm run release:check -- --tag v1.2.3     the tag that is released, too
  npm run release:check -- --without-images where no container can be built
  npm run release:check -- --platforms linux-x64  artefacts of some platforms alone, as a trial

Exit code 1 where anything is not as a release needs it.`;

/** See HELP. */
export async function main(args: readonly string[] = process.argv.slice(3)): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean' },
      tag: { type: 'string' },
      'without-images': { type: 'boolean' },
      platforms: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(HELP);
  const { version, notes } = checked(values.tag);
  if (values.quick) return console.log(`Version ${version} is called so everywhere, the changelog has its notes, and the workflows are in order.`);
  const scope: Scope = { platforms: platformsOf(values.platforms ?? 'all'), images: !values['without-images'] };
  if (values.tag !== undefined && values.platforms !== undefined) throw new Error('What is released is released for every platform.');
  if (values.tag !== undefined && scope.images && !process.env['BAROMETER_BASE'])
    throw new Error('BAROMETER_BASE names no image: what is released is not built on the stand-in for tests.');
  refuse([...treeFaults(values.tag), ...storeFaults(version)]);
  build(scope);
  await compare(scope);
  smoke(scope);
  await collect(version, notes, scope);
}

/** The checks that cost nothing. Throws if any of them fails. */
function checked(tag: string | undefined): { readonly version: string; readonly notes: string } {
  const { version, faults } = versionFaults(root, tag);
  const workflows = globSync('.github/workflows/*.yml', { cwd: root })
    .sort()
    .flatMap((file) => workflowFaults(root, file));
  refuse([...faults, ...workflows]);
  return { version, notes: releaseNotes(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version) };
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

function git(...args: string[]): string {
  return spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout.trim();
}

function treeFaults(tag: string | undefined): string[] {
  const changed = git('status', '--porcelain');
  const faults = changed === '' ? [] : [`What is released is what is committed, and these files differ:\n${changed}`];
  if (tag !== undefined && git('rev-parse', `${tag}^{commit}`) !== git('rev-parse', 'HEAD')) faults.push(`The tag ${tag} is not on this commit.`);
  return faults;
}

/** The store that represents this version in the tests of later ones must have this version's schema. */
function storeFaults(version: string): string[] {
  const fixture = join(root, 'apps/local/fixtures/stores', `${version}.db.gz`);
  const remedy = 'run "npm run release:store" and commit what it writes.';
  if (!existsSync(fixture)) return [`There is no store of version ${version} for the tests of later ones: ${remedy}`];
  const folder = mkdtempSync(join(tmpdir(), 'barometer-release-'));
  try {
    writeFileSync(join(folder, 'kept.db'), gunzipSync(readFileSync(fixture)));
    run('node', ['apps/local/bin/barometer.mjs', 'keys', 'list'], { DATA_DIR: folder });
    const [kept, fresh] = ['kept.db', 'barometer.db'].map((file) => {
      const db = new DatabaseSync(join(folder, file));
      const row = db.prepare('PRAGMA user_version').get() as { user_version: number };
      db.close();
      return row.user_version;
    });
    return kept === fresh ? [] : [`The store of version ${version} has schema ${kept ?? 0}, and the program makes ${fresh ?? 0}: ${remedy}`];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What to build. */
interface Scope {
  readonly platforms: readonly Platform[];
  readonly images: boolean;
}

const folders = ['archives', 'npm', 'images'] as const;

function makeAll({ platforms, images }: Scope, more: readonly string[] = []): void {
  nx('run', 'local:package', '--packaging=archive,npm', `--platform=${platforms.join(',')}`, ...more);
  const containers = platforms.filter((platform) => platform.startsWith('linux-'));
  if (images && containers.length > 0) nx('run', 'local:package', '--packaging=oci', `--platform=${containers.join(',')}`, ...more);
}

function build(scope: Scope): void {
  for (const folder of [...folders.map((name) => `dist/${name}`), RELEASE, AGAIN]) rmSync(join(root, folder), { recursive: true, force: true });
  nx('run-many', '-t', 'build', '-p', 'web,local');
  makeAll(scope);
}

/** Builds everything again, in another place and without caches. Throws if anything differs. */
async function compare(scope: Scope): Promise<void> {
  makeAll(scope, [`--outputPath=${AGAIN}/archives`, `--npmOutputPath=${AGAIN}/npm`, `--imageOutputPath=${AGAIN}/images`, '--skip-nx-cache']);
  for (const file of artefacts('dist', scope)) {
    const [one, other] = await Promise.all([join(root, 'dist', file), join(root, AGAIN, file)].map(contentOf));
    if (one !== other) throw new Error(`${file} differs from itself, built a second time: ${one} and ${other}.`);
  }
  rmSync(join(root, AGAIN), { recursive: true });
  console.log('Every artefact is the same a second time.');
}

/** What must be equal: an image's digest, which does not depend on the times in the archive around it, and the bytes of everything else. */
const contentOf = async (path: string) => (path.endsWith('.tar') ? (await readOciArchive(path)).digest : sha256Of(path));

/** The artefacts below a folder, and the files written beside them, relative to the folder. */
const artefacts = (folder: string, { images }: Scope) =>
  globSync(
    ['archives/barometer-*.{tar.gz,zip}', 'npm/{,*/}barometer-*.tgz', ...(images ? ['images/barometer-*.tar'] : []), '{archives,npm/*,images}/*.cdx.json'],
    { cwd: join(root, folder) },
  ).sort();

/** Does what a new user would do with the artefacts for this machine. */
function smoke({ platforms, images }: Scope): void {
  const own = hostPlatform();
  if (own === undefined || !platforms.includes(own)) return console.log('Nothing that was made is for this machine: nothing was tried.');
  const jest = (pattern: string) =>
    run('node', [join(root, 'node_modules/jest/bin/jest.js'), '--config', 'jest.config.cjs', '--testPathPatterns', pattern], {}, join(root, 'apps/local'));
  jest('installed\\.e2e');
  if (images && own.startsWith('linux-')) jest('container\\.aws');
}

/** File names for a single folder, in which each name says what the file is. */
const released = (file: string): string => {
  const [kind, ...rest] = file.split('/');
  const name = rest.at(-1) ?? '';
  if (kind === 'npm' && rest.length > 1) return name.replace(/(\.tgz|\.cdx\.json)$/, `-npm-${rest[0] ?? ''}$1`);
  return kind === 'images' ? name.replace(/-(linux-\w+)(\.tar|\.cdx\.json)$/, '-image-$1$2') : name;
};

async function collect(version: string, notes: string, scope: Scope): Promise<void> {
  const target = join(root, RELEASE);
  mkdirSync(target, { recursive: true });
  const names: string[] = [];
  for (const file of artefacts('dist', scope)) {
    if (file.endsWith('.cdx.json')) await expectValidBill(join(root, 'dist', file));
    copyFileSync(join(root, 'dist', file), join(target, released(file)));
    names.push(released(file));
  }
  const repository = process.env['GITHUB_REPOSITORY'];
  writeFileSync(join(target, 'RELEASE-NOTES.md'), repository === undefined ? notes : withWholeLinks(notes, repository, `v${version}`));
  const sums = await Promise.all(names.sort().map(async (name) => `${await sha256Of(join(target, name))}  ${name}\n`));
  writeFileSync(join(target, 'SHA256SUMS'), sums.join(''));
  for (const name of names) console.log(`${readableBytes(statSync(join(target, name)).size).padStart(10)}  ${basename(name)}`);
  console.log(`${RELEASE} holds version ${version}: ${names.length} files, SHA256SUMS and RELEASE-NOTES.md.`);
}

async function expectValidBill(path: string): Promise<void> {
  const fault = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(readFileSync(path, 'utf8'));
  if (fault !== null) throw new Error(`${path} is no CycloneDX 1.6: ${JSON.stringify(fault).slice(0, 500)}`);
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const nx = (...args: string[]) => run('node', ['node_modules/nx/dist/bin/nx.js', ...args, '--output-style=static'], { NX_DAEMON: 'false', NX_TUI: 'false' });

/** Runs a command with its output on the terminal. Throws if it fails. */
function run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}, cwd: string = root): void {
  const { status } = spawnSync(command === 'node' ? process.execPath : command, args, { cwd, env: { ...process.env, ...environment }, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${args.join(' ')} failed.`);
}
