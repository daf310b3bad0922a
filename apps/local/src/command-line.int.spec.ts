import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Label } from '@barometer/events';
import { SqliteScoreStore } from '@barometer/sentiment-sqlite';
import { openDatabase } from '@barometer/storage-sqlite';
import { barometer, barometerBeside, startBarometer } from './testing/barometer-process';
import { startFeedServer, type FeedServer } from './testing/feed-server';

const root = join(__dirname, '..', '..', '..');
const withoutTimes = (opml: string) => opml.replace(/<dateCreated>.*?<\/dateCreated>/, '');
const rows = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('barometer score', () => {
  it('scores lines of standard input', () => {
    const { status, stdout } = barometer(['score', '-'], {}, 'A breakthrough\nA disaster\n');
    expect(status).toBe(0);
    expect(rows(stdout).map(({ text, label }) => [text, label])).toEqual([
      ['A breakthrough', 'positive'],
      ['A disaster', 'negative'],
    ]);
  });

  it('adds the words that moved the score, on request', () => {
    const [row] = rows(barometer(['score', '--explain'], {}, 'Dozens killed in ferry disaster\n').stdout);
    const words = row?.['words'] as { word: string; pull: number }[];
    expect(words.map(({ word }) => word)).toEqual(['Dozens', 'killed', 'in', 'ferry', 'disaster']);
    expect(Math.min(...words.map(({ pull }) => pull))).toBeLessThan(-0.01);
  });

  it('keeps fields, reports bad lines with their number, and ends with 2', () => {
    const { status, stdout, stderr } = barometer(['score'], {}, '{"id":1,"text":"Peace talks succeed"}\n{"id":2}\n{"id":3,"text":"🎉 \\ud800 odd"}\n');
    expect(status).toBe(2);
    expect(rows(stdout).map(({ id }) => id)).toEqual([1, 3]);
    expect(stderr).toMatch(/line 2: the field "text" is missing/);
  });

  it('says in a line of its own which setting is probably misspelt, and does what it was asked', () => {
    const { status, stdout, stderr } = barometer(['score'], { BAROMETER_PROT: '80', SCORING_THREAD: '1' }, 'Peace talks succeed\n');
    expect([status, rows(stdout).length]).toEqual([0, 1]);
    expect(stderr.split('\n').slice(0, 2).sort()).toEqual([
      'BAROMETER_PROT looks like a misspelt setting; PORT was probably meant.',
      'SCORING_THREAD looks like a misspelt setting; SCORING_THREADS was probably meant.',
    ]);
  });

  it('takes a text of a megabyte', () => {
    const { status, stdout } = barometer(['score'], {}, `${'storm '.repeat(180_000)}\n`);
    expect([status, rows(stdout).length]).toEqual([0, 1]);
  });

  it('names a file that is not there', () => {
    expect(barometer(['score', '/no/such/file'], {})).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/\/no\/such\/file cannot be read: there is no such file/),
    });
  });
});

describe('barometer evaluate-stories', () => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-pairs-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const side = (text: string) => ({ text, publisher: 'The Daily', date: '2026-04-18' });
  const pairs = [
    { a: side('Ferry sinks off Zanzibar, at least 40 drown'), b: side('At least 40 dead as ferry goes down near Zanzibar'), relation: 'same' },
    { a: side('Court blocks logging plan in Tasmania'), b: side('Kettles recalled across Bavaria'), relation: 'different' },
  ];
  const file = (name: string, lines: readonly string[]) => {
    writeFileSync(join(folder, name), lines.join('\n'));
    return join(folder, name);
  };
  const good = pairs.map((pair) => JSON.stringify(pair));

  it('counts the pairs of each relation and those that are joined', () => {
    const { status, stdout } = barometer(['evaluate-stories', file('good', good), '--json'], {});
    expect([status, JSON.parse(stdout)]).toEqual([0, { same: { pairs: 1, joined: 1 }, related: { pairs: 0, joined: 0 }, different: { pairs: 1, joined: 0 } }]);
    expect(barometer(['evaluate-stories', file('good', good)], {}).stdout).toMatch(/same +1 +1 +1\.00\n +related +0 +0 +none\n +different +1 +0 +0\.00/);
  });

  it('names a bad line, counts the others, and ends with 2', () => {
    const { status, stdout, stderr } = barometer(['evaluate-stories', file('bad', [...good, '{"a":1}']), '--json'], {});
    expect([status, JSON.parse(stdout).same.pairs, stderr]).toEqual([2, 1, expect.stringMatching(/^line 3: "relation" must be .*\n1 line was left out/)]);
  });

  it('says what is missing where there is no pair, or no file', () => {
    expect(barometer(['evaluate-stories', file('none', ['{}'])], {})).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/has no pair: a line is/),
    });
    expect(barometer(['evaluate-stories', '/no/such/file'], {})).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/cannot be read: there is no such file/),
    });
  });
});

