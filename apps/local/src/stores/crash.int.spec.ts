import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expectedRollups } from '@barometer/events/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { SqliteProbe } from '@barometer/storage-sqlite/testing';
import { bundleChild, childOptions } from './testing/bundle-child';

const KILLS = 25;

describe('a process that is killed while it stores and scores', () => {
  let folder: string;
  let writer: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'barometer-crash-'));
    writer = bundleChild('crash-writer', folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`loses nothing that it had acknowledged and counts nothing twice, over ${KILLS} kills`, async () => {
    const path = join(folder, 'store.db');
    const acknowledged = { added: new Set<string>(), scored: new Set<string>() };
    // One kill in each 25th of the span: drawn from the whole span, nearly all of them could fall close together.
    const delays = fc.sample(fc.nat({ max: 999 }), KILLS).map((part, round) => ((round + part / 1_000) / KILLS) * 120);
    for (const [round, delay] of delays.entries()) {
      await killAfter(delay, writer, path, `r${round}`, acknowledged);
      await expectWhole(path, acknowledged, delays);
    }
    console.log(`${KILLS} kills, ${acknowledged.added.size} articles stored, ${acknowledged.scored.size} scored`);
    expect(acknowledged.scored.size).toBeGreaterThan(KILLS);
  }, 180_000);
});

/** Starts the writer, waits for its first output and `delay` milliseconds more, and kills it; its output is added to `acknowledged`. */
async function killAfter(delay: number, writer: string, path: string, round: string, acknowledged: Record<'added' | 'scored', Set<string>>): Promise<void> {
  const child = spawn(process.execPath, ['--no-warnings', writer, path, round], { ...childOptions, stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint += text));
  const lines = createInterface(child.stdout).on('line', (line) => {
    if (!line.endsWith('}')) return;
    const { added = [], scored = [] } = JSON.parse(line) as { added?: string[]; scored?: string[] };
    for (const id of added) acknowledged.added.add(id);
    for (const id of scored) acknowledged.scored.add(id);
  });
  const ended = once(child, 'close');
  await Promise.race([once(lines, 'line'), ended]);
  await sleep(delay);
  child.kill('SIGKILL');
  await ended;
  expect(complaint).toBe('');
}

async function expectWhole(path: string, acknowledged: Record<'added' | 'scored', Set<string>>, delays: readonly number[]): Promise<void> {
  const db = openDatabase(path);
  const probe = new SqliteProbe(db);
  const stored = new Map((await probe.articles()).map((article) => [article.id, article]));
  const lost = [...acknowledged.added].filter((id) => !stored.has(id));
  const unscored = [...acknowledged.scored].filter((id) => stored.get(id)?.state !== 'scored');
  expect({ lost, unscored, delays }).toEqual({ lost: [], unscored: [], delays });
  expect(await probe.rollups()).toEqual(expectedRollups([...stored.values()]));
  expect(db.get('PRAGMA integrity_check')).toMatchObject({ integrity_check: 'ok' });
  db.close();
}
