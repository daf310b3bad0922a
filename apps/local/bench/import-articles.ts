// npm run bench:import -- [--rows N]: how fast rows of a CSV file are read, stored, and scored by a classifier that costs nothing, into a file on this disk.
// Rates are by the clock and, for a machine that others use, by the processor time of this process; every tenth of the rows has a line, so that it shows
// whether a full store is slower than an empty one.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readArticleRows } from '@barometer/ingestion-http';
import type { ImportedRow } from '@barometer/ingestion';
import { DAY, MINUTE } from '@barometer/kernel';
import { KeywordClassifier } from '@barometer/sentiment-memory';
import { composeSystem } from '../src/composition-root';
import { readSettings } from '../src/config';
import { openStores } from '../src/stores/open-stores';
import { tokens } from '../src/tokens';

const ROOT = join(__dirname, '..', '..', '..');
const DAYS = 360;
const BATCH = 500;
const words = ['minister', 'court', 'flood', 'budget', 'victory', 'strike', 'harvest', 'merger', 'vaccine', 'storm', 'peace', 'fraud'];
const word = (number: number): string => words[number % words.length] ?? '';

async function* csv(rows: number, now: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from('title,url,date,publisher\n');
  for (let at = 0; at < rows; at += 1) {
    const title = `The ${word(at)} of ${word(at >> 3)} in town ${at % 4_001}, and ${word(at >> 7)} after ${at % 97} days`;
    yield Buffer.from(
      `"${title}",https://www.publisher-${at % 40}.example/news/${at},${new Date(now - (DAYS * DAY * at) / rows - MINUTE).toISOString()},Publisher ${at % 40}\n`,
    );
  }
}

export async function main(): Promise<void> {
  const { values } = parseArgs({ args: process.argv.slice(3), options: { rows: { type: 'string', default: '50000' } } });
  const folder = mkdtempSync(join(tmpdir(), 'barometer-import-'));
  const settings = readSettings({ DATA_DIR: folder, RETENTION_DAYS: '365' }, ROOT);
  const stores = await openStores(settings, { readOnly: false, addressFile: join(folder, 'address.txt') });
  const container = composeSystem({ settings, classifier: new KeywordClassifier(), stores, log: (line) => console.error(line) });
  const rows = Number(values.rows);
  try {
    await once(container, rows, 'new');
    await once(container, rows, 'again');
    const begun = now();
    const { discrepancies } = await container.get(tokens.checkInvariant).execute();
    console.log(`check: ${discrepancies.length} differences; ${ratesOf(rows, begun)}`);
    console.log(`most memory: ${Math.round(process.resourceUsage().maxRSS / 1_024)} MiB; the store: ${Math.round(statSync(settings.storeFile).size / 1e6)} MB`);
  } finally {
    stores.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function once(container: ReturnType<typeof composeSystem>, rows: number, what: string): Promise<void> {
  const spent = { storing: 0, scoring: 0 };
  const importing = container.get(tokens.beginImport)();
  const timed = async <T>(name: keyof typeof spent, work: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const result = await work();
    spent[name] += performance.now() - begun;
    return result;
  };
  const begun = now();
  const score = async () => {
    while ((await timed('scoring', () => container.get(tokens.scoreArticles).execute({ limit: 256 }))).leased > 0);
  };
  let batch: ImportedRow[] = [];
  let [done, before] = [0, begun];
  for await (const one of readArticleRows(csv(rows, Date.now()))) {
    if ('row' in one) batch.push(one.row);
    if (batch.length < BATCH) continue;
    const full = batch;
    batch = [];
    await timed('storing', () => importing.add(full));
    await score();
    done += full.length;
    if (Math.floor((done * 10) / rows) > Math.floor(((done - full.length) * 10) / rows)) {
      console.log(`  ${what}, ${done} rows: ${ratesOf(rows / 10, before)}`);
      before = now();
    }
  }
  const report = await importing.add(batch);
  await score();
  const rate = (ms: number) => Math.round(rows / (ms / 1_000));
  console.log(
    `${what}: ${report.stored} stored, ${report.known} known: ${ratesOf(rows, begun)}; by the clock storing alone ${rate(spent.storing)}/s, counting the scores ${rate(spent.scoring)}/s`,
  );
}

/** This moment by the clock and by the processor time of this process, in seconds. */
const now = () => ({ clock: performance.now() / 1_000, processor: (process.cpuUsage().user + process.cpuUsage().system) / 1_000_000 });

function ratesOf(rows: number, since: ReturnType<typeof now>): string {
  const { clock, processor } = now();
  const [seconds, busy] = [clock - since.clock, processor - since.processor];
  return `${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows/s; processor ${busy.toFixed(1)} s, ${Math.round(rows / busy)} rows/s`;
}
