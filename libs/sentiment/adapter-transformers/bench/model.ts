// npm run bench:model: this model compared with a full-size DistilBERT, fp32 and int8, same texts, same runtime.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { ModelSession } from '../src/model-session';
import { feeds, headlines, MODEL, openSession, quantile, ROOT, THREADS, timed, type Feeds } from './measuring';

const WORK = join(ROOT, 'tools/model/.work');
const MODELS = [
  { name: 'this model, int8', file: join(MODEL, 'onnx/model_quantized.onnx'), madeBy: 'git checkout models' },
  { name: 'this model, fp32', file: join(WORK, 'barometer-fp32/onnx/model.onnx'), madeBy: 'nx run model:export' },
  { name: 'full size (67 M), int8', file: join(WORK, 'full-size/int8/onnx/model_quantized.onnx'), madeBy: 'python3 tools/model/full_size.py' },
  { name: 'full size (67 M), fp32', file: join(WORK, 'full-size/fp32/onnx/model.onnx'), madeBy: 'python3 tools/model/full_size.py' },
];
const ROUNDS = 10;
const SINGLES = 40;
const ROWS = 32;

interface Measured {
  readonly session: InferenceSession;
  readonly single: number[];
  readonly rates: number[];
}

export async function main(): Promise<void> {
  for (const { name, file, madeBy } of MODELS) if (!existsSync(file)) console.log(`Left out: ${name}. "${madeBy}" makes it.`);
  const present = MODELS.filter(({ file }) => existsSync(file));
  const { texts, source } = headlines(ROWS * 4);
  const tokeniser = await ModelSession.open({ directory: MODEL, threads: 1, limits: { maxTokens: 512, maxRows: ROWS } });
  const ids = texts.map((text) => tokeniser.tokens(text)).toSorted((a, b) => a.length - b.length);
  const singles = ids.filter((_, index) => index % Math.floor(ids.length / SINGLES) === 0).map((row) => feeds([row]));
  const batches = Array.from({ length: ids.length / ROWS }, (_, index) => feeds(ids.slice(index * ROWS, (index + 1) * ROWS)));
  const measured = new Map<string, Measured>();
  for (const { name, file } of present) measured.set(name, await warmed(file, singles));
  // In alternating rounds, so that other load on the machine affects all models alike.
  for (let round = 0; round < ROUNDS; round += 1) for (const one of measured.values()) await measure(one, singles, batches);
  console.log(`${source}, ${(ids.flat().length / ids.length).toFixed(1)} tokens on average, ${THREADS} threads, Node ${process.versions.node}`);
  console.log(`${''.padEnd(24)}${['p50 ms', 'p99 ms', 'texts/s', 'single', 'batched'].map((title) => title.padStart(10)).join('')}`);
  const reference = measured.get('full size (67 M), int8');
  for (const [name, of] of measured)
    console.log(
      name.padEnd(24) +
        figures(of, reference)
          .map((figure) => figure.padStart(10))
          .join(''),
    );
  if (reference) console.log('The last two columns: how many times as fast as the full-size int8 model. Aim: 2.5 single, 3 batched.');
  await tokeniser.close();
}

async function warmed(file: string, singles: readonly Feeds[]): Promise<Measured> {
  const session = await openSession(file);
  for (const single of singles) await session.run(single);
  return { session, single: [], rates: [] };
}

async function measure({ session, single, rates }: Measured, singles: readonly Feeds[], batches: readonly Feeds[]): Promise<void> {
  for (const input of singles) single.push(await timed(() => session.run(input)));
  const milliseconds = await timed(async () => {
    for (const batch of batches) await session.run(batch);
  });
  rates.push((1000 * ROWS * batches.length) / milliseconds);
}

function figures({ single, rates }: Measured, reference: Measured | undefined): string[] {
  const ratios = reference
    ? [`${(quantile(reference.single) / quantile(single)).toFixed(2)} x`, `${(quantile(rates) / quantile(reference.rates)).toFixed(2)} x`]
    : [];
  return [quantile(single).toFixed(2), quantile(single, 0.99).toFixed(2), quantile(rates).toFixed(0), ...ratios];
}
