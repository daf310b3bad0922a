// npm run bench:scoring: how fast the product scores headlines, compared with the same model used in two simpler ways.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { join } from 'node:path';
import { pipeline } from '@huggingface/transformers';
import { ModelSession } from '../src/model-session';
import { TransformersClassifier } from '../src/transformers-classifier';
import { batchesOf, headlines, MODEL, openSession, quantile, THREADS, timed } from './measuring';

const ROUNDS = 7;
/** Texts a round; the plain pipeline gets fewer, since it is slower. */
const TEXTS = 512;
const SINGLE = 128;
/** Batch size of `ScoreArticles`. */
const LEASE = 64;
const LIMITS = { maxTokens: 512, maxRows: 32 };

export async function main(): Promise<void> {
  const { texts, source } = headlines(ROUNDS * TEXTS);
  const classifier = new TransformersClassifier({ modelDirectory: MODEL, threads: THREADS });
  const inCaller = new TransformersClassifier({ modelDirectory: MODEL, threads: THREADS, ownThread: false });
  await Promise.all([classifier.ready(), inCaller.ready()]);
  const tokeniser = await ModelSession.open({ directory: MODEL, threads: 1, limits: LIMITS });
  const raw = await openSession(join(MODEL, 'onnx/model_quantized.onnx'));
  const plain = await pipeline('sentiment-analysis', MODEL, { dtype: 'q8', local_files_only: true, session_options: { intraOpNumThreads: THREADS } });

  const rates = { product: [] as number[], caller: [] as number[], plain: [] as number[], raw: [] as number[] };
  const delays = { product: [] as number[], caller: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const sample = texts.slice(round * TEXTS, (round + 1) * TEXTS);
    const leases = Array.from({ length: Math.ceil(sample.length / LEASE) }, (_, index) => sample.slice(index * LEASE, (index + 1) * LEASE));
    const batches = leases.flatMap((lease) =>
      batchesOf(
        lease.map((text) => tokeniser.tokens(text)),
        LIMITS,
      ),
    );
    const few = sample.slice(0, SINGLE);
    const score = async (by: TransformersClassifier) => {
      for (const lease of leases) await by.classify(lease);
    };
    const perSecond = (count: number, milliseconds: number) => (1000 * count) / milliseconds;
    rates.raw.push(
      perSecond(
        sample.length,
        await timed(async () => {
          for (const batch of batches) await raw.run(batch);
        }),
      ),
    );
    rates.product.push(perSecond(sample.length, await timed(async () => delays.product.push(await delayDuring(() => score(classifier))))));
    rates.plain.push(
      perSecond(
        few.length,
        await timed(async () => {
          for (const text of few) await plain(text);
        }),
      ),
    );
    rates.caller.push(perSecond(sample.length, await timed(async () => delays.caller.push(await delayDuring(() => score(inCaller))))));
  }
  const ratio = (a: readonly number[], b: readonly number[]) => quantile(a.map((rate, round) => rate / (b[round] as number))).toFixed(2);
  const rate = (values: readonly number[]) => `${quantile(values).toFixed(0).padStart(6)} articles/s`;
  const delay = (values: readonly number[]) => `${quantile(values).toFixed(0)} ms (worst ${Math.max(...values).toFixed(0)} ms)`;
  console.log(`${source}, ${TEXTS} a round, median of ${ROUNDS} rounds, ${THREADS} threads, Node ${process.versions.node}`);
  console.log(`  the product (its own thread)              ${rate(rates.product)}`);
  console.log(`  the product (in the caller's thread)      ${rate(rates.caller)}`);
  console.log(`  (a) plain pipeline, one text at a time    ${rate(rates.plain)}   the product: ${ratio(rates.product, rates.plain)} x`);
  console.log(`  (b) raw session, same batches, tokenised  ${rate(rates.raw)}   the product: ${ratio(rates.product, rates.raw)} x (aim: 0.90)`);
  console.log(`  longest event-loop delay in a round: ${delay(delays.product)} in its own thread, ${delay(delays.caller)} in the caller's`);
  await Promise.all([classifier.close(), inCaller.close(), tokeniser.close()]);
}

/** The longest delay of the event loop while something ran, in milliseconds. */
async function delayDuring(work: () => Promise<unknown>): Promise<number> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await work();
  histogram.disable();
  return histogram.max / 1e6;
}
