// npm run bench:usual: how long the mood, the timeline and eight topics with their usual ranges take on a store of 325
// sources over 89 days, cold and warm, and for how much processor time they block the thread.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY, HOUR, hourOf, ManualClock, scopeKey } from '@barometer/kernel';
import { GetBreakdown, GetMood, GetTimeline, UsualRanges } from '@barometer/reporting';
import { markObserved, openDatabase, type SqliteDatabase } from '@barometer/storage-sqlite';
import { SqliteReportStore, SqliteTopicStore } from '../src';

const SOURCES = 325;
const TOPICS = 8;
/** A source has an article of a topic in every so many hours: eight topics then have about as many articles as all sources print. */
const TOPIC_EVERY = 8;
const DAYS = 89;
const NOW = Date.UTC(2026, 10, 23, 12, 34);
const WARM = 20;

/** Every source in every hour, and in every eighth of each topic, the largest possible number of rows. */
function fill(db: SqliteDatabase): void {
  const end = hourOf(NOW) + 1;
  const insert = 'INSERT INTO rollups (scope, hour, negative, neutral, positive, tone_sum, tone_squares) VALUES (?, ?, 1, 0, 1, ?, 400000)';
  const tone = (source: number, hour: number) => Math.round(-600_000 + 300_000 * Math.sin(source) + 200_000 * Math.sin(hour * 7.3 + source * 3.1));
  db.transaction(() => {
    const topics = Array.from({ length: TOPICS }, (_, index) => ({ topicId: `topic-${index}`, version: 1 }));
    for (const { topicId } of topics) {
      db.run('INSERT INTO topics (id, name, version, ready_version, created_at, changed_at) VALUES (?, ?, 1, 1, ?, ?)', topicId, topicId, NOW, NOW);
      db.run('INSERT INTO topic_versions (topic_id, version, rule) VALUES (?, 1, ?)', topicId, '{"anyOf":["x"],"allOf":[],"noneOf":[]}');
    }
    for (let hour = end - DAYS * 24; hour < end; hour += 1) {
      markObserved(db, '', hour);
      let all = 0;
      const many = 'INSERT INTO rollups (scope, hour, negative, neutral, positive, tone_sum, tone_squares) VALUES (?, ?, ?, 0, ?, ?, ?)';
      const told = SOURCES / TOPIC_EVERY;
      for (const topic of topics) db.run(many, scopeKey({ topic }), hour, Math.round(told), Math.round(told), Math.round(-600_000 * told), 400_000 * SOURCES);
      for (let source = 0; source < SOURCES; source += 1) {
        all += tone(source, hour);
        db.run(insert, scopeKey({ sourceId: `source-${source}` }), hour, tone(source, hour));
        if (hour % TOPIC_EVERY !== source % TOPIC_EVERY) continue;
        for (const topic of topics) db.run(insert, scopeKey({ sourceId: `source-${source}`, topic }), hour, tone(source, hour));
      }
      db.run(many, 'all', hour, SOURCES, SOURCES, all, SOURCES * 400_000);
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
    for (const days of [1, 7, 30]) await row(`mood, ${days} days`, deps(db, reports, clock), ({ mood }) => mood.execute({ period: last(days) }));
    await row(`${TOPICS} topics, 1 day`, deps(db, reports, clock), ({ breakdown }) => breakdown.execute({ by: 'topic', period: last(1) }));
    await row('the same against usual', deps(db, reports, clock), ({ breakdown }) => breakdown.execute({ by: 'topic', against: 'usual', period: last(1) }));
    await row('timeline, 1 day by hour', deps(db, reports, clock), ({ timeline }) => timeline.execute({ period: last(1), bucket: 'hour' }));
    for (const days of [30, 90])
      await row(`timeline, ${days} days`, deps(db, reports, clock), ({ timeline }) => timeline.execute({ period: last(days), bucket: 'day' }));
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

function deps(db: SqliteDatabase, reports: SqliteReportStore, clock: ManualClock) {
  const usual = new UsualRanges({ reports, clock, homes: async () => [] });
  const breakdown = new GetBreakdown({
    reports,
    usual,
    clock,
    topics: new SqliteTopicStore(db),
    sourceNames: async () => new Map(),
    groups: async () => [],
  });
  return { breakdown, mood: new GetMood({ reports, usual, clock }), timeline: new GetTimeline({ reports, usual, clock }) };
}

async function row(name: string, models: ReturnType<typeof deps>, ask: (models: ReturnType<typeof deps>) => Promise<unknown>): Promise<void> {
  const cold = await timed(() => ask(models));
  const warm: { readonly ms: number; readonly heldUp: number }[] = [];
  for (let round = 0; round < WARM; round += 1) warm.push(await timed(() => ask(models)));
  const times = warm.map(({ ms }) => ms).sort((one, other) => one - other);
  const figures = [cold.ms, cold.heldUp, times[WARM / 2] ?? 0, times.at(-1) ?? 0, Math.max(...warm.map(({ heldUp }) => heldUp))];
  console.log(name.padEnd(26) + figures.map((figure) => figure.toFixed(1).padStart(10)).join(''));
}

/**
 * Milliseconds until the answer, and the most processor time of one turn of the event loop meanwhile: how long others
 * wait on an otherwise idle machine.
 */
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

/** The processor time of this thread, if Node reports it; else of the process. */
function processorMs(): number {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1_000;
}
