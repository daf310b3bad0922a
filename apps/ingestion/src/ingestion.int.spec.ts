import { isCanary } from '@barometer/canary';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lambdaContext, RecordingTelemetry, startAwsStandIn, withEnvironment, type StandInAnswer } from '@barometer/aws/testing';
import { AddSource, type ScoringQueue } from '@barometer/ingestion';
import type { HttpFeedFetcher } from '@barometer/ingestion-http';
import type { MemoryScoringQueue } from '@barometer/ingestion-memory';
import type { Container } from 'inversify';
import { composeIngestion, type BindOutside } from './composition-root';
import { createHandler } from './handler';
import { bindMemory } from './testing/memory-bindings';
import { testSettings } from './testing/settings';
import { tokens } from './tokens';

const feed = `<rss version="2.0"><channel><title>Local news</title><language>en</language>${[
  'Talks end in a lasting peace',
  'Heavy storm floods the old harbour',
]
  .map((title, index) => `<item><title>${title}</title><link>https://example.org/${index}</link><pubDate>${new Date().toUTCString()}</pubDate></item>`)
  .join('')}</channel></rss>`;

function setUp(bind?: BindOutside, more: Record<string, string> = {}) {
  const telemetry = new RecordingTelemetry<'ingestion'>();
  const settings = testSettings({ ALLOW_PRIVATE_SOURCES: '1', ...more });
  const container = composeIngestion({ settings, telemetry }, bind);
  const handler = createHandler({
    tick: container.get(tokens.runTick),
    alerts: container.get(tokens.runAlerts),
    reports: container.get(tokens.reportStore),
    clock: container.get(tokens.clock),
    telemetry,
    pollConcurrency: 2,
    overdueMs: 900_000,
  });
  return { container, telemetry, tick: () => handler({}, lambdaContext('ingestion')) };
}

const closeFetcher = (container: Container) => (container.get(tokens.feedFetcher) as HttpFeedFetcher).close();

it('polls a due source and hints at what it stored', async () => {
  const server = createServer((_request, response) => void response.setHeader('content-type', 'application/rss+xml').end(feed));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { container, telemetry, tick } = setUp(bindMemory);
  const sent: string[] = [];
  const queue: ScoringQueue = container.get(tokens.scoringQueue);
  (queue as MemoryScoringQueue).subscribe((events) => sent.push(...events.map(({ articleId }) => articleId)));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`;
  await new AddSource({ sources: container.get(tokens.sourceStore), clock: container.get(tokens.clock) }).execute({ url });
  try {
    expect(await tick()).toMatchObject({ polled: { polled: 1, failed: 0, newArticles: 2 } });
    expect([...new Set(sent)].filter((id) => !isCanary(id))).toHaveLength(2);
    expect(telemetry.metrics).toMatchObject({ ArticlesStored: 2, PollsSucceeded: 1, ArticlesPending: 2 });
  } finally {
    await closeFetcher(container);
    server.closeAllConnections();
    server.close();
  }
});

describe('when AWS fails', () => {
  const denied =
    'User: arn:aws:sts::000000000000:assumed-role/ingestion is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:eu-central-1:000000000000:table/news';
  const faults: readonly (readonly [string, StandInAnswer, string])[] = [
    [
      'a missing table',
      { error: 'ResourceNotFoundException' },
      'The table "news" does not exist: deploy the state stack to this account and region, or correct TABLE_NAME.',
    ],
    [
      'a denied permission',
      { error: 'AccessDeniedException', message: denied },
      'AWS denies dynamodb:Query on the table "news": grant it to the role of this function.',
    ],
    [
      'expired credentials',
      { error: 'ExpiredTokenException' },
      'The credentials for the table "news" have expired or are not valid (ExpiredTokenException): renew them.',
    ],
  ];

  it.each(faults)('leaves it to the runtime to log %s in one clear line', async (_what, answer, line) => {
    const aws = await startAwsStandIn(() => answer);
    try {
      await withEnvironment(aws.environment, async () => {
        const { container, telemetry, tick } = setUp();
        await expect(tick()).rejects.toMatchObject({ name: 'AwsFault', message: line, stack: expect.not.stringContaining('\n') });
        expect(telemetry.lines).toEqual([]);
        expect(telemetry.metrics['StepsFailed']).toBeGreaterThan(0);
        await closeFetcher(container);
      });
    } finally {
      await aws.close();
    }
  });
});
