import { createHash } from 'node:crypto';
import dns from 'node:dns';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { canarySentences } from '@barometer/canary';
import type { Label, Sentiment } from '@barometer/events';
import { sentimentClassifierContract } from '@barometer/sentiment/testing';
import { ModelError } from './errors';
import type { ModelManifest } from './model-files';
import { ModelSession } from './model-session';
import { copyModel, editJson, FIXTURES, MODEL, readRows } from './testing/model-copy';
import { TransformersClassifier } from './transformers-classifier';

const inOwnThread = () => new TransformersClassifier({ modelDirectory: MODEL, threads: 2 });
const close = (classifier: unknown) => (classifier as TransformersClassifier).close();

sentimentClassifierContract('TransformersClassifier in its own thread', async () => inOwnThread(), close);
sentimentClassifierContract(
  "TransformersClassifier in the caller's thread",
  async () => new TransformersClassifier({ modelDirectory: MODEL, ownThread: false }),
  close,
);

describe('the model that ships', () => {
  const classifier = inOwnThread();
  afterAll(() => classifier.close());

  it('has the expected tone for forty sentences that any reader would agree on', async () => {
    const rows = await readRows<{ text: string; label: Label }>(join(FIXTURES, 'forty.jsonl'));
    const sentiments = await classifier.classify(rows.map(({ text }) => text));
    const wrong = rows.flatMap(({ text, label }, index) => (sentiments[index]?.label === label ? [] : [`${text}: ${label}, not ${sentiments[index]?.label}`]));
    expect(rows).toHaveLength(40);
    expect(wrong).toEqual([]);
  }, 30_000);

  it('scores the canary sentences with a wide margin, so that only a fault can make them wrong', async () => {
    const sentiments = await classifier.classify(canarySentences.map(({ title }) => title));
    expect(sentiments.map(({ label }) => label)).toEqual(canarySentences.map(({ expected }) => expected));
    for (const { tone } of sentiments) expect(Math.abs(tone)).toBeGreaterThan(0.9);
  }, 30_000);

  it('gives a headline the same answer alone, among others and beside a long text', async () => {
    const texts = (await readRows<{ text: string }>(join(FIXTURES, 'forty.jsonl'))).map(({ text }) => text);
    const long = 'A long report about many things that happened in the region this year. '.repeat(16);
    const alone = await Promise.all(texts.map(async (text) => (await classifier.classify([text]))[0] as Sentiment));
    for (const batch of [texts, [...texts, long]]) {
      const together = await classifier.classify(batch);
      expect(texts.filter((_, index) => together[index]?.label !== alone[index]?.label)).toEqual([]);
      expect(Math.max(...texts.map((_, index) => Math.abs((together[index]?.tone ?? 9) - (alone[index]?.tone ?? 0))))).toBeLessThanOrEqual(0.03);
    }
  }, 30_000);

  it('keeps the event loop free while it works', async () => {
    await classifier.ready();
    const texts = Array.from({ length: 300 }, (_, index) => `Headline number ${index} about the economy, the weather and the football match on Saturday`);
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 5);
    await classifier.classify(texts);
    clearInterval(ticking);
    // The computation takes hundreds of milliseconds; in the caller's thread it would allow only a few turns.
    expect(turns).toBeGreaterThan(10);
  }, 60_000);

  it('loads the model again when its thread has died', async () => {
    await classifier.ready();
    const { inference } = await (classifier as unknown as { loading: Promise<{ inference: { worker: Worker } }> }).loading;
    const interrupted = classifier.classify(Array.from({ length: 64 }, () => 'A headline that will not be answered'));
    await inference.worker.terminate();
    await expect(interrupted).rejects.toThrow('The thread that holds the model ended');
    expect(await classifier.classify(['Good news'])).toHaveLength(1);
  }, 60_000);

  it('can be closed while it computes, which ends only the running request', async () => {
    for (let pause = 20; pause <= 100; pause += 20) {
      await classifier.ready();
      const interrupted = classifier.classify(
        Array.from({ length: 2_000 }, (_, index) => `Headline number ${index} that will not be answered before the end of this test`),
      );
      await Promise.all([
        expect(interrupted).rejects.toThrow('The model has been closed.'),
        new Promise((resolve) => setTimeout(resolve, pause)).then(() => classifier.close()),
      ]);
    }
    expect(await classifier.classify(['Good news'])).toHaveLength(1);
  }, 60_000);

  it('starts again after being closed', async () => {
    const before = await classifier.classify(['Good news']);
    await classifier.close();
    expect(await classifier.classify(['Good news'])).toEqual(before);
  }, 60_000);
});

describe('token ids', () => {
  const file = join(FIXTURES, 'token-ids.jsonl');
  const present = existsSync(file);
  if (!present) console.warn(`Skipped: ${file} is missing; "nx run model:export" writes it.`);

  (present ? it : it.skip)(
    'are those of the Python tokeniser',
    async () => {
      const session = await ModelSession.open({ directory: MODEL, threads: 1, limits: { maxTokens: 512, maxRows: 32 } });
      const rows = await readRows<{ text: string; ids: number[] }>(file);
      const different = rows.filter(({ text, ids }) => session.tokens(text).join() !== ids.join());
      await session.close();
      expect(rows.length).toBeGreaterThan(0);
      expect(different).toEqual([]);
    },
    60_000,
  );
});

describe('a model directory', () => {
  it('may have any name, and loads without a network call', async () => {
    const { directory, remove } = await copyModel();
    const calls = [jest.spyOn(net.Socket.prototype, 'connect'), jest.spyOn(dns, 'lookup'), jest.spyOn(globalThis, 'fetch')];
    const classifier = new TransformersClassifier({ modelDirectory: directory, ownThread: false });
    await classifier.classify(['No network is needed']);
    await classifier.close();
    calls.forEach((spy) => expect(spy).not.toHaveBeenCalled());
    calls.forEach((spy) => spy.mockRestore());
    await remove();
  }, 60_000);

  it('is refused before loading if incomplete, and accepted once it is repaired', async () => {
    const { directory, remove } = await copyModel();
    const file = join(directory, 'config.json');
    const content = await readFile(file);
    await writeFile(file, 'spoiled');
    const classifier = new TransformersClassifier({ modelDirectory: directory });
    await expect(classifier.ready()).rejects.toThrow(ModelError);
    expect(classifier.model.revision).toBe('not loaded');
    await writeFile(file, content);
    await classifier.ready();
    expect(classifier.model.id).toBe('barometer-distilbert-news');
    await classifier.close();
    await remove();
  }, 60_000);

  it.each([true, false])(
    'with a broken network file that its manifest agrees with is refused by name (own thread: %s)',
    async (ownThread) => {
      const { directory, remove } = await copyModel();
      const content = 'this is no model';
      await writeFile(join(directory, 'onnx/model_quantized.onnx'), content);
      const sha256 = createHash('sha256').update(content).digest('hex');
      await editJson(join(directory, 'manifest.json'), (manifest) => ({
        ...manifest,
        files: (manifest['files'] as ModelManifest['files']).map((entry) =>
          entry.path.startsWith('onnx') ? { ...entry, bytes: content.length, sha256 } : entry,
        ),
      }));
      const failure = await new TransformersClassifier({ modelDirectory: directory, ownThread }).ready().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ModelError);
      expect((failure as ModelError).message).toMatch(/onnx\/model_quantized\.onnx cannot be loaded/);
      expect((failure as ModelError).file).toBe(join(directory, 'onnx/model_quantized.onnx'));
      await remove();
    },
    60_000,
  );
});
