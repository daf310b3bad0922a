import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { barometer, barometerBeside, startBarometer } from './testing/barometer-process';
import { startFeedServer, type FeedServer } from './testing/feed-server';
import { untilScored } from './testing/until-scored';

const MODEL = join(__dirname, '..', '..', '..', 'models', 'barometer-distilbert-news');
const ARTICLES = 100;
const kinds = ['Flood destroys homes in district', 'Council to meet in district', 'Team wins gold for district'];

/** A model that is less sure of everything, as a predecessor might be. */
function makePredecessor(folder: string): string {
  const directory = join(folder, 'predecessor');
  cpSync(MODEL, directory, { recursive: true });
  const [calibration, manifest] = [join(directory, 'calibration.json'), join(directory, 'manifest.json')];
  const text = JSON.stringify({ ...JSON.parse(readFileSync(calibration, 'utf8')), temperature: 2.5 });
  writeFileSync(calibration, text);
  const known = JSON.parse(readFileSync(manifest, 'utf8')) as { files: { path: string; bytes: number; sha256: string }[] };
  const files = known.files.map((file) =>
    file.path === 'calibration.json' ? { ...file, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') } : file,
  );
  writeFileSync(manifest, JSON.stringify({ ...known, revision: '000000000001', files }));
  return directory;
}

describe('a store that another model scored', () => {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-swap-'));
  const environment = { DATA_DIR: join(folder, 'data'), SOURCES_FILE: join(folder, 'sources.yaml') };
  let feeds: FeedServer;
  const told = () => /Articles were scored by another model \(barometer-distilbert-news 000000000001\)/;

  beforeAll(async () => {
    const published = new Date(Date.now() - 3_600_000);
    const entries = Array.from({ length: ARTICLES }, (_, index) => ({ title: `${kinds[index % 3]} ${index}`, link: `https://n.example/${index}`, published }));
    feeds = await startFeedServer(new Map([['/one.xml', entries]]));
    writeFileSync(
      environment.SOURCES_FILE,
      JSON.stringify({
        sources: [{ id: 'one', name: 'One', url: `http://127.0.0.1:${feeds.port}/one.xml`, homepage: 'https://n.example/', language: 'en', groups: ['test'] }],
      }),
    );
    expect(await barometerBeside(['poll'], { ...environment, MODEL_DIR: makePredecessor(folder) })).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/scored 100, waiting 0/),
    });
  }, 120_000);
  afterAll(async () => {
    await feeds.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const mood = async (address: string) => (await (await fetch(`${address}/api/v1/mood?period=24h`)).json()) as { volume: number; tone: number };

  it('says so at the start and offers to score again; until then every article keeps its score', async () => {
    const running = await startBarometer(environment);
    try {
      await untilScored(running.address, ARTICLES);
      const deadline = Date.now() + 30_000;
      while (!told().test(running.output()) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
      expect(running.output()).toMatch(told());
      expect(running.output()).toMatch(/"barometer rescore" scores them again/);
      expect((await mood(running.address)).volume).toBe(ARTICLES);
    } finally {
      await running.end('SIGTERM');
    }
  }, 120_000);

  it('scores again, goes on after a stop, counts nothing twice, and says nothing more', async () => {
    const first = barometerBeside(['rescore'], environment, { killAfterMs: 1_500 });
    const done = (stdout: string) => [...stdout.matchAll(/(?:replaced|unchanged) (\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    const before = done((await first).stdout);
    const { status, stdout } = barometer(['rescore'], environment);
    expect(status).toBe(0);
    expect(before + done(stdout)).toBeLessThanOrEqual(ARTICLES);
    expect(barometer(['rescore'], environment).stdout).toMatch(/replaced 0, unchanged 0/);
    expect(barometer(['check'], environment)).toMatchObject({ status: 0, stdout: expect.stringMatching(/every count agrees/) });
    const running = await startBarometer(environment);
    try {
      await untilScored(running.address, ARTICLES);
      expect((await mood(running.address)).volume).toBe(ARTICLES);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(running.output()).not.toMatch(told());
    } finally {
      await running.end('SIGTERM');
    }
  }, 120_000);
});
