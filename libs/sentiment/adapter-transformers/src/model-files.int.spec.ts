import { createHash } from 'node:crypto';
import { rm, truncate, writeFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ModelError } from './errors';
import { verifyModel, type ModelManifest } from './model-files';
import { copyModel, editJson } from './testing/model-copy';

describe('verifyModel', () => {
  let directory: string;
  let remove: () => Promise<void>;

  beforeEach(async () => ({ directory, remove } = await copyModel()));
  afterEach(() => remove());

  const failure = (remedy?: string) => {
    try {
      verifyModel({ directory, ...(remedy !== undefined && { remedy }) });
      return undefined;
    } catch (error) {
      return error as ModelError;
    }
  };

  /** Writes a file and updates the manifest to match, so that its content gets checked. */
  async function replace(path: string, content: string): Promise<void> {
    await writeFile(join(directory, path), content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    await editJson(join(directory, 'manifest.json'), (manifest) => ({
      ...manifest,
      files: (manifest['files'] as ModelManifest['files']).map((file) => (file.path === path ? { path, bytes: Buffer.byteLength(content), sha256 } : file)),
    }));
  }

  it('answers what the manifest and the calibration say', () => {
    const { manifest, calibration } = verifyModel({ directory });
    expect(manifest.id).toBe('barometer-distilbert-news');
    expect(calibration.labels).toEqual(['negative', 'neutral', 'positive']);
  });

  it.each(['manifest.json', 'config.json', 'tokenizer.json', 'onnx/model_quantized.onnx', 'calibration.json'])('names %s when it is missing', async (file) => {
    await rm(join(directory, file));
    const error = failure();
    expect(error).toBeInstanceOf(ModelError);
    expect(error?.message).toContain(`${file} is missing`);
    expect(error?.file).toBe(join(directory, file));
  });

  it('distinguishes a short file from a complete one', async () => {
    await truncate(join(directory, 'onnx/model_quantized.onnx'), 1000);
    expect(failure()?.message).toMatch(/onnx\/model_quantized\.onnx has 1000 bytes instead of \d+; put the original files back/);
  });

  it('ends in what the operator can do', async () => {
    await rm(join(directory, 'config.json'));
    expect(failure()?.message).toMatch(/config\.json is missing; put the original files back \(git checkout .* let MODEL_DIR name a complete model\.$/);
    expect(failure('deploy again')?.message).toMatch(/config\.json is missing; deploy again\.$/);
  });

  it('notices a changed byte', async () => {
    const file = join(directory, 'tokenizer.json');
    const content = await readFile(file);
    content[1000] = (content[1000] ?? 0) ^ 1;
    await writeFile(file, content);
    expect(failure()?.message).toMatch(/tokenizer\.json has the SHA-256 [0-9a-f]{64} instead of/);
  });

  it.each([
    ['no JSON', 'manifest.json', () => '{', /manifest\.json is malformed/],
    [
      'a path that leads out of the folder',
      'manifest.json',
      (text: string) => text.replace('tokenizer.json', '../tokenizer.json'),
      /manifest\.json is malformed \(files\.\d+\.path: must be a relative path/,
    ],
    ['a file too few', 'manifest.json', (text: string) => JSON.stringify({ ...JSON.parse(text), files: [] }), /manifest\.json does not list config\.json/],
  ])('refuses a manifest with %s', async (_, file, spoil, message) => {
    const path = join(directory, file);
    await writeFile(path, spoil(await readFile(path, 'utf8')));
    expect(failure()?.message).toMatch(message);
  });

  it.each([
    [
      'a temperature of zero',
      { temperature: 0, uncertainBelow: 0.6, labels: ['negative', 'neutral', 'positive'] },
      /calibration\.json is malformed \(temperature/,
    ],
    [
      'a label twice',
      { temperature: 1, uncertainBelow: 0.6, labels: ['negative', 'negative', 'positive'] },
      /calibration\.json is malformed \(labels: must be/,
    ],
    ['an unknown label', { temperature: 1, uncertainBelow: 0.6, labels: ['bad', 'neutral', 'positive'] }, /calibration\.json is malformed \(labels/],
    [
      "labels in another order than the model's",
      { temperature: 1, uncertainBelow: 0.6, labels: ['positive', 'neutral', 'negative'] },
      /config\.json has the labels negative, neutral, positive, but calibration\.json has positive/,
    ],
  ])('refuses a calibration with %s', async (_, content, message) => {
    await replace('calibration.json', JSON.stringify(content));
    expect(failure()?.message).toMatch(message);
  });
});