describe('what stops a start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-stop-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['PORT', 'many'],
    ['STORE', 'paper'],
    ['ALLOW_PRIVATE_SOURCES', 'perhaps'],
  ])('%s=%s', (name, value) => {
    expect(barometer(['up'], { [name]: value })).toMatchObject({ status: 1, stderr: expect.stringMatching(new RegExp(`^${name} must be .*"${value}"`, 'm')) });
  });

  it('a data folder that is a file', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const { status, stderr } = barometer(['up'], { DATA_DIR: file });
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^DATA_DIR \S+file cannot be used: \S+[^\n]*\n$/)]);
  });

  it('an export without a store, which it does not make', () => {
    const data = join(folder, 'nothing');
    expect(barometer(['export', 'articles'], { DATA_DIR: data })).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^There is no store in \S+nothing yet/),
    });
    expect(existsSync(data)).toBe(false);
  });

  it('a model folder without a model', () => {
    const { status, stderr } = barometer(['score'], { MODEL_DIR: folder }, 'x y\n');
    expect([status, stderr]).toEqual([1, expect.stringMatching(/manifest\.json/)]);
  });

  it('a model file whose hash is wrong', () => {
    const copy = join(folder, 'model');
    cpSync(join(root, 'models', 'barometer-distilbert-news'), copy, { recursive: true });
    const tokenizer = readFileSync(join(copy, 'tokenizer.json'));
    tokenizer[1000] = (tokenizer[1000] ?? 0) ^ 1;
    writeFileSync(join(copy, 'tokenizer.json'), tokenizer);
    const { status, stderr } = barometer(['score'], { MODEL_DIR: copy }, 'x y\n');
    expect([status, stderr]).toEqual([1, expect.stringMatching(/tokenizer\.json/)]);
  });

  it('a requested port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    expect(barometer(['up'], { PORT: String(port), DATA_DIR: join(folder, 'data') })).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(new RegExp(`PORT ${port} is taken`)),
    });
    other.close();
  });

  it('a command that does not exist', () => {
    expect(barometer(['scroe'], {})).toMatchObject({ status: 1, stderr: expect.stringMatching(/unknown command 'scroe'[^]*score/) });
  });
});

describe('barometer check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-check-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has the file of the thread that compares stories in its build', async () => {
    const file = join(folder, 'store.db');
    openDatabase(file).close();
    const thread = new Worker(join(root, 'dist', 'apps', 'local', 'check-worker.mjs'), { workerData: file });
    expect(await once(thread, 'message')).toEqual([[]]);
  });
});

