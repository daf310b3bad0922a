import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Artifact } from '../src/packaging/artifact';
import { highestMajor, measures, take, type Evidence } from './measures';
import { parseRecord, type DecisionRecord } from './record';
import { evaluateTriggers, faultsOf, governing, indexOf, readRecords, reviewsOf } from './register';

const repository = join(__dirname, '../..');

interface Parts {
  readonly id?: string;
  readonly frontMatter?: Readonly<Record<string, unknown>>;
  readonly body?: string;
}

/** A record's text; JSON is YAML, too. */
function textOf({ id = '0001', frontMatter = {}, body }: Parts = {}): string {
  const all = {
    id, status: 'accepted', date: '2026-01-10', owner: 'tools', deviates: 'no', reviewed: '2026-01-10', nextReview: '2026-04-10',
    governs: ['src/**'], triggers: [{ name: 'asked-for', condition: 'somebody asks for it', judgedBy: 'people' }], ...frontMatter,
  };
  return `---\n${JSON.stringify(all)}\n---\n${body ?? `# ${id}: Something\n\n## Context\nc\n\n## Decision\nd\n\n## Alternatives\na\n\n## Consequences\nq\n`}`;
}

const record = (parts: Parts = {}): DecisionRecord => parseRecord(textOf(parts), `docs/adr/${parts.id ?? '0001'}-something.md`);

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'barometer-adr-'));
  mkdirSync(join(root, 'docs/adr'), { recursive: true });
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src/a.ts'), '');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('measures of the repository itself', () => {
  const evidence: Evidence = { root: repository, artifacts: [] };
  const value = (name: string) => {
    const found = take(name, evidence);
    return 'value' in found ? found.value : NaN;
  };

  it('tell the version of a package', () => {
    expect([value('installed-major:typescript'), value('installed-major:@aws-sdk/client-dynamodb')]).toEqual([6, 3]);
    expect(() => value('installed-major:no-such-package')).toThrow('no-such-package');
  });

  it('tell what an article takes, and what a million of them cost', () => {
    expect(value('write-units-an-article')).toBeGreaterThan(20);
    expect(value('bytes-an-article')).toBeGreaterThan(1_000);
    expect(value('usd-a-million-articles:us-east-1')).toBeLessThan(value('usd-a-million-articles:eu-central-1'));
    expect(() => value('usd-a-million-articles:mars')).toThrow('has no price');
  });

  it('count the shards of what is hot', () => expect(value('hot-shards')).toBeGreaterThanOrEqual(1));

  it('are each used by a record in force', () => {
    const used = new Set(readRecords(repository).flatMap(({ triggers }) => triggers.flatMap((trigger) => ('measure' in trigger ? [trigger.measure.split(':')[0]] : []))));
    expect(Object.keys(measures).filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('a record', () => {
  it('is read with its title', () => expect(record()).toMatchObject({ id: '0001', title: 'Something', file: '0001-something.md', supersedes: [], acknowledged: [] }));

  it.each<[string, Parts, string]>([
    ['has a status of its own', { frontMatter: { status: 'maybe' } }, 'is proposed, accepted, deprecated, or "superseded by 0007"'],
    ['has a date that is none', { frontMatter: { date: '2026-02-31x' } }, 'YYYY-MM-DD'],
    ['has a month too many', { frontMatter: { date: '2026-13-01' } }, 'is no day of the calendar'],
    ['has an owner that nobody knows', { frontMatter: { owner: 'somebody' } }, 'owner'],
    ['deviates without saying from what', { frontMatter: { deviates: 'yes' } }, 'says in a sentence from what'],
    ['was reviewed before it was made', { frontMatter: { reviewed: '2025-12-31' } }, "lies before the decision's own date, 2026-01-10"],
    ['is not to be reviewed again', { frontMatter: { nextReview: '2026-01-10' } }, 'does not lie after the last one'],
    ['is to be reviewed in a year', { frontMatter: { nextReview: '2027-01-10' } }, 'is more than a quarter'],
    ['governs nothing', { frontMatter: { governs: [] } }, 'governs'],
    ['has no trigger', { frontMatter: { triggers: [] } }, 'triggers'],
    ['has a trigger that nobody evaluates', { frontMatter: { triggers: [{ name: 'a', condition: 'a condition of some length' }] } }, 'triggers'],
    ['has a trigger twice', { frontMatter: { triggers: [1, 2].map(() => ({ name: 'a', condition: 'a condition', judgedBy: 'people' })) } }, '"a" is there twice'],
    ['acknowledges something else', { frontMatter: { acknowledged: [{ trigger: 'other', date: '2026-01-11', reason: 'a reason that is long enough' }] } }, '"other" is no trigger of this record; there are asked-for'],
    ['acknowledges without a reason', { frontMatter: { acknowledged: [{ trigger: 'asked-for', date: '2026-01-11', reason: 'ok' }] } }, 'says in a sentence why'],
    ['has a field that is misspelt', { frontMatter: { reviewd: '2026-01-10' } }, 'reviewd'],
    ['has another number in its heading', { body: '# 0002: Something\n' }, 'needs the heading "# 0001: …"'],
    ['lacks its alternatives', { body: '# 0001: S\n\n## Context\n\n## Decision\n\n## Consequences\n' }, 'lacks the section "## Alternatives"'],
  ])('that %s is refused', (_what, parts, words) => expect(() => record(parts)).toThrow(words));

  it('without front matter, or under another number, is refused', () => {
    expect(() => parseRecord('# 0001: Something\n', 'docs/adr/0001-x.md')).toThrow('has no front matter');
    expect(() => parseRecord(textOf(), 'docs/adr/0002-x.md')).toThrow('another number in its name');
  });
});

describe('records together', () => {
  it('are in order where each stands by itself', () => expect(faultsOf([record()], root)).toEqual([]));

  it('are in order where one takes the place of the other', () => {
    expect(faultsOf([record({ frontMatter: { status: 'superseded by 0002' } }), record({ id: '0002', frontMatter: { supersedes: ['0001'] } })], root)).toEqual([]);
  });

  it.each<[string, Parts[], string]>([
    ['a number is there twice', [{}, {}], 'the number 0001 is there twice'],
    ['the successor is missing', [{ frontMatter: { status: 'superseded by 0009' } }], 'there is no record 0009'],
    ['the successor does not know', [{ frontMatter: { status: 'superseded by 0002' } }, { id: '0002' }], '0002 does not say that it supersedes 0001'],
    ['the old one does not know', [{}, { id: '0002', frontMatter: { supersedes: ['0001'] } }], 'whose status has to say "superseded by 0002"'],
    ['they supersede each other', [{ frontMatter: { status: 'superseded by 0002', supersedes: ['0002'] } }, { id: '0002', frontMatter: { status: 'superseded by 0001', supersedes: ['0001'] } }], 'by others, by itself'],
    ['one governs nothing that there is', [{ frontMatter: { governs: ['lib/**'] } }], 'governs "lib/**", and there is no such file'],
    ['a link is dead', [{ body: '# 0001: S\n\n## Context\n[x](0009-x.md#y)\n\n## Decision\n\n## Alternatives\n\n## Consequences\n' }], 'links to 0009-x.md, which is missing'],
  ])('are not where %s', (_what, parts, words) => expect(faultsOf(parts.map(record), root).join('\n')).toContain(words));

  it('govern the files that their globs name, while they are in force', () => {
    const records = [record(), record({ id: '0002', frontMatter: { status: 'deprecated' } }), record({ id: '0003', frontMatter: { governs: ['src/b.ts'] } })];
    expect([...governing(records, ['src/a.ts', 'src/b.ts', 'other.ts'])].map(([file, governors]) => [file, governors.map(({ id }) => id)])).toEqual([['src/a.ts', ['0001']], ['src/b.ts', ['0001', '0003']]]);
  });

  it('are listed, with what they deviate from', () => {
    const index = indexOf([record({ frontMatter: { deviates: 'from what everybody else does' } })]);
    expect(index).toContain('| [0001](0001-something.md) | Something | 2026-01-10 | accepted | tools | yes | 2026-04-10 |');
    expect(index).toContain('- [0001](0001-something.md): from what everybody else does');
  });
});

it.each([
  ['2026-03-26', 'later'], ['2026-03-27', 'due'], ['2026-04-10', 'due'], ['2026-04-23', 'due'], ['2026-04-24', 'overdue'],
])('on %s, the review of 10 April is %s', (today, state) => expect(reviewsOf([record()], today)).toMatchObject([{ state }]));

it('nobody reviews what is no longer in force', () => expect(reviewsOf([record({ frontMatter: { status: 'deprecated' } })], '2027-01-01')).toEqual([]));

const lambda = (app: string, over: Partial<Artifact> = {}): Artifact => ({
  app, packaging: 'zip', handler: 'main.handler', runtime: 'nodejs24.x', architecture: 'arm64', path: 'x', bytes: 1, unzippedBytes: 2_000_000, sha256: 'a'.repeat(64), model: null, ...over,
} as Artifact);
const model = { id: 'small', revision: '1' };
const withModel = (unzippedBytes: number) => lambda('analysis', { packaging: 'image', unzippedBytes, model } as Partial<Artifact>);

describe('triggers', () => {
  const packaging = () => readRecords(repository).filter(({ id }) => id === '0001').map((found) => ({ ...found, acknowledged: [] }));
  const met = (...artifacts: Artifact[]) => evaluateTriggers(packaging(), { root: repository, artifacts }).filter(({ state }) => state === 'met').map(({ trigger }) => trigger.name);

  it.each<[string, Artifact[], string[]]>([
    ['two small ZIPs stand beside a large image', [lambda('ingestion'), lambda('dashboard'), withModel(300_000_000)], []],
    ['a ZIP grows over 250 MB', [lambda('ingestion', { unzippedBytes: 262_144_001 }), withModel(300_000_000)], ['zip-too-large']],
    ['every function carries a model', [lambda('ingestion', { model }), withModel(300_000_000)], ['all-carry-models']],
    ['Analysis would fit a ZIP', [lambda('ingestion'), withModel(262_144_000)], ['analysis-fits-zip']],
    ['Analysis lacks its model, which fits nothing', [lambda('ingestion'), lambda('analysis', { unzippedBytes: 5_000_000 })], []],
  ])('of the packaging where %s', (_what, artifacts, expected) => expect(met(...artifacts)).toEqual(expected));

  const measured = (trigger: object, acknowledged: object[] = []) => {
    const [result] = evaluateTriggers([record({ frontMatter: { triggers: [{ name: 'old', condition: 'it is old by now', ...trigger }], acknowledged } })], { root, artifacts: { missing: 'nothing is packaged' } });
    return result;
  };
  it('rest once their owner has looked', () => {
    const trigger = { measure: 'days-since:2026-01-01', above: 0 };
    expect(measured(trigger)).toMatchObject({ state: 'met' });
    expect(measured(trigger, [{ trigger: 'old', date: '2026-01-12', reason: 'it is good for longer than that' }])).toMatchObject({ state: 'acknowledged', finding: expect.stringContaining('it is good for longer') });
  });
  it('say what keeps them from being measured', () => expect(measured({ measure: 'largest-zip-bytes', above: 1 })).toMatchObject({ state: 'not measured', finding: 'nothing is packaged' }));
  it('are refused where nothing measures them', () => expect(() => measured({ measure: 'happiness', below: 1 })).toThrow('There is no measure "happiness"; there are largest-zip-bytes'));
});

describe('measures', () => {
  it.each([
    ['>=4.8.4 <6.1.0', 6], ['>= 4.3 < 7', 6], ['^18.0.0 || ^19.0.0', 19], ['>=4', Infinity], ['*', Infinity], ['<=7', 7], ['~5.2', 5],
  ])('of what "%s" admits', (range, major) => expect(highestMajor(range)).toBe(major));

  const evidence = (): Evidence => ({ root, artifacts: [] });
  it('read what packages accept', () => {
    for (const [name, range] of [['a', '>=1 <7'], ['b', '^5']] as const) {
      mkdirSync(join(root, 'node_modules', name), { recursive: true });
      writeFileSync(join(root, 'node_modules', name, 'package.json'), JSON.stringify({ peerDependencies: { typescript: range } }));
    }
    expect(take('accepts-major:a,b>typescript', evidence())).toEqual({ value: 5, finding: 'a accepts typescript up to 6, b accepts typescript up to 5' });
  });
  it('read the tables of figures', () => {
    writeFileSync(join(root, 'docs/benchmarks.md'), '# F\n\n| app | init + first |\n|---|---|\n| analysis | 450 / 478 ms |\n| analysis (as a ZIP) | 300 / 457 ms |\n\n| scoring | articles/s |\n|---|---|\n| the product, model in its own thread | 1,099 |\n');
    expect(take('image-start-over-zip', evidence())).toMatchObject({ value: 1.5 });
    expect(take('scored-per-second', evidence())).toMatchObject({ value: 1099 });
    expect(take('first-answer-ms:dashboard', evidence())).toEqual({ missing: 'docs/benchmarks.md has no row "dashboard"' });
  });
  it('weigh the page as it was built', () => {
    expect(take('first-load-bytes', evidence())).toMatchObject({ missing: expect.stringContaining('nx build web') });
    mkdirSync(join(root, 'dist/apps/web'), { recursive: true });
    for (const [name, text] of [['index.html', '<script src="/a.js"></script>'], ['a.js', 'a'], ['later.js', 'x'.repeat(999)]] as const) writeFileSync(join(root, 'dist/apps/web', name), text);
    expect(take('first-load-bytes', evidence())).toMatchObject({ value: expect.any(Number) });
    expect((take('first-load-bytes', evidence()) as { value: number }).value).toBeLessThan(100);
  });
});

it("the repository's own records are in order, but for what only a date or a build can change", () => {
  const records = readRecords(repository);
  expect(faultsOf(records, repository)).toEqual([]);
  expect(records.flatMap(({ triggers }) => triggers).filter((trigger) => 'measure' in trigger).length).toBeGreaterThan(5);
});
