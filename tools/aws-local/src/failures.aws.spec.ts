import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { startAwsStandIn } from '@barometer/aws/testing';
import { readArtifact, type RuntimeApi } from '@barometer/lambda-runtime';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the executor's own function: only this test packages anything
import { packageImage } from '../../src/executors/image/executor';
// eslint-disable-next-line @nx/enforce-module-boundaries -- goes with it
import { packageOptions } from '../../src/packaging/package-options';
import { linesOf, ROOT } from './testing/started-function';

jest.setTimeout(180_000);

const apps = ['ingestion', 'analysis', 'dashboard'] as const;
const errorsIn = (lines: readonly Record<string, unknown>[]) => lines.filter(({ level }) => level === 'ERROR');
const startFails = (api: RuntimeApi) => expect(api.initialised).rejects.toThrow("Runtime.ExitError: The function's process ended with 1.");

describe('a cold start that fails', () => {
  it.each(apps)('of %s logs one line that names every bad setting, and fails before the first event', async (app) => {
    const lines = await linesOf(app, { environment: { ENVIRONMENT: 'Not-A-Name', TABLE_NAME: '' }, work: startFails });
    const message =
      'ENVIRONMENT must be the name of an environment, such as dev: up to twelve small letters and digits, the first a letter (it is "Not-A-Name"); TABLE_NAME must be set to the name of the DynamoDB table';
    expect(lines).toEqual([expect.objectContaining({ level: 'ERROR', service: app, message })]);
  });

  it("of Analysis logs one line if the model's hash differs from its manifest, and fails before the first event", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'barometer-spoilt-'));
    try {
      await cp(join(ROOT, 'models/barometer-distilbert-news'), join(folder, 'model'), { recursive: true });
      const file = join(folder, 'model/tokenizer.json');
      const content = await readFile(file);
      content[1000] = (content[1000] ?? 0) ^ 1;
      await writeFile(file, content);
      const { architecture } = await readArtifact(ROOT, 'analysis');
      const place = relative(ROOT, folder);
      const options = packageOptions({ architecture, bundle: 'dist/apps/analysis', model: `${place}/model`, outputPath: `${place}/image` }, 'analysis-spoilt');
      const lines = await linesOf('analysis', { environment: {}, work: startFails, artifact: packageImage(options, ROOT, {}) });
      const message = expect.stringMatching(
        /^The model in \/var\/task\/model cannot be used: tokenizer\.json has the SHA-256 [0-9a-f]{64} instead of [0-9a-f]{64}; package and deploy this function again, or let MODEL_DIR name a complete model in it\.$/,
      ) as string;
      expect(lines).toEqual([expect.objectContaining({ level: 'ERROR', service: 'analysis', message })]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('a table that cannot be used', () => {
  const missing = 'The table "news" does not exist: deploy the state stack to this account and region, or correct TABLE_NAME.';
  const unreachable = 'The table "news" did not answer in time or cannot be reached (ECONNREFUSED).';
  const body = JSON.stringify({ type: 'ArticleIngested', version: 1, articleId: 'a'.repeat(26), storedAt: 1 });
  const headers = { authorization: `Bearer bar_01234567_${'0123456789abcdef'.repeat(4)}` };
  const events = {
    ingestion: {},
    analysis: { Records: [{ messageId: 'm1', body, attributes: { ApproximateReceiveCount: '1' } }] },
    dashboard: {
      rawPath: '/api/v1/mood',
      rawQueryString: '',
      headers,
      requestContext: { http: { method: 'GET', path: '/api/v1/mood', sourceIp: '192.0.2.1' } },
    },
  };
  let aws: Awaited<ReturnType<typeof startAwsStandIn>>;
  beforeAll(async () => (aws = await startAwsStandIn(() => ({ error: 'ResourceNotFoundException' }))));
  afterAll(() => aws.close());
  const environmentOf = (message: string) => ({ ...aws.environment, ...(message === unreachable && { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }) });

  it.each([
    ['ingestion', missing],
    ['ingestion', unreachable],
    ['analysis', missing],
    ['analysis', unreachable],
  ] as const)('logs one ERROR line, from the runtime, for each failed invocation of %s: %s', async (app, message) => {
    const error = { errorType: 'AwsFault', errorMessage: message };
    const work = async (api: RuntimeApi) => {
      for (const _invocation of [1, 2]) expect(await api.invoke(events[app])).toEqual({ ok: false, error });
    };
    const line = expect.objectContaining({ message: expect.objectContaining({ ...error, stackTrace: [`AwsFault: ${message}`] }) as object }) as object;
    expect(errorsIn(await linesOf(app, { environment: environmentOf(message), work }))).toEqual([line, line]);
  });

  it.each([missing, unreachable])('logs one ERROR line in the dashboard at the first request, and none after: %s', async (message) => {
    const work = async (api: RuntimeApi) => {
      for (const _request of [1, 2]) expect(await api.invoke(events.dashboard)).toMatchObject({ ok: true, payload: { statusCode: 503 } });
    };
    expect(errorsIn(await linesOf('dashboard', { environment: environmentOf(message), work }))).toEqual([
      expect.objectContaining({ service: 'dashboard', message }),
    ]);
  });
});
