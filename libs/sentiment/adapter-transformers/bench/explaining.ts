// npm run bench:explain: how long the product takes to explain which words of a headline influenced its score.
import { ExplainTexts } from '@barometer/sentiment';
import { TransformersClassifier } from '../src/transformers-classifier';
import { headlines, MODEL, quantile, THREADS, timed } from './measuring';

const SIZES = [5, 10, 15, 25, 64];
const ROUNDS = 60;
/** Batch size of the comparison: as in `ScoreArticles`. */
const LEASE = 64;
/** The target for a headline of 15 words on two cores, in milliseconds. */
const AIM = { words: 15, milliseconds: 60 };

export async function main(): Promise<void> {
  const { texts, source } = headlines(4_000);
  const words = texts.flatMap((text) => text.split(/\s+/)).filter((word) => /\p{L}/u.test(word));
  const classifier = new TransformersClassifier({ modelDirectory: MODEL, threads: THREADS });
  await classifier.ready();
  const rates: number[] = [];
  for (let lease = 0; lease < 40; lease += 1)
    rates.push((1_000 * LEASE) / (await timed(() => classifier.classify(texts.slice(lease * LEASE, (lease + 1) * LEASE)))));
  const explain = new ExplainTexts({ classifier });
  console.log(`words of ${source}, ${ROUNDS} texts of each length, ${THREADS} threads, Node ${process.versions.node}`);
  console.log(`  for comparison, scoring: ${quantile(rates).toFixed(0)} headlines/s; on a quiet machine see docs/benchmarks.md`);
  for (const size of SIZES) {
    // Real headlines of this length if there are enough, else words of real headlines in their order.
    const real = texts.filter((text) => text.split(/\s+/).length === size);
    const sample = Array.from({ length: ROUNDS }, (_, round) => real[round] ?? words.slice(round * size, (round + 1) * size).join(' '));
    const took: number[] = [];
    const before = process.cpuUsage();
    for (const text of sample) took.push(await timed(() => explain.execute([text])));
    const { user, system } = process.cpuUsage(before);
    const aim = size === AIM.words ? ` (aim: ${AIM.milliseconds} ms)` : '';
    console.log(
      `  ${String(size).padStart(2)} words: median ${quantile(took).toFixed(1)} ms, p95 ${quantile(took, 0.95).toFixed(1)} ms, processor time ${((user + system) / 1e3 / ROUNDS).toFixed(0)} ms${aim}`,
    );
  }
  await classifier.close();
}
