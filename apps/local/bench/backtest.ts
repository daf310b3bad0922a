// npm run bench:alerts: how long a 30-day back-test takes on stores with 40 and 325 sources in every hour of 89 days:
// cold, with another threshold, and after one more hour.
import { ReportedNews } from '@barometer/alert-news';
import { BacktestRule, ruleFormSchema, type RuleForm } from '@barometer/alerting';
import { HOUR, hourOf, ManualClock } from '@barometer/kernel';
import { GetDrivers, UsualRanges } from '@barometer/reporting';
import { SqliteReportStore, SqliteTopicStore } from '@barometer/reporting-sqlite';
import { markObserved, openDatabase, type SqliteDatabase } from '@barometer/storage-sqlite';

const DAYS = 89;
const NOW = Date.UTC(2026, 10, 23, 12, 34);

/** Every source in every hour. */
function fill(db: SqliteDatabase, sources: number): void {
  const end = hourOf(NOW) + 1;
  const insert = 'INSERT INTO rollups (scope, hour, negative, neutral, positive, tone_sum, tone_squares) VALUES (?, ?, ?, 0, ?, ?, ?)';
  const tone = (source: number, hour: number) => Math.round(-600_000 + 300_000 * Math.sin(source) + 200_000 * Math.sin(hour * 7.3 + source * 3.1));
  db.transaction(() => {
    for (let hour = end - DAYS * 24; hour < end; hour += 1) {
      markObserved(db, '', hour);
      let all = 0;
      for (let source = 0; source < sources; source += 1) {
        all += tone(source, hour);
        db.run(insert, `s:source-${source}`, hour, 1, 1, tone(source, hour), 400_000);
      }
      db.run(insert, 'all', hour, sources, sources, all, sources * 400_000);
    }
  });
}

const form = (condition: object): RuleForm => ruleFormSchema.parse({ name: 'Bench', condition });

export async function main(): Promise<void> {
  for (const sources of [40, 325]) {
    const db = openDatabase(':memory:');
    fill(db, sources);
    console.log(`${sources} sources\n${''.padEnd(12)}${['answer ms', 'complete', 'other', 'next hour'].map((title) => title.padStart(10)).join('')}`);
    for (const [one, other] of [
      [
        { kind: 'tone', side: 'under', tone: -0.32 },
        { kind: 'tone', side: 'under', tone: -0.3 },
      ],
      [
        { kind: 'volume', times: 2 },
        { kind: 'volume', times: 1.5 },
      ],
      [{ kind: 'unusual' }, { kind: 'unusual', beyond: 0.02 }],
    ] as const) {
      const clock = new ManualClock(NOW);
      const reports = new SqliteReportStore(db, clock);
      const topics = new SqliteTopicStore(db);
      const usual = new UsualRanges({ reports, clock, homes: async () => [] });
      const news = new ReportedNews({
        reports,
        usual,
        topics,
        drivers: new GetDrivers({ reports, topics, usual, clock, sourceNames: async () => new Map() }),
        sources: async () => [],
      });
      const backtest = new BacktestRule({ news, clock });
      const times = [await timed(() => backtest.execute(form(one)))];
      const begin = performance.now();
      await backtest.execute(form(one), Infinity);
      times.push(performance.now() - begin, await timed(() => backtest.execute(form(other))));
      clock.advance(HOUR);
      times.push(await timed(() => backtest.execute(form(one))));
      console.log(one.kind.padEnd(12) + times.map((time) => time.toFixed(1).padStart(10)).join(''));
    }
    db.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
