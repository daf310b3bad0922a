import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { startAwsStandIn, type StandInAnswer } from '@barometer/aws/testing';
import { readArtifact } from '@barometer/lambda-runtime';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the executor's own function: only this test packages anything
import { packageImage } from '../../src/executors/image/executor';
// eslint-disable-next-line @nx/enforce-module-boundaries -- goes with it
import { packageOptions } from '../../src/packaging/package-options';
import { leastEnvironments, ROOT, withFunction } from './testing/started-function';

jest.setTimeout(180_000);

const apps = ['ingestion', 'analysis', 'dashboard'] as const;
const parsed = (lines: string[]) => lines.map((line) => JSON.parse(line) as unknown);

describe('a cold start that cannot be', () => {
  it.each(apps)('of %s is one line that names every bad setting, and fails before there is an event', async (app) => {
    await withFunction(app, { ...leastEnvironments[app], ENVIRONMENT: 'Not-A-Name', TABLE_NAME: '' }, async ({ api, lines }) => {
      await expect(api.initialised).rejects.toThrow('Runtime.ExitError: The function\'s process ended with 1.');
      const message = 'ENVIRONMENT must be the name of an environment, such as dev: up to twelve small letters and digits, the first a letter (it is "Not-A-Name"); TABLE_NAME must be set to the name of the DynamoDB table';
      expect(parsed(lines())).toEqual([expect.objectContaining({ level: 'ERROR', service: app, message })]);
    });
  });

  it('of Analysis with a model of another hash than its manifest says is one line, and fails before there is an event', async () => {
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
      await withFunction('analysis', leastEnvironments.analysis, async ({ api, lines }) => {
        await expect(api.initialised).rejects.toThrow('Runtime.ExitError: The function\'s process ended with 1.');
        const message = expect.stringMatching(/^The model in \/var\/task\/model cannot be used: tokenizer\.json has the SHA-256 [0-9a-f]{64} instead of [0-9a-f]{64}; package and deploy this function again, or let MODEL_DIR name a complete model in it\.$/) as string;
        expect(parsed(lines())).toEqual([expect.objectContaining({ level: 'ERROR', service: 'analysis', message })]);
      }, packageImage(options, ROOT, {}));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('a table that does not exist', () => {
  const message = 'The table "news" does not exist: deploy the state stack to this account and region, or correct TABLE_NAME.';
  const missing = (): StandInAnswer => ({ error: 'ResourceNotFoundException' });
  const body = JSON.stringify({ type: 'ArticleIngested', version: 1, articleId: 'a'.repeat(26), storedAt: 1 });
  const headers = { authorization: `Bearer bar_01234567_${'0123456789abcdef'.repeat(4)}` };
  const events = {
    ingestion: {},
    analysis: { Records: [{ messageId: 'm1', body, attributes: { ApproximateReceiveCount: '1' } }] },
    dashboard: { rawPath: '/api/v1/mood', rawQueryString: '', headers, requestContext: { http: { method: 'GET', path: '/api/v1/mood', sourceIp: '192.0.2.1' } } },
  };

  it.each(['ingestion', 'analysis'] as const)('is one ERROR line for each invocation of %s that it ends: that of the runtime', async (app) => {
    const aws = await startAwsStandIn(missing);
    try {
      await withFunction(app, { ...leastEnvironments[app], ...aws.environment }, async ({ api, errors }) => {
        for (const invocation of [1, 2]) {
          expect(await api.invoke(events[app])).toEqual({ ok: false, error: { errorType: 'AwsFault', errorMessage: message } });
          expect(errors()).toHaveLength(invocation);
          expect(errors().at(-1)).toMatchObject({ message: { errorType: 'AwsFault', errorMessage: message, stackTrace: [`AwsFault: ${message}`] } });
        }
      });
    } finally {
      await aws.close();
    }
  });

  it('is one ERROR line of the dashboard at the first request, and none after', async () => {
    const aws = await startAwsStandIn(missing);
    try {
      await withFunction('dashboard', { ...leastEnvironments.dashboard, ...aws.environment }, async ({ api, errors }) => {
        for (const _request of [1, 2]) expect(await api.invoke(events.dashboard)).toMatchObject({ ok: true, payload: { statusCode: 503 } });
        expect(errors()).toEqual([expect.objectContaining({ service: 'dashboard', message })]);
      });
    } finally {
      await aws.close();
    }
  });
});
