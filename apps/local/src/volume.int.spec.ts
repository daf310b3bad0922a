import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { barometer, barometerProgram, startBarometer } from './testing/barometer-process';

const inNamespace = (script: string) => ['--map-root-user', '--mount', 'sh', '-c', script];
const canMount =
  spawnSync('unshare', inNamespace('mount -t tmpfs tmpfs /mnt'), { env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` } }).status === 0;

describe('a volume', () => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-volume-'));
  const data = join(folder, 'data');
  const environment = { DATA_DIR: data, SOURCES_FILE: join(folder, 'sources.yaml') };
  beforeAll(() => {
    writeFileSync(environment.SOURCES_FILE, '{"sources":[]}');
    const row = (at: number) =>
      `The council of town ${at} meets about ${at % 7} floods,https://news.example/${at},${new Date(Date.now() - at * 60_000).toISOString()},The Example`;
    writeFileSync(join(folder, 'rows.csv'), ['title,url,date,publisher', ...Array.from({ length: 3_000 }, (_, at) => row(at + 1))].join('\n'));
  });
  beforeEach(() => mkdirSync(data));
  afterEach(() => rmSync(data, { recursive: true, force: true }));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs a shell script with mounts of its own, in which `barometer` is the program. @returns both output streams */
  function script(lines: readonly string[]): string {
    const { command, args, cwd, env } = barometerProgram([], environment);
    const program = join(folder, 'barometer');
    writeFileSync(program, `#!/bin/sh\nexec '${command}' '${args[0] ?? ''}' "$@"\n`);
    chmodSync(program, 0o755);
    const { stdout } = spawnSync('unshare', inNamespace(['exec 2>&1', 'set -x', ...lines].join('\n')), {
      cwd,
      encoding: 'utf8',
      env: { ...env, D: data, ROWS: join(folder, 'rows.csv'), PATH: `${folder}:${env['PATH']}:/usr/sbin:/sbin` },
    });
    return stdout;
  }

  it('without free space ends every command with a sentence, loses nothing, and works again when there is space', () => {
    if (!canMount) return console.log('Skipped: this machine lets nobody mount.');
    const said = script([
      'mount -t tmpfs -o size=3m tmpfs "$D"',
      'barometer import-articles --no-score "$ROWS"',
      'barometer check',
      'dd if=/dev/zero of="$D/rest" bs=1k count=3000',
      'barometer up',
      'barometer status',
      'barometer backup "$D/copy.db"',
      `barometer backup "${folder}/elsewhere.db"`,
      'barometer export opml',
      'ls "$D"',
      // Room for what the lock writes, and none for the index of the store.
      'rm -f "$D/barometer.db-shm"',
      'dd if=/dev/zero of="$D/rest" bs=1k count=3000',
      'truncate -s -8192 "$D/rest"',
      'barometer keys list',
      'rm "$D/rest"',
      'mount -o remount,size=60m "$D"',
      'barometer import-articles --no-score "$ROWS"',
      'barometer check',
      'barometer status',
    ]);
    expect(said).not.toContain('    at ');
    const sentence = `The disk has no room left for the store ${data}/barometer.db.`;
    const parts = said.split(/^\+ /m).slice(1);
    const of = (command: string) => parts.filter((part) => part.startsWith(command)).map((part) => part.split('\n').slice(1).join('\n').trim());
    expect(of('barometer import-articles')).toEqual([expect.stringContaining(sentence), expect.stringMatching(/there already \d{2,}/)]);
    expect(of('barometer up')).toEqual([expect.stringMatching(/^The disk has no room left for /)]);
    expect(of('barometer backup')).toEqual([
      `The disk has no room left for the store ${data}/copy.db.`,
      expect.stringMatching(/elsewhere\.db: \d+ articles and \d+ sources?, \d\.\d MB$/),
    ]);
    expect(of('barometer export')).toEqual([expect.stringMatching(/^<\?xml/)]);
    expect(of('barometer keys')).toEqual([sentence]);
    expect(of('ls')[0]).not.toContain('copy');
    expect(of('barometer check')).toEqual(['every count agrees with the articles', 'every count agrees with the articles']);
    expect(of('barometer status')).toEqual([expect.stringMatching(/^articles: 0 scored, \d+ waiting/), expect.stringContaining('0 scored, 3000 waiting')]);
  }, 180_000);

  it('that is read-only is read, and every other command says so', () => {
    if (!canMount) return console.log('Skipped: this machine lets nobody mount.');
    expect(barometer(['keys', 'add', 'me'], environment)).toMatchObject({ status: 0 });
    const said = script([
      'mount --bind "$D" "$D"',
      'mount -o remount,ro,bind "$D"',
      'barometer status',
      `barometer backup "${folder}/copy.db"`,
      'barometer backup "$D/copy.db"',
      'barometer export all',
      'barometer export opml',
      'barometer up',
      'barometer keys list',
      'barometer rescore',
      'DATA_DIR="$D/new" barometer up',
    ]);
    expect(said).not.toContain('    at ');
    expect(said).toContain('articles: 0 scored');
    expect(said).toContain('copy.db: 0 articles');
    expect(said).toContain(`${data}/copy.db is on a volume that can only be read: a back-up goes to another one.\n`);
    expect(said).toContain('{"kind":"end","articles":0}');
    expect(said).toContain('<opml version="2.0">');
    const sentence = (place: string) =>
      `DATA_DIR ${place} is on a volume that can only be read: "barometer status", "export" and "backup" work there, everything else has to write.\n`;
    expect(said.split(sentence(data))).toHaveLength(4);
    expect(said.split(sentence(`${data}/new`))).toHaveLength(2);
  }, 120_000);

  it('on which the address file cannot be written ends the start with a sentence', () => {
    mkdirSync(join(data, 'address.txt'));
    expect(barometer(['up'], environment)).toMatchObject({ status: 1, stderr: expect.stringMatching(/^DATA_DIR .* cannot be used: EISDIR.*\n$/) });
  }, 120_000);

  it('is used by one Barometer, beside which it can be checked and scored again; a second Barometer names the first', async () => {
    const first = await startBarometer(environment);
    expect(barometer(['up'], environment)).toMatchObject({ status: 1, stderr: expect.stringContaining(`Another Barometer (process ${first.child.pid ?? 0})`) });
    expect(barometer(['poll'], environment).stderr).toContain(`It is at ${first.address}`);
    expect(barometer(['check'], environment)).toMatchObject({ status: 0, stdout: 'every count agrees with the articles\n' });
    expect(barometer(['rescore'], environment)).toMatchObject({ status: 0 });
    expect(barometer(['check', '--repair'], environment)).toMatchObject({ status: 1 });
    first.child.kill('SIGKILL');
    await first.end('SIGKILL');
    expect(readFileSync(join(data, 'barometer.db.pid'), 'utf8')).toMatch(/^\d+ \S+\n$/);
    expect(barometer(['poll'], environment)).toMatchObject({ status: 0 });
  }, 180_000);
});
