import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canaryIdOf, canarySentences, type CanaryRecord } from '@barometer/canary';
import { MINUTE } from '@barometer/kernel';
import { openDatabase, SqliteCanaryStore } from '@barometer/storage-sqlite';
import { barometerBeside, startBarometer } from './testing/barometer-process';

const MODEL = join(__dirname, '..', '..', '..', 'models', 'barometer-distilbert-news');

/** The model with its positive and negative outputs swapped, as after a broken export. */
function makeWrongModel(directory: string): string {
  cpSync(MODEL, directory, { recursive: true });
  const edit = (name: string, change: (json: never) => object): void =>
    writeFileSync(join(directory, name), JSON.stringify(change(JSON.parse(readFileSync(join(directory, name), 'utf8')) as never)));
  edit('calibration.json', (json: { labels: string[] }) => ({ ...json, labels: json.labels.toReversed() }));
  edit('config.json', (json: { id2label: Record<string, string> }) => ({
    ...json,
    id2label: Object.fromEntries(Object.entries(json.id2label).map(([index], place, all) => [index, all[all.length - 1 - place]?.[1]])),
  }));
  edit('manifest.json', (json: { files: { path: string }[]; classes: string[] }) => ({
    ...json,
    revision: '00000000000f',
    classes: json.classes.toReversed(),
    files: json.files.map((file) => {
      const bytes = readFileSync(join(directory, file.path));
      return { ...file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  }));
  return directory;
}

interface Told {
  readonly counts: Record<string, number>;
  readonly waiting: number;
  readonly canary: { readonly state: string; readonly label?: string } | null;
}

/** A drill of the sentence with a known tone, on whole processes. */
describe('the canary on this computer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-canary-'));
  writeFileSync(join(folder, 'sources.yaml'), '{"sources":[]}');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const settings = (name: string, more = {}) => ({ DATA_DIR: join(folder, name), SOURCES_FILE: join(folder, 'sources.yaml'), ...more });
  const ask = async <T>(address: string, path: string) => (await (await fetch(`${address}${path}`)).json()) as T;

  async function until(address: string, isSo: (told: Told) => boolean): Promise<Told> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const told = await ask<Told>(address, '/api/v1/status');
      if (isSo(told)) return told;
      if (Date.now() > deadline) throw new Error(`The canary stays ${JSON.stringify(told.canary)}.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** A store whose last canary was sent at this time and has no answer, as after a kill. */
  async function leave(name: string, sentAt: number): Promise<CanaryRecord> {
    mkdirSync(join(folder, name), { recursive: true });
    const database = openDatabase(join(folder, name, 'barometer.db'));
    const canary = { id: canaryIdOf(sentAt), sentAt, summary: '', ...canarySentences[1] };
    await new SqliteCanaryStore(database).send(canary, undefined);
    database.close();
    return canary;
  }

  it('comes through, outside every count, and everything that reports it says so', async () => {
    const environment = settings('right');
    const running = await startBarometer(environment);
    try {
      const { counts, waiting } = await until(running.address, ({ canary }) => canary?.state === 'right');
      expect([counts, waiting]).toEqual([{ pending: 0, scored: 0, failed: 0, skipped: 0 }, 0]);
      const metrics = await (await fetch(`${running.address}/metrics`)).text();
      expect(metrics).toContain('barometer_canary{state="right"} 1');
      expect(metrics).toMatch(/^barometer_canary_seconds [\d.]+$/m);
      expect(metrics).toContain('barometer_articles_scored_total 0');
      expect((await barometerBeside(['status'], environment)).stdout).toMatch(/^canary: right after [\d.]+ s \(positive, sent at /m);
      expect((await barometerBeside(['doctor'], environment)).stdout).toMatch(/^ok +canary +right after /m);
    } finally {
      await running.end('SIGTERM');
    }
    expect(await barometerBeside(['check'], environment)).toMatchObject({ status: 0 });
    expect((await barometerBeside(['export', 'articles'], environment)).stdout.trim()).toBe('');
  }, 120_000);

  it('is reported as wrong if the model answers wrongly', async () => {
    const environment = settings('wrong', { MODEL_DIR: makeWrongModel(join(folder, 'wrong-model')) });
    const running = await startBarometer(environment);
    try {
      expect((await until(running.address, ({ canary }) => canary?.state === 'wrong')).canary).toMatchObject({ label: 'negative' });
      expect(await (await fetch(`${running.address}/metrics`)).text()).toContain('barometer_canary{state="wrong"} 1');
      expect((await barometerBeside(['status'], environment)).stdout).toContain('canary: WRONG: the model calls a positive sentence negative');
      expect(await barometerBeside(['doctor'], environment)).toMatchObject({ status: 1, stdout: expect.stringMatching(/^FAILED +canary +WRONG/m) });
    } finally {
      await running.end('SIGTERM');
    }
  }, 120_000);

  it('is reported as late if it is not back in time', async () => {
    await leave('late', Date.now() - 6 * MINUTE);
    const environment = settings('late');
    expect((await barometerBeside(['status'], environment)).stdout).toMatch(/^canary: LATE: the one sent at .* had no score after 5 minutes$/m);
    expect((await barometerBeside(['status', '--json'], environment)).stdout).toContain('"canary":{"state":"late"');
    expect((await barometerBeside(['doctor'], environment)).stdout).toMatch(/^warning +canary +LATE/m);
  }, 60_000);

  it('is answered after a kill between sending and scoring', async () => {
    await leave('killed', Date.now() - MINUTE);
    const running = await startBarometer(settings('killed'));
    try {
      expect((await until(running.address, ({ canary }) => canary?.state === 'right')).canary).toMatchObject({ label: 'negative' });
    } finally {
      await running.end('SIGTERM');
    }
  }, 120_000);

  it('is neither sent nor reported where it is switched off', async () => {
    const environment = settings('off', { CANARY: '0' });
    const running = await startBarometer(environment);
    try {
      expect((await until(running.address, () => true)).canary).toBeNull();
      expect(await (await fetch(`${running.address}/metrics`)).text()).not.toContain('barometer_canary');
      expect((await barometerBeside(['status'], environment)).stdout).not.toContain('canary');
    } finally {
      await running.end('SIGTERM');
    }
    const database = openDatabase(join(folder, 'off', 'barometer.db'));
    expect(await new SqliteCanaryStore(database).read()).toBeUndefined();
    database.close();
  }, 120_000);
});
