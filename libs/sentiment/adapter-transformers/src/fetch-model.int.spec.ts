import { createHash } from 'node:crypto';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchModel, type FetchModelOptions } from './fetch-model';
import { ModelError } from './errors';
import { verifyModel } from './model-files';
import { MODEL } from './testing/model-copy';
import { TransformersClassifier } from './transformers-classifier';

const REVISION = '0123456789abcdef0123456789abcdef01234567';
const ID = 'example/tone';
const LARGE = 'onnx/model_quantized.onnx';

type Handler = (path: string, request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

describe('fetchModel', () => {
  let server: Server;
  let hub: string;
  let directory: string;
  let requests: string[];
  let handle: Handler;

  const serveFile: Handler = async (path, request, response) => {
    const content = await readFile(join(MODEL, path));
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (start >= content.length) return void response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    if (start > 0) response.setHeader('content-range', `bytes ${start}-${content.length - 1}/${content.length}`);
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': content.length - start });
    response.end(content.subarray(start));
  };

  /** Interrupts the first answer after a megabyte. */
  const breakingOff: Handler = async (path, request, response) => {
    if (path !== LARGE || request.headers.range) return serveFile(path, request, response);
    const content = await readFile(join(MODEL, path));
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, 1_000_000), () => setTimeout(() => response.destroy(), 50));
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url?.replace(`/${ID}/resolve/${REVISION}/`, '') ?? '';
      requests.push(`${path}${request.headers.range ? ` ${request.headers.range}` : ''}`);
      void handle(path, request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    hub = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(async () => {
    requests = [];
    handle = serveFile;
    directory = await mkdtemp(join(tmpdir(), 'barometer-fetch-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const run = (options: Partial<FetchModelOptions> = {}) => fetchModel({ id: ID, revision: REVISION, directory, hub, pins: {}, pauseMs: 1, ...options });
  const failure = (options?: Partial<FetchModelOptions>) =>
    run(options).then(
      () => undefined,
      (error: unknown) => error as ModelError,
    );
  const sha256 = async (path: string) =>
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex');

  it('fetches a model that the classifier then verifies and loads', async () => {
    const progress: [number, number | undefined][] = [];
    const fetched = await run({ onProgress: (done, total) => progress.push([done, total]) });
    expect(fetched).toMatchObject({ pinned: false, notice: expect.stringContaining('trusted'), directory: join(directory, 'example--tone@0123456789ab') });
    expect(progress.at(-1)?.[0]).toBe(progress.at(-1)?.[1]);
    expect(verifyModel(fetched)).toMatchObject({ batchable: false, calibration: { temperature: 1 } });
    const classifier = new TransformersClassifier({ modelDirectory: fetched.directory });
    expect((await classifier.classify(['A wonderful victory']))[0]?.model).toEqual({ id: ID, revision: REVISION });
    await classifier.close();
  }, 60_000);

  it('requests nothing twice', async () => {
    await run();
    requests = [];
    await run();
    expect(requests).toEqual([]);
  });

  it('resumes after a broken connection', async () => {
    handle = breakingOff;
    const fetched = await run();
    expect(await sha256(join(fetched.directory, LARGE))).toBe(await sha256(join(MODEL, LARGE)));
    expect(requests.filter((request) => request.startsWith(LARGE))).toEqual([LARGE, expect.stringMatching(/ bytes=[1-9]\d*-$/)]);
  });

  it('resumes after an earlier call was interrupted', async () => {
    handle = (path, request, response) => (request.headers.range ? void response.writeHead(403).end() : breakingOff(path, request, response));
    expect((await failure())?.message).toMatch(/model_quantized\.onnx could not be fetched .*answered 403.*what has arrived is kept/);
    requests = [];
    handle = serveFile;
    await run();
    expect(requests[0]).toMatch(/^onnx\/model_quantized\.onnx bytes=\d+-$/);
  });

  it('discards a partial file that is longer than the file, and keeps one that is complete', async () => {
    const folder = join(directory, 'example--tone@0123456789ab');
    await mkdir(folder);
    await writeFile(join(folder, 'config.json.part'), 'x'.repeat(10_000));
    await cp(join(MODEL, 'tokenizer.json'), join(folder, 'tokenizer.json.part'));
    await run();
    expect(requests).toEqual([LARGE, expect.stringMatching(/^tokenizer\.json bytes/), 'tokenizer_config.json', 'config.json bytes=10000-', 'config.json']);
    expect(await sha256(join(folder, 'config.json'))).toBe(await sha256(join(MODEL, 'config.json')));
  });

  it('gives up on a server that sends nothing, and says so', async () => {
    handle = () => undefined;
    expect((await failure({ idleMs: 40 }))?.message).toMatch(/could not be fetched .*nothing arrived/);
  });

  it('removes a file that does not match its pin', async () => {
    const pins = { [ID]: { files: { [LARGE]: 'f'.repeat(64) } } };
    expect((await failure({ pins }))?.message).toMatch(
      /onnx\/model_quantized\.onnx of example\/tone was fetched with the SHA-256 .* instead of the pinned f{64}, and was removed/,
    );
    await expect(stat(join(directory, 'example--tone@0123456789ab', LARGE))).rejects.toThrow('ENOENT');
  });

  it('accepts the pinned revision, and reports that every hash was known', async () => {
    const files = Object.fromEntries(
      await Promise.all([LARGE, 'tokenizer.json', 'tokenizer_config.json', 'config.json'].map(async (path) => [path, await sha256(join(MODEL, path))])),
    );
    const pins = { [ID]: { revision: REVISION, files } };
    expect(await run({ revision: undefined, pins })).toMatchObject({ revision: REVISION, pinned: true });
    expect((await failure({ revision: 'a'.repeat(40), pins }))?.message).toMatch(/is pinned to the revision/);
  });

  it('notices that a fetched file was changed', async () => {
    const { directory: folder } = await run();
    await appendFile(join(folder, 'config.json'), ' ');
    expect((await failure())?.message).toMatch(/config\.json has \d+ bytes instead of/);
  });

  it.each([
    [{ id: '../secrets' }, /names no model/],
    [{ revision: undefined }, /no pinned revision/],
    [{ revision: 'main' }, /"main" is no commit/],
  ])('refuses %j before it sends a request', async (options, message) => {
    const error = await failure(options);
    expect(error).toBeInstanceOf(ModelError);
    expect(error?.message).toMatch(message);
    expect([requests, await readdir(directory)]).toEqual([[], []]);
  });
});
