// npm run bench:usual: what the mood and the timeline with their usual ranges take from a store of 325 sources over 89 days, cold and
// warm, and for how much processor time they hold up the thread.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY, HOUR, hourOf, ManualClock } from '@barometer/kernel';
import { GetMood, GetTimeline, UsualRanges } from '@barometer/reporting';
import { openDatabase, type SqliteDatabase } from '@barometer/storage-sqlite';
import { SqliteReportStore } from '../src';

const SOURCES = 325;
const DAYS = 89;
const NOW = Date.UTC(2026, 10, 23, 12, 34);
const WARM = 20;

/** Every source in every hour, so that as many rows are read as there may be. */
function fill(db: SqliteDatabase): void {
  const end = hourOf(NOW) + 1;
  const insert = 'INSERT INTO rollups (scope, hour, negative, neutral, positive, tone_sum, tone_squares) VALUES (?, ?, 1, 0, 1, ?, 400000)';
  const tone = (source: number, hour: number) => Math.round(-600_000 + 300_000 * Math.sin(source) + 200_000 * Math.sin(hour * 7.3 + source * 3.1));
  db.transaction(() => {
    for (let hour = end - DAYS * 24; hour < end; hour += 1) {
      db.run('INSERT INTO observed_hours VALUES (?, ?)', '', hour);
      let all = 0;
      for (let source = 0; source < SOURCES; source += 1) {
        all += tone(source, hour);
        db.run(insert, `s:source-${source}`, hour, tone(source, hour));
      }
      db.run('INSERT INTO rollups (scope, hour, negative, neutral, positive, tone_sum, tone_squares) VALUES (?, ?, ?, 0, ?, ?, ?)', 'all', hour, SOURCES, SOURCES, all, SOURCES * 400_000);
    }
  });
}

export async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-usual-'));
  const db = openDatabase(join(folder, 'barometer.db'));
  try {
    fill(db);
    const clock = new ManualClock(NOW);
    const reports = new SqliteReportStore(db, clock);
    console.log(`${SOURCES} sources in every hour of ${DAYS} days, Node ${process.versions.node}`);
    console.log(`${''.padEnd(26)}${['cold ms', 'held up', 'warm p50', 'p99', 'held up'].map((title) => title.padStart(10)).join('')}`);
    const last = (days: number) => ({ from: NOW - days * DAY + HOUR, to: NOW });
    for (const days of [1, 7, 30]) await row(`mood, ${days} days`, deps(reports, clock), ({ mood }) => mood.execute({ period: last(days) }));
    await row('timeline, 1 day by hour', deps(reports, clock), ({ timeline }) => timeline.execute({ period: last(1), bucket: 'hour' }));
    for (const days of [30, 90]) await row(`timeline, ${days} days`, deps(reports, clock), ({ timeline }) => timeline.execute({ period: last(days), bucket: 'day' }));
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

function deps(reports: SqliteReportStore, clock: ManualClock) {
  const usual = new UsualRanges({ reports, clock, homes: async () => [] });
  return { mood: new GetMood({ reports, usual, clock }), timeline: new GetTimeline({ reports, usual, clock }) };
}

async function row(name: string, models: ReturnType<typeof deps>, ask: (models: ReturnType<typeof deps>) => Promise<unknown>): Promise<void> {
  const cold = await timed(() => ask(models));
  const warm: { readonly ms: number; readonly heldUp: number }[] = [];
  for (let round = 0; round < WARM; round += 1) warm.push(await timed(() => ask(models)));
  const times = warm.map(({ ms }) => ms).sort((one, other) => one - other);
  const figures = [cold.ms, cold.heldUp, times[WARM / 2] ?? 0, times.at(-1) ?? 0, Math.max(...warm.map(({ heldUp }) => heldUp))];
  console.log(name.padEnd(26) + figures.map((figure) => figure.toFixed(1).padStart(10)).join(''));
}

/** Milliseconds until the answer, and the most processor time that one turn of the event loop took on the way: what others wait for on a free machine. */
async function timed(work: () => Promise<unknown>): Promise<{ readonly ms: number; readonly heldUp: number }> {
  let [watching, heldUp, last] = [true, 0, processorMs()];
  const look = () => {
    heldUp = Math.max(heldUp, processorMs() - last);
    last = processorMs();
    if (watching) setImmediate(look);
  };
  setImmediate(look);
  const begin = performance.now();
  await work();
  const ms = performance.now() - begin;
  watching = false;
  await new Promise((resolve) => setImmediate(resolve));
  return { ms, heldUp };
}

/** Of this thread, where Node tells; else of the process. */
function processorMs(): number {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1_000;
}
