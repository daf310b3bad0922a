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

/** The text of a record; JSON is valid YAML. */
function textOf({ id = '0001', frontMatter = {}, body }: Parts = {}): string {
  const all = {
    id,
    status: 'accepted',
    date: '2026-01-10',
    owner: 'tools',
    deviates: 'no',
    reviewed: '2026-01-10',
    nextReview: '2026-04-10',
    governs: ['src/**'],
    triggers: [{ name: 'asked-for', condition: 'somebody asks for it', judgedBy: 'people' }],
    ...frontMatter,
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

  it('answer the version of a package', () => {
    expect([value('installed-major:typescript'), value('installed-major:@aws-sdk/client-dynamodb')]).toEqual([6, 3]);
    expect(() => value('installed-major:no-such-package')).toThrow('no-such-package');
  });

  it('answer the age of versions and prices', () => {
    expect(value('installed-minor:typescript')).toBeLessThan(1);
    expect([value('node-minors-apart') >= 0, value('price-table-days') >= 0]).toEqual([true, true]);
    expect([value('another-model-than:none'), take('another-model-than:none', evidence)]).toEqual([
      1,
      expect.objectContaining({ finding: expect.stringMatching(/revision [0-9a-f]{12}$/) }),
    ]);
  });

  it('answer the units of an article in an index, and 0 in an unknown one', () => {
    expect(value('index-units-an-article:list')).toBeGreaterThan(1);
    expect(take('index-units-an-article:nowhere', evidence)).toEqual({ missing: 'the table has no index "nowhere"' });
  });

  it('answer the units of an article, and the cost of a million of them', () => {
    expect(value('write-units-an-article')).toBeGreaterThan(20);
    expect(value('bytes-an-article')).toBeGreaterThan(1_000);
    expect(value('usd-a-million-articles:us-east-1')).toBeLessThan(value('usd-a-million-articles:eu-central-1'));
    expect(() => value('usd-a-million-articles:mars')).toThrow('has no price');
  });

  it('count the shards of hot items', () => expect(value('hot-shards')).toBeGreaterThanOrEqual(1));

  it('are each used by a record in force', () => {
    const used = new Set(
      readRecords(repository).flatMap(({ triggers }) => triggers.flatMap((trigger) => ('measure' in trigger ? [trigger.measure.split(':')[0]] : []))),
    );
    expect(Object.keys(measures).filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('a record', () => {
  it('is parsed with its title', () =>
    expect(record()).toMatchObject({ id: '0001', title: 'Something', file: '0001-something.md', supersedes: [], acknowledged: [] }));

  it.each<[string, Parts, string]>([
    ['lacks its owner', { frontMatter: { owner: undefined } }, '\n  owner is missing'],
    ['lacks its next review', { frontMatter: { nextReview: undefined } }, '\n  nextReview is missing'],
    ['lacks a field that is text', { frontMatter: { status: undefined } }, '\n  status is missing'],
    ['lacks its list of triggers', { frontMatter: { triggers: undefined } }, '\n  triggers is missing'],
    ['has a status of its own', { frontMatter: { status: 'maybe' } }, 'status has to be proposed, accepted, deprecated, or "superseded by 0007"'],
    ['has a date in another form', { frontMatter: { date: '10.01.2026' } }, 'YYYY-MM-DD'],
    ['has a month too many', { frontMatter: { date: '2026-13-01' } }, 'date has to be a day of the calendar'],
    ['has the 31st of November', { frontMatter: { nextReview: '2026-11-31' } }, 'nextReview has to be a day of the calendar'],
    ['has an unknown owner', { frontMatter: { owner: 'somebody' } }, 'owner has to be one of aws, ingestion'],
    ['deviates without saying from what', { frontMatter: { deviates: 'yes' } }, 'deviates has to be "no", or to say in a sentence'],
    ['was reviewed before it was made', { frontMatter: { reviewed: '2025-12-31' } }, "lies before the decision's own date, 2026-01-10"],
    ['is not to be reviewed again', { frontMatter: { nextReview: '2026-01-10' } }, 'does not lie after the last one'],
    ['is to be reviewed in a year', { frontMatter: { nextReview: '2027-01-10' } }, 'is more than a quarter'],
    ['governs nothing', { frontMatter: { governs: [] } }, 'governs'],
    ['has no trigger', { frontMatter: { triggers: [] } }, 'triggers'],
    [
      'has a trigger that nobody evaluates',
      { frontMatter: { triggers: [{ name: 'a', condition: 'a condition of some length' }] } },
      'triggers[0] has to have a name, a condition of at least ten characters, and either "judgedBy: people", or a "measure"',
    ],
    [
      'has a trigger twice',
      { frontMatter: { triggers: [1, 2].map(() => ({ name: 'a', condition: 'a condition', judgedBy: 'people' })) } },
      'the name "a" is used twice',
    ],
    [
      'acknowledges something else',
      { frontMatter: { acknowledged: [{ trigger: 'other', date: '2026-01-11', reason: 'a reason that is long enough' }] } },
      '"other" is no trigger of this record; there are asked-for',
    ],
    [
      'acknowledges without a reason',
      { frontMatter: { acknowledged: [{ trigger: 'asked-for', date: '2026-01-11', reason: 'ok' }] } },
      'acknowledged[0].reason has to say in a sentence why',
    ],
    ['has a field that is misspelt', { frontMatter: { reviewd: '2026-01-10' } }, 'reviewd'],
    ['has another number in its heading', { body: '# 0002: Something\n' }, 'needs the heading "# 0001: …"'],
    ['lacks its alternatives', { body: '# 0001: S\n\n## Context\n\n## Decision\n\n## Consequences\n' }, 'lacks the section "## Alternatives"'],
  ])('that %s is refused', (_what, parts, words) => expect(() => record(parts)).toThrow(words));

  it('whose date is none is told of the date alone, not of what follows from it', () =>
    expect(() => record({ frontMatter: { date: '2026-02-31' } })).toThrow(/ is not valid:\n  date has to be [^\n]*$/));

  it('without front matter, or under another number, is refused', () => {
    expect(() => parseRecord('# 0001: Something\n', 'docs/adr/0001-x.md')).toThrow('has no front matter');
    expect(() => parseRecord('---\nid: "0001\n---\n# 0001: Something\n', 'docs/adr/0001-x.md')).toThrow(
      'The front matter of docs/adr/0001-x.md is not valid YAML: Missing closing',
    );
    expect(() => parseRecord(textOf(), 'docs/adr/0002-x.md')).toThrow('another number in its name');
  });
});

describe('records together', () => {
  it('are consistent if each is independent', () => expect(faultsOf([record()], root)).toEqual([]));

  it('are consistent if one supersedes the other', () => {
    expect(faultsOf([record({ frontMatter: { status: 'superseded by 0002' } }), record({ id: '0002', frontMatter: { supersedes: ['0001'] } })], root)).toEqual(
      [],
    );
  });

  it.each<[string, Parts[], string]>([
    ['a number is there twice', [{}, {}], '0001-something.md has the number 0001, as 0001-something.md has.'],
    ['the successor is missing', [{ frontMatter: { status: 'superseded by 0009' } }], 'there is no record 0009'],
    ['the successor does not know', [{ frontMatter: { status: 'superseded by 0002' } }, { id: '0002' }], '0002 does not say that it supersedes 0001'],
    ['the old one does not know', [{}, { id: '0002', frontMatter: { supersedes: ['0001'] } }], 'but the status of 0001 is not "superseded by 0002"'],
    ['the old one is missing', [{ frontMatter: { supersedes: ['0009'] } }], 'supersedes 0009, but there is no record 0009'],
    [
      'they supersede each other',
      [
        { frontMatter: { status: 'superseded by 0002', supersedes: ['0002'] } },
        { id: '0002', frontMatter: { status: 'superseded by 0001', supersedes: ['0001'] } },
      ],
      'is superseded in a circle: 0001, 0002, 0001.',
    ],
    ['one governs nothing that there is', [{ frontMatter: { governs: ['lib/**'] } }], 'governs "lib/**", but no file matches that'],
    [
      'a link is dead',
      [{ body: '# 0001: S\n\n## Context\n[x](0009-x.md#y)\n\n## Decision\n\n## Alternatives\n\n## Consequences\n' }],
      'links to 0009-x.md, which does not exist',
    ],
    [
      'a link by reference is dead',
      [{ body: '# 0001: S\n\n## Context\n[x]\n\n[x]: 0009-x.md\n\n## Decision\n\n## Alternatives\n\n## Consequences\n' }],
      'links to 0009-x.md, which does not exist',
    ],
    [
      'a heading that is linked to is missing',
      [{ body: '# 0001: S\n\n## Context\n[x](#decision), [y](#why-not)\n\n## Decision\n\n## Alternatives\n\n## Consequences\n' }],
      'links to #why-not, but there is no such heading',
    ],
  ])('are inconsistent if %s', (_what, parts, words) => expect(faultsOf(parts.map(record), root).join('\n')).toContain(words));

  it('govern the files that match their globs, while they are in force', () => {
    const records = [record(), record({ id: '0002', frontMatter: { status: 'deprecated' } }), record({ id: '0003', frontMatter: { governs: ['src/b.ts'] } })];
    expect([...governing(records, ['src/a.ts', 'src/b.ts', 'other.ts'])].map(([file, governors]) => [file, governors.map(({ id }) => id)])).toEqual([
      ['src/a.ts', ['0001']],
      ['src/b.ts', ['0001', '0003']],
    ]);
  });

  it('are listed, with what they deviate from', () => {
    const index = indexOf([record({ frontMatter: { deviates: 'from what everybody else does' } })]);
    expect(index).toContain('| [0001](0001-something.md) | Something | 2026-01-10 | accepted | tools | yes | 2026-04-10 |');
    expect(index).toContain('- [0001](0001-something.md): from what everybody else does');
  });
});

it.each([
  ['2026-03-26', 'later'],
  ['2026-03-27', 'due'],
  ['2026-04-10', 'due'],
  ['2026-04-23', 'due'],
  ['2026-04-24', 'overdue'],
])('on %s, the review of 10 April is %s', (today, state) => expect(reviewsOf([record()], today)).toMatchObject([{ state }]));

it('records that are no longer in force need no review', () =>
  expect(reviewsOf([record({ frontMatter: { status: 'deprecated' } })], '2027-01-01')).toEqual([]));

const lambda = (app: string, over: Partial<Artifact> = {}): Artifact =>
  ({
    app,
    packaging: 'zip',
    handler: 'main.handler',
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    path: 'x',
    bytes: 1,
    unzippedBytes: 2_000_000,
    sha256: 'a'.repeat(64),
    model: null,
    ...over,
  }) as Artifact;
const model = { id: 'small', revision: '1' };
const withModel = (unzippedBytes: number) => lambda('analysis', { packaging: 'image', unzippedBytes, model } as Partial<Artifact>);

describe('triggers', () => {
  const packaging = () =>
    readRecords(repository)
      .filter(({ id }) => id === '0001')
      .map((found) => ({ ...found, acknowledged: [] }));
  const met = (...artifacts: Artifact[]) =>
    evaluateTriggers(packaging(), { root: repository, artifacts })
      .filter(({ state }) => state === 'met')
      .map(({ trigger }) => trigger.name);

  it.each<[string, Artifact[], string[]]>([
    ['two small ZIPs stand beside a large image', [lambda('ingestion'), lambda('dashboard'), withModel(300_000_000)], []],
    ['a ZIP grows over 250 MB', [lambda('ingestion', { unzippedBytes: 262_144_001 }), withModel(300_000_000)], ['zip-too-large']],
    ['every function carries a model', [lambda('ingestion', { model }), withModel(300_000_000)], ['all-carry-models']],
    ['Analysis would fit a ZIP', [lambda('ingestion'), withModel(262_144_000)], ['analysis-fits-zip']],
    ['Analysis lacks its model, which fits nothing', [lambda('ingestion'), lambda('analysis', { unzippedBytes: 5_000_000 })], []],
  ])('of the packaging are evaluated where %s', (_what, artifacts, expected) => expect(met(...artifacts)).toEqual(expected));

  const measured = (trigger: object, acknowledged: object[] = []) => {
    const [result] = evaluateTriggers([record({ frontMatter: { triggers: [{ name: 'old', condition: 'it is old by now', ...trigger }], acknowledged } })], {
      root,
      artifacts: { missing: 'nothing is packaged' },
    });
    return result;
  };
  it('are silent once their owner has acknowledged them', () => {
    const trigger = { measure: 'days-since:2026-01-01', above: 0 };
    expect(measured(trigger)).toMatchObject({ state: 'met' });
    expect(measured(trigger, [{ trigger: 'old', date: '2026-01-12', reason: 'it is good for longer than that' }])).toMatchObject({
      state: 'acknowledged',
      finding: expect.stringContaining('it is good for longer'),
    });
  });
  it('say why they could not be measured', () =>
    expect(measured({ measure: 'largest-zip-bytes', above: 1 })).toMatchObject({ state: 'not measured', finding: 'nothing is packaged' }));
  it('are refused without such a measure', () =>
    expect(() => measured({ measure: 'happiness', below: 1 })).toThrow(
      '0001-something.md: the trigger "old" cannot be evaluated: There is no measure "happiness"; there are largest-zip-bytes',
    ));

  it('are refused if what they measure does not exist', () =>
    expect(() => measured({ measure: 'installed-major:no-such-package', above: 1 })).toThrow(
      /0001-something.md: the trigger "old" cannot be evaluated: .*no-such-package/,
    ));
});

describe('measures', () => {
  it.each([
    ['>=4.8.4 <6.1.0', 6],
    ['>= 4.3 < 7', 6],
    ['^18.0.0 || ^19.0.0', 19],
    ['>=4', Infinity],
    ['*', Infinity],
    ['<=7', 7],
    ['~5.2', 5],
  ])('of the versions that "%s" allows', (range, major) => expect(highestMajor(range)).toBe(major));

  const evidence = (): Evidence => ({ root, artifacts: [] });
  it('read the peer dependencies of packages', () => {
    for (const [name, range] of [
      ['a', '>=1 <7'],
      ['b', '^5'],
    ] as const) {
      mkdirSync(join(root, 'node_modules', name), { recursive: true });
      writeFileSync(join(root, 'node_modules', name, 'package.json'), JSON.stringify({ peerDependencies: { typescript: range } }));
    }
    expect(take('accepts-major:a,b>typescript', evidence())).toEqual({ value: 5, finding: 'a accepts typescript up to 6, b accepts typescript up to 5' });
  });
  it('read the tables of benchmarks', () => {
    writeFileSync(
      join(root, 'docs/benchmarks.md'),
      '# F\n\n| app | init + first |\n|---|---|\n| analysis | 450 / 478 ms |\n| analysis (as a ZIP) | 300 / 457 ms |\n\n| scoring | articles/s |\n|---|---|\n| the product, model in its own thread | 1,099 |\n',
    );
    expect(take('image-start-over-zip', evidence())).toMatchObject({ value: 1.5 });
    expect(take('scored-per-second', evidence())).toMatchObject({ value: 1099 });
    expect(take('first-answer-ms:dashboard', evidence())).toEqual({ missing: 'docs/benchmarks.md has no row "dashboard"' });
    expect(
      [take('processor-ms:a poll', evidence()), take('route-ms:/status', evidence()), take('largest-answer-kb', evidence())].every(
        (found) => 'missing' in found,
      ),
    ).toBe(true);
    writeFileSync(
      join(root, 'docs/benchmarks.md'),
      '| processor time | ms |\n|---|---|\n| a poll | 1,300.5 |\n\n| route | 1,000,000 articles | KB |\n|---|---|---|\n| /status | 3.3 / 6.7 / 4 | 1 |\n| /sources | 7 / 9 / 8 | 146 |\n\n| other | KB |\n|---|---|\n| none | – |\n',
    );
    expect(take('processor-ms:a poll', evidence())).toEqual({ value: 1300.5, finding: 'a poll takes 1300.5 ms of a processor' });
    expect(take('route-ms:/status', evidence())).toMatchObject({ value: 3.3 });
    expect(take('largest-answer-kb', evidence())).toEqual({ value: 146, finding: 'the largest answer is that of /sources, 146 KB' });
  });

  it('answer how far apart the packages of Node are', () => {
    mkdirSync(join(root, 'tools/node'), { recursive: true });
    writeFileSync(join(root, 'tools/node/packages.json'), JSON.stringify({ a: 'node-a', b: 'node-b' }));
    writeFileSync(join(root, 'package.json'), JSON.stringify({ optionalDependencies: { 'node-a': '24.3.1', 'node-b': '24.21.0', other: '1.0.0' } }));
    expect(take('node-minors-apart', evidence())).toEqual({ value: 18, finding: 'node-a has 24.3.1, node-b 24.21.0' });
  });
  it('weigh the built page', () => {
    expect(take('first-load-bytes', evidence())).toMatchObject({ missing: expect.stringContaining('nx build web') });
    mkdirSync(join(root, 'dist/apps/web'), { recursive: true });
    for (const [name, text] of [
      ['index.html', '<script src="/a.js"></script>'],
      ['a.js', 'a'],
      ['later.js', 'x'.repeat(999)],
    ] as const)
      writeFileSync(join(root, 'dist/apps/web', name), text);
    expect(take('first-load-bytes', evidence())).toMatchObject({ value: expect.any(Number) });
    expect((take('first-load-bytes', evidence()) as { value: number }).value).toBeLessThan(100);
  });
});

it("the repository's own records are consistent, except for what only a date or a build can change", () => {
  const records = readRecords(repository);
  expect(faultsOf(records, repository)).toEqual([]);
  expect(records.flatMap(({ triggers }) => triggers).filter((trigger) => 'measure' in trigger).length).toBeGreaterThan(5);
});