describe('barometer import-articles', () => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-import-'));
  const environment = { DATA_DIR: join(folder, 'data') };
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString();
  const row = (number: number, ago = number + 1) => `"Council ${number}, and what it wins",https://north.example/${number},${day(ago)},The North`;
  const csv = (lines: readonly string[]) => `\ufefftitle,url,date,publisher\r\n${lines.join('\r\n')}\r\n`;

  it('stores, scores and counts what it can, names what it cannot, and does it once', () => {
    const file = csv([row(0), row(1), 'no date,https://north.example/2,,The North', row(3, 91), row(4, -1), row(0)]);
    const first = barometer(['import-articles', '-'], environment, file);
    expect([first.status, first.stdout]).toEqual([
      2,
      expect.stringMatching(
        /^stored 2, there already 1, older than what is kept 1, in the future 1, no article 1, scored 2, new sources 1 \(5 rows, \d+\/s\)\n$/,
      ),
    ]);
    expect(first.stderr).toContain('line 4: it has no date');
    expect(first.stderr).toContain('1 line is no article; the others are stored');
    writeFileSync(join(folder, 'again.csv'), csv([row(0), row(1)]));
    expect(barometer(['import-articles', join(folder, 'again.csv')], environment)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^stored 0, there already 2, scored 0 /),
    });
    expect(barometer(['check'], environment)).toMatchObject({ status: 0, stdout: 'every count agrees with the articles\n' });
  });

  it('continues after a kill at any moment', async () => {
    const killed = { DATA_DIR: join(folder, 'killed') };
    writeFileSync(join(folder, 'long.csv'), csv(Array.from({ length: 3_000 }, (_, index) => row(index, 1 + (index % 80)))));
    for (const killAfterMs of [1_500, 2_000, 2_500])
      await barometerBeside(['import-articles', join(folder, 'long.csv'), '--no-score'], killed, { killAfterMs });
    const { status, stdout } = barometer(['import-articles', join(folder, 'long.csv'), '--no-score'], killed);
    const [, stored, known] = /^stored (\d+), there already (\d+), scored 0/.exec(stdout) ?? [];
    expect([status, Number(stored) + Number(known)]).toEqual([0, 3_000]);
    const db = openDatabase(join(killed.DATA_DIR, 'barometer.db'));
    const count = (sql: string) => db.get<{ count: number }>(sql)?.count;
    expect([count('SELECT count(*) AS count FROM articles'), count('SELECT count(DISTINCT hour) AS count FROM articles')]).toEqual([3_000, 80]);
    const unmarked = `SELECT count(*) AS count FROM articles a WHERE NOT EXISTS (SELECT 1 FROM imported_days d WHERE d.source_id = 'the-north' AND d.day = a.hour / 24 AND d.hours & (1 << a.hour % 24))`;
    expect(count(unmarked)).toBe(0);
    db.close();
  }, 120_000);

  it('moves all of it to another store', () => {
    const out = barometer(['export', 'all'], environment);
    expect([out.status, rows(out.stdout).at(-1)]).toEqual([0, { kind: 'end', articles: 2 }]);
    const other = { DATA_DIR: join(folder, 'other') };
    expect(barometer(['import', 'all', '-'], other, out.stdout)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^sources \d+, topics \d+, articles 2, there already 0\nevery count agrees with the articles\n$/),
    });
    // Without the time of the export, and without topics, which are matched with the stored articles once they are imported.
    const lasting = (stdout: string) => rows(stdout).filter(({ kind }) => kind !== 'barometer' && kind !== 'topic');
    expect(lasting(barometer(['export', 'all'], other).stdout)).toEqual(lasting(out.stdout));
    expect(barometer(['import', 'all', '-'], other, out.stdout.slice(0, 300))).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^line \d+: it is no JSON\n$/),
    });
    expect(barometer(['import', 'all', '-'], other, '{"kind":"nonsense"}\n')).toMatchObject({ status: 1, stderr: expect.stringMatching(/^line 1: kind: /) });
  });

  it('stops at a limit of bad lines, with the lines before them stored', () => {
    const file = [JSON.stringify({ title: 'A long day', url: 'https://north.example/9', date: day(1), publisher: 'The North' }), '{}', '[]', '{}'].join('\n');
    const { status, stderr } = barometer(['import-articles', '-', '--max-bad', '1', '--no-score'], environment, file);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/line 2: it has no title\nline 3: it is no JSON object\nstopped after 2 lines that are no article \(--max-bad 1\)/),
    ]);
    expect(barometer(['status'], environment).stdout).toMatch(/1 wait/);
  });

  it.each<[string, readonly string[], string, string]>([
    ['an empty file', ['-'], '', 'There is nothing in it.'],
    ['a file without the columns', ['-'], 'a,b\n1,2\n', 'The first line names no column title (or headline)'],
    ['a file that is not there', ['/no/such/file'], '', 'there is no such file'],
    ['a limit that is no number', ['-', '--max-bad', 'many'], '', '--max-bad must be a whole number, not "many"'],
  ])('says in a sentence what is wrong with %s', (_what, args, input, message) => {
    const { status, stderr } = barometer(['import-articles', '--no-score', ...args], environment, input);
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
  });
});

