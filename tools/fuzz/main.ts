import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { propertySpecs, type PropertySpec } from './property-specs';

const root = join(__dirname, '..', '..');
const LEAST_RUNS = 5_000;

const HELP = `Runs every property of the tests with random seeds, and prints how to see a failure again. Among them are those that
kill real processes at random moments: while they poll and score (apps/local/src/kill.int.spec.ts), and while alerts
ring and are told (apps/local/src/alert-kill.int.spec.ts). They need "npx nx build local".

  npm run fuzz -- [options]

  --runs N       cases of each property, at least (default and least ${LEAST_RUNS.toLocaleString('en')}; with --seed any number)
  --minutes N    go on with new seeds until so many minutes have passed (default: once through all)
  --only TEXT    only specs whose path contains this
  --seed N       this seed in the place of a random one: the same cases again
  --aws          also the specs that need the local stand-ins for AWS (Java)
  --list         print the specs and end
  --help         print this

Exit code 0: no failure; 1: a failure; 2: options that cannot be used. What fails does not end the run: all other
properties are looked at too, and the failures are listed at the end.
`;

interface Options {
  readonly runs: number;
  readonly until: number;
  readonly specs: readonly PropertySpec[];
  readonly seed: number | undefined;
}

interface Failure {
  readonly file: string;
  readonly seed: number;
  readonly runs: number;
}

export async function main(args: readonly string[] = process.argv.slice(3)): Promise<void> {
  const options = readOptions(args);
  if (typeof options !== 'object') {
    process.exitCode = options;
    return;
  }
  const failures = await rounds(options);
  if (failures.length === 0) return console.log('No property failed.');
  console.log(`\n${failures.length} ${failures.length === 1 ? 'spec' : 'specs'} failed. See each again with`);
  for (const { file, seed, runs } of failures) console.log(`  npm run fuzz -- --only ${file} --seed ${seed} --runs ${runs}`);
  process.exitCode = 1;
}

/** Runs all specs once, then again with other seeds until the time is over. A spec that failed is not run again. */
async function rounds({ runs, until, specs, seed }: Options): Promise<Failure[]> {
  const failures: Failure[] = [];
  do {
    const round = seed ?? randomInt(1, 2 ** 31 - 1);
    for (const [index, { file, project }] of specs.entries()) {
      if (failures.some((failure) => failure.file === file)) continue;
      const begun = Date.now();
      const output = await run(project, file, round, runs);
      const seconds = ((Date.now() - begun) / 1_000).toFixed(0);
      console.log(`${index + 1} of ${specs.length}  ${output === undefined ? 'ok    ' : 'FAILED'}  ${file}  (seed ${round}, ${seconds} s)`);
      if (output === undefined) continue;
      console.log(output);
      failures.push({ file, seed: round, runs });
    }
  } while (seed === undefined && Date.now() < until);
  return failures;
}

/** The output of a failed spec; undefined if it passed. */
function run(project: string, file: string, seed: number, runs: number): Promise<string | undefined> {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = [
    jest,
    '--config',
    join(root, project, 'jest.config.cjs'),
    '--testTimeout',
    String(3_600_000),
    '--reporters',
    'default',
    '--runTestsByPath',
    join(root, file),
  ];
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PROPERTY_SEED: String(seed), PROPERTY_RUNS: String(runs), NODE_OPTIONS: '--experimental-vm-modules --no-warnings' },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve, reject) => child.once('error', reject).once('close', (code) => resolve(code === 0 ? undefined : text)));
}

/** The options; a number is the exit code if there is nothing to run. */
function readOptions(args: readonly string[]): Options | number {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        runs: { type: 'string', default: String(LEAST_RUNS) },
        minutes: { type: 'string', default: '0' },
        only: { type: 'string', default: '' },
        seed: { type: 'string' },
        aws: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return print(HELP, 0);
    const seed = values.seed === undefined ? undefined : whole('--seed', values.seed, 1, 2 ** 31 - 1);
    const runs = whole('--runs', values.runs, seed === undefined ? LEAST_RUNS : 1, 10_000_000);
    const minutes = whole('--minutes', values.minutes, 0, 10_000);
    const specs = propertySpecs(root, { aws: values.aws }).filter(({ file }) => file.includes(values.only));
    if (specs.length === 0) throw new Error(`No spec with a property has "${values.only}" in its path; --list prints them.`);
    if (values.list) return print(specs.map(({ file }) => `${file}\n`).join(''), 0);
    return { runs, seed, specs, until: Date.now() + minutes * 60_000 };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) throw new Error(`${name} must be a whole number from ${least} to ${most}, not "${text}".`);
  return value;
}

function print(text: string, code: number): number {
  process.stdout.write(text);
  return code;
}
