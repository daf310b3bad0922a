import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Label, Sentiment } from '@barometer/events';
import { sentimentFromLogits, type SentimentClassifier } from '@barometer/sentiment';
import { evaluateFile } from './evaluate-file';
import { FIXTURES, MODEL, readRows } from './testing/model-copy';
import { TransformersClassifier } from './transformers-classifier';

/** Answers with the label that the text itself names. */
const obedient: SentimentClassifier = {
  model: { id: 'obedient', revision: '1' },
  ready: async () => undefined,
  classify: async (texts) =>
    texts.map((text): Sentiment => {
      const outputs = (['negative', 'neutral', 'positive'] as Label[]).map((label) => (text.includes(label) ? 9 : 0));
      return sentimentFromLogits(
        outputs,
        { temperature: 1, uncertainBelow: 0.6, labels: ['negative', 'neutral', 'positive'] },
        { id: 'obedient', revision: '1' },
      );
    }),
};

describe('evaluateFile', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'barometer-evaluate-'))));
  afterAll(() => rm(folder, { recursive: true }));

  async function file(content: string | Buffer): Promise<string> {
    const path = join(folder, `${content.length}.jsonl`);
    await writeFile(path, content);
    return path;
  }

  it('judges row by row and reports its progress', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => ({ text: index % 3 ? 'negative' : 'positive', label: 'negative' }));
    const path = await file(rows.map((row) => JSON.stringify(row)).join('\r\n'));
    const progress: number[] = [];
    const result = await evaluateFile(path, obedient, { onProgress: (done) => progress.push(done) });
    expect(result).toMatchObject({ file: path, rows: 300, accuracy: 200 / 300, skipped: 0, confusion: { negative: { positive: 100 } } });
    expect(progress).toEqual([256, 300]);
  });

  it('correlates tone with the valence of the rows that have one', async () => {
    const rows = ['negative', 'negative', 'neutral', 'positive', 'positive'].map((text, index) => ({ text, label: text, valence: index * 20 - 50 }));
    const path = await file([...rows, { text: 'positive', label: 'positive', valence: 'high' }].map((row) => JSON.stringify(row)).join('\n'));
    const { valence, rows: judged } = await evaluateFile(path, obedient);
    expect([judged, valence?.rows]).toEqual([6, 5]);
    expect(valence?.pearson.value).toBeGreaterThan(0.9);
  });

  it('leaves out and counts unusable rows', async () => {
    const path = await file('{"text":"positive","label":"Positive"}\n\nnonsense\n{"text":"x","label":"mixed"}\n{"label":"neutral"}\n');
    expect(await evaluateFile(path, obedient)).toMatchObject({ rows: 1, accuracy: 1, skipped: 3, firstSkippedLine: 3 });
  });

  it.each<[string, string | undefined, Buffer]>([
    ['UTF-16', undefined, Buffer.from('\ufeff{"text":"négative positive","label":"positive"}\r\n', 'utf16le')],
    ['Windows-1252', undefined, Buffer.from('{"text":"n\xe9gative positive","label":"positive"}\n', 'latin1')],
    ['the charset that is given', 'macintosh', Buffer.from('{"text":"n\x8egative positive","label":"positive"}\n', 'latin1')],
  ])('reads a file in %s', async (_name, charset, content) => {
    const seen: string[] = [];
    const classifier: SentimentClassifier = { ...obedient, classify: (texts) => (seen.push(...texts), obedient.classify(texts)) };
    expect(await evaluateFile(await file(content), classifier, { charset })).toMatchObject({ rows: 1, accuracy: 1, skipped: 0 });
    expect(seen).toEqual(['négative positive']);
  });

  it.each([
    ['that is missing', async () => join(folder, 'missing.jsonl'), /missing\.jsonl cannot be read: ENOENT/],
    ['without a usable row', () => file('{}\n'), /has no line with a "text" and a "label"/],
  ])('says why a file %s cannot be evaluated', async (_, path, message) => {
    await expect(evaluateFile(await path(), obedient)).rejects.toThrow(message);
  });

  it("measures the model that ships through the product's own adapter", async () => {
    const classifier = new TransformersClassifier({ modelDirectory: MODEL });
    const path = join(FIXTURES, 'forty.jsonl');
    const result = await evaluateFile(path, classifier);
    await classifier.close();
    expect(result.rows).toBe((await readRows(path)).length);
    expect(result.accuracy).toBeGreaterThan(0.85);
  }, 60_000);
});