describe('a store from its first poll on', () => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-store-'));
  const environment = { DATA_DIR: join(folder, 'data'), SOURCES_FILE: join(folder, 'sources.yaml') };
  let feeds: FeedServer;

  beforeAll(async () => {
    const published = new Date(Date.now() - 3_600_000);
    feeds = await startFeedServer(
      new Map([
        [
          '/one.xml',
          [
            { title: 'Flood destroys hundreds of homes', link: 'https://n.example/flood', published },
            { title: '=Team wins gold, "at last"', link: 'https://n.example/gold', published },
          ],
        ],
      ]),
    );
    writeFileSync(
      environment.SOURCES_FILE,
      JSON.stringify({
        sources: [{ id: 'one', name: 'One', url: `http://127.0.0.1:${feeds.port}/one.xml`, homepage: 'https://n.example/', language: 'en', groups: ['test'] }],
      }),
    );
  });
  afterAll(async () => {
    await feeds.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('polls and scores', async () => {
    // The feed server runs in this process, so a command that reads from it must not block it.
    expect(await barometerBeside(['poll'], environment)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/polled 1, failed 0, new 2, scored 2, waiting 0/),
    });
  }, 60_000);

  it('exports what it stored, safe for a spreadsheet', () => {
    const csv = barometer(['export', 'articles', '--format', 'csv'], environment).stdout;
    expect(csv).toMatch(/"'=Team wins gold, ""at last"""/);
    const [first] = rows(barometer(['export', 'articles'], environment).stdout);
    expect(first).toMatchObject({ state: 'scored', sources: ['one'], label: expect.any(String), tone: expect.any(Number) });
  });

  it('exports what a reader judged as rows that it evaluates, and says how often the model agrees', async () => {
    expect(barometer(['status'], environment).stdout).toMatch(
      /^articles: 2 scored, 0 waiting, 0 failed, 0 not scored\nno reader has judged an article\ncanary: right after [\d.]+ s .*\n$/,
    );
    const scored = rows(barometer(['export', 'articles'], environment).stdout);
    const other = (label: unknown) => (label === 'negative' ? 'positive' : 'negative');
    const db = openDatabase(join(environment.DATA_DIR, 'barometer.db'));
    const store = new SqliteScoreStore(db);
    for (const [index, { id, label }] of scored.entries())
      await store.judge(String(id), { label: (index === 0 ? other(label) : label) as Label, at: Date.now() });
    db.close();
    const { stdout } = barometer(['export', 'judgements'], environment);
    expect(rows(stdout)).toMatchObject(
      scored.map(({ id, title, label, tone }, index) => ({ id, text: title, label: index === 0 ? other(label) : label, modelLabel: label, modelTone: tone })),
    );
    const file = join(folder, 'judgements.jsonl');
    writeFileSync(file, stdout);
    expect(JSON.parse(barometer(['evaluate', file, '--json'], {}).stdout)).toMatchObject([{ rows: 2, accuracy: 0.5 }]);
    expect(barometer(['status'], environment).stdout).toMatch(/readers judged 2; the model gives the same label to 1 of them \(50 %\)/);
    expect(JSON.parse(barometer(['status', '--json'], environment).stdout)).toEqual({
      articles: { scored: 2, pending: 0, failed: 0, skipped: 0 },
      judgements: { judged: 2, agreed: 1, agreement: 0.5 },
      canary: expect.objectContaining({ state: 'right' }),
    });
    expect(rows(barometer(['export', 'articles'], environment).stdout)[0]).toMatchObject({
      judgement: other(scored[0]?.['label']),
      label: other(scored[0]?.['label']),
    });
  });

  it('agrees with itself, and has nothing to redrive or to score again', () => {
    expect(barometer(['check'], environment)).toMatchObject({ status: 0 });
    expect(barometer(['redrive'], environment).stdout).toMatch(/^0 articles wait again/);
    expect(barometer(['rescore'], environment).stdout).toMatch(/replaced 0, unchanged 0/);
  });

  it('adds the feeds of an OPML file once', () => {
    const file = join(folder, 'feeds.opml');
    writeFileSync(
      file,
      '<opml version="2.0"><body><outline text="Two" xmlUrl="https://two.example/feed"/><outline text="Bad" xmlUrl="file:///etc/passwd"/></body></opml>',
    );
    const { status, stdout, stderr } = barometer(['import', file], environment);
    expect([status, stdout, stderr]).toEqual([
      2,
      expect.stringMatching(/added 1, there already 0, refused 1/),
      expect.stringMatching(/file:\/\/\/etc\/passwd/),
    ]);
    expect(barometer(['import', file], environment).stdout).toMatch(/added 0, there already 1/);
  });

  it('writes its sources as OPML, and everything that another store can take, also while a Barometer runs', async () => {
    const list = barometer(['export', 'opml'], environment);
    expect(list).toMatchObject({ status: 0, stderr: '' });
    expect(list.stdout).toMatch(
      /<outline text="test" title="test">\s*<outline [^>]*text="One"[^>]*\/>\s*<\/outline>\s*<outline [^>]*xmlUrl="https:\/\/two\.example\/feed"/,
    );
    const file = join(folder, 'written.opml');
    writeFileSync(file, list.stdout);
    const other = { ...environment, DATA_DIR: join(folder, 'listed'), SOURCES_FILE: join(folder, 'none.yaml') };
    writeFileSync(other.SOURCES_FILE, 'sources: []');
    expect(barometer(['import', file], other)).toMatchObject({ status: 0, stdout: 'added 2, there already 0, refused 0\n' });
    expect(barometer(['sources', 'groups'], other).stdout).toBe('    1  test\n');

    const running = await startBarometer(environment);
    const beside = barometer(['export', 'all'], environment);
    expect([beside.status, rows(beside.stdout).at(-1)]).toEqual([0, { kind: 'end', articles: 2 }]);
    expect(withoutTimes(barometer(['export', 'opml'], environment).stdout)).toBe(withoutTimes(list.stdout));
    expect(await running.end('SIGTERM')).toBe(0);
    const taken = { DATA_DIR: join(folder, 'taken') };
    expect(barometer(['import', 'all', '-'], taken, beside.stdout)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/articles 2, there already 0\nevery count agrees with the articles\n$/),
    });
  }, 120_000);

  it('adds a source by the address of its site, also while another Barometer runs', async () => {
    const link = (href: string, title: string) => `<link rel="alternate" type="application/rss+xml" href="${href}" title="${title}">`;
    const answers: Record<string, string> = {
      '/two': `<html><head>${link('/one.xml', 'All &amp; more')}${link('/none.xml', 'Gone')}</head></html>`,
      '/single': `<html><head>${link('/one.xml?single', 'Single')}</head></html>`,
      '/bare': '<html><body>Nothing</body></html>',
    };
    const site = createServer((request, response) => {
      const feed = request.url?.startsWith('/one.xml');
      const body = feed
        ? '<rss version="2.0"><channel><title>The feed’s own title</title><item><title>A headline</title><link>https://n.example/x</link></item></channel></rss>'
        : answers[request.url ?? ''];
      response.writeHead(body === undefined ? 404 : 200, { 'content-type': feed ? 'application/rss+xml' : 'text/html' }).end(body);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    const add = (...args: string[]) => barometerBeside(['add', ...args], environment);
    try {
      const several = await add(`${at}/two`);
      expect(several).toMatchObject({
        status: 2,
        stdout: `The site names 2 feeds:\n  1  All & more  ${at}/one.xml\n  2  Gone  ${at}/none.xml\n`,
        stderr: expect.stringMatching(/^None was added: choose one with --feed NUMBER/),
      });
      expect(await add(`${at}/two`, '--feed', '3')).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/^There is no feed 3: the site names 2\.\n {2}1 {2}All & more/),
      });
      expect(await add(`${at}/two`, '--feed', '1')).toMatchObject({ status: 0, stdout: `added "The feed’s own title": ${at}/one.xml\n` });
      expect(await add(`${at}/two`, '--all')).toMatchObject({
        status: 0,
        stdout: `added "Gone": ${at}/none.xml\n`,
        stderr: expect.stringMatching(/one\.xml: This address is polled already, as "The feed’s own title"/),
      });
      const running = openDatabase(join(environment.DATA_DIR, 'barometer.db'));
      expect(await add(`${at}/single`, '--name', 'Mine', '--interval', '60')).toMatchObject({ status: 0, stdout: `added "Mine": ${at}/one.xml?single\n` });
      running.close();
      expect(await add(`${at}/one.xml`)).toMatchObject({ status: 1, stderr: expect.stringMatching(/polled already/) });
      expect(await add(`${at}/bare`)).toMatchObject({
        status: 1,
        stderr: 'The address leads to a web page, not to a feed. The page names no feed, and there is none at the usual places of the site.\n',
      });
      expect(await add('gopher:x')).toMatchObject({ status: 1, stderr: expect.stringMatching(/must begin with http/) });
    } finally {
      site.close();
    }
  }, 120_000);

  it('makes, lists and revokes keys', () => {
    const { stdout, stderr } = barometer(['keys', 'add', 'laptop', '--role', 'write'], environment);
    const id = /^Key (\S+)/.exec(stderr)?.[1] ?? 'none';
    expect(stdout.trim().length).toBeGreaterThan(40);
    const listed = barometer(['keys', 'list'], environment).stdout;
    expect(listed).toMatch(new RegExp(`^${id} +write .*laptop`, 'm'));
    expect(listed).not.toContain(stdout.trim());
    expect(barometer(['keys', 'revoke', id], environment)).toMatchObject({ status: 0 });
    expect(barometer(['keys', 'revoke', id], environment)).toMatchObject({ status: 1, stderr: expect.stringMatching(/there is no key/) });
    for (const [feed, words] of [
      ['topics', /is not a list that is offered as a feed/],
      ['articles?colour=red', /cannot be filtered by "colour", only by topic, source/],
    ] as const) {
      expect(barometer(['keys', 'add', '--feed', feed], environment)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(words) });
    }
    expect(barometer(['keys', 'add', '--feed', 'stories', '--role', 'read'], environment).stderr).toMatch(/cannot be used with/);
  });

  it('is backed up, restored, and keeps what a restore replaces', () => {
    const backup = join(folder, 'backup.db');
    expect(barometer(['backup', backup], environment)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/backup\.db: 2 articles and \d+ sources, 0\.\d MB/),
    });
    expect(barometer(['backup', backup], environment)).toMatchObject({ status: 1, stderr: expect.stringMatching(/is there already; --overwrite replaces it/) });
    expect(barometer(['backup', '--overwrite', backup], environment).status).toBe(0);
    const fresh = { ...environment, DATA_DIR: join(folder, 'restored') };
    expect(barometer(['restore', backup], fresh)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Restored 2 articles/) });
    expect(barometer(['restore', backup], fresh).stdout).toMatch(/What stood there before is .*restored.barometer\.db\.replaced-/);
    expect(barometer(['check'], fresh)).toMatchObject({ status: 0 });
    expect(rows(barometer(['export', 'articles'], fresh).stdout)).toEqual(rows(barometer(['export', 'articles'], environment).stdout));
    expect(barometer(['restore', join(folder, 'none.db')], fresh)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^There is no file .*none\.db\.\n$/),
    });
    expect(barometer(['backup', backup], { ...environment, STORE: 'dynamodb', TABLE_NAME: 'barometer-a-table' })).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^With STORE=dynamodb the store is a table/),
    });
  });

  it('refuses a second process and says where the first one is', async () => {
    const first = await startBarometer(environment);
    try {
      expect(barometer(['poll'], environment)).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(new RegExp(`process ${first.child.pid}.* ${first.address}`)),
      });
      expect(barometer(['export', 'articles'], environment)).toMatchObject({ status: 0 });
    } finally {
      expect(await first.end('SIGTERM')).toBe(0);
    }
  }, 60_000);

  it('answers once its address is printed, and stops in the middle of an explanation without a trace of it', async () => {
    const running = await startBarometer({ ...environment, DATA_DIR: join(folder, 'explaining') });
    const analyze = (texts: readonly string[], query = '') =>
      fetch(`${running.address}/api/v1/analyze${query}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ texts }) });
    expect((await analyze(['Ceasefire holds'])).status).toBe(200);
    const long = 'Ferry sinks off the coast as dozens wait for help, '.repeat(20);
    const cut = analyze([long, long], '?explain=true').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await running.end('SIGTERM')).toBe(0);
    await cut;
    expect(running.output()).not.toMatch(/\n\s+at |Error/);
  }, 60_000);

  it('says what is missing while there is no key, and prints an address that can be opened', async () => {
    const alone = { ...environment, DATA_DIR: join(folder, 'open'), HOST: '0.0.0.0' };
    const running = await startBarometer(alone);
    try {
      expect(running.address).toMatch(/^http:\/\/127\.0\.0\.1:/);
      expect(running.output()).toMatch(/HOST 0\.0\.0\.0 .*barometer keys add/);
      const added = await barometerBeside(['keys', 'add', 'beside', '--role', 'read'], alone);
      const key = added.stdout.trim();
      const ask = (path: string) => fetch(`http://127.0.0.1:${new URL(running.address).port}${path}`, { headers: { authorization: `Bearer ${key}` } });
      expect((await ask('/api/v1/status')).status).toBe(200);
      const forFeed = await barometerBeside(['keys', 'add', 'reader', '--feed', '/feeds/articles.json?tone=0.10&label=positive'], alone);
      const address = /: (\/feeds\/.*)$/m.exec(forFeed.stderr)?.[1] ?? '';
      expect(address).toBe(`/feeds/articles.atom?label=positive&tone=0.1&key=${forFeed.stdout.trim()}`);
      const feed = await fetch(new URL(address, running.address));
      expect([feed.status, feed.headers.get('content-type')]).toEqual([200, 'application/atom+xml; charset=utf-8']);
      expect((await fetch(new URL(address.replace('positive', 'negative'), running.address))).status).toBe(403);
      const forPage = await barometerBeside(['keys', 'add', 'page', '--feed', 'mood?period=7d'], alone);
      const card = await fetch(new URL(/: (\/feeds\/mood\.html\?.*)$/m.exec(forPage.stderr)?.[1] ?? '', running.address));
      expect([card.status, card.headers.get('x-frame-options'), card.headers.get('content-security-policy')]).toEqual([
        200,
        null,
        expect.stringMatching(/frame-ancestors \*$/),
      ]);
      expect((await barometerBeside(['keys', 'list'], alone)).stdout).toMatch(/feed .*reader {2}\(articles\?label=positive&tone=0\.1\)$/m);
      const live = await ask('/api/v1/live');
      const reading = live.text();
      const id = /^Key (\S+)/.exec(added.stderr)?.[1] ?? '';
      expect((await barometerBeside(['keys', 'list'], alone)).stdout).toContain(id);
      expect(await barometerBeside(['keys', 'revoke', id], alone)).toMatchObject({ status: 0 });
      expect((await ask('/api/v1/status')).status).toBe(401);
      expect(await reading).toContain('The access key is not valid any more.');
    } finally {
      await running.end('SIGTERM');
    }
  }, 60_000);

  it('is looked at by the doctor', () => {
    const { stdout } = barometer(['doctor'], environment);
    expect(stdout).toMatch(/^ok +Node +\d+/m);
    expect(stdout).toMatch(/^ok +model +barometer-distilbert-news/m);
    expect(stdout).toMatch(/^ok +store /m);
  });
});
