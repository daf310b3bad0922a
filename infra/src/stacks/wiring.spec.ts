import { appNames } from '../names';
import { settingsOf, templatesOf } from '../testing/synthesised';
import { functionOf, queueOf, resourcesOf, textOf, theOnly } from '../testing/templates';

const settings = settingsOf('prod');
/** Every setting another than in prod, where it reaches a resource. */
const changed = {
  ...settings,
  alarmEmail: 'operators@example.org',
  publicUrl: 'https://mood.example.org',
  userAgent: 'Mozilla/5.0 (compatible; Example/1.0)',
  ingestion: { memoryMb: 300, timeoutSeconds: 40, architecture: 'x86_64' as const },
  analysis: { memoryMb: 3_000, timeoutSeconds: 200, architecture: 'arm64' as const, reservedConcurrency: 9, batchSize: 20, batchWindowSeconds: 7, maximumConcurrency: 3 },
  dashboard: { memoryMb: 700, timeoutSeconds: 12, architecture: 'x86_64' as const, reservedConcurrency: 11 },
};
const prod = templatesOf('prod');
const other = templatesOf('prod', { settings: changed });
const both = [['prod', prod, settings], ['an environment with other settings', other, changed]] as const;

const variablesOf = (templates: typeof prod, app: string) => Object.fromEntries(Object.entries(functionOf(templates, app)['Environment'].Variables as Record<string, unknown>).map(([name, value]) => [name, textOf(value)]));

describe.each(both)('in %s', (_name, templates, { ingestion, analysis, dashboard, userAgent, publicUrl }) => {
  it('a function has the memory, the time, the reserve and the architecture of its settings, on Node 24', () => {
    for (const app of appNames) {
      const { memoryMb, timeoutSeconds, architecture, reservedConcurrency } = { ingestion: { ...ingestion, reservedConcurrency: 1 }, analysis, dashboard }[app];
      expect(functionOf(templates, app)).toMatchObject({ FunctionName: `barometer-prod-${app}-${app === 'analysis' ? 'image' : 'zip'}`, MemorySize: memoryMb, Timeout: timeoutSeconds, Architectures: [architecture], ReservedConcurrentExecutions: reservedConcurrency });
    }
    for (const app of ['ingestion', 'dashboard']) expect(functionOf(templates, app)['Runtime']).toBe('nodejs24.x');
  });

  it('a function is told where its data are, and nothing of another environment', () => {
    const asked = { ALERT_SECRETS_ID: 'barometer/prod/alert-secrets', ...(userAgent !== undefined && { USER_AGENT: userAgent }), ...(publicUrl !== undefined && { PUBLIC_URL: publicUrl }) };
    const [queues, own] = ['https://sqs.${Region}.${URLSuffix}/${AccountId}/barometer-prod-', { ENVIRONMENT: 'prod', TABLE_NAME: 'barometer-prod-store' }];
    expect(variablesOf(templates, 'ingestion')).toEqual({ ...own, SCORING_QUEUE_URL: `${queues}scoring`, NEWSAPI_SECRET_ID: 'barometer/prod/newsapi-key', OVERDUE_SECONDS: expect.any(String), ...asked });
    expect(variablesOf(templates, 'analysis')).toEqual({ ...own, DEAD_LETTER_QUEUE_URL: `${queues}scoring-dead-letters`, MAX_RECEIVES: '5' });
    expect(variablesOf(templates, 'dashboard')).toEqual({ ...own, ANALYSIS_FUNCTION: 'barometer-prod-analysis-image,barometer-prod-analysis-zip', REQUEST_TIME_LIMIT_MS: expect.any(String), ANALYZE_TIME_LIMIT_MS: expect.any(String), ...asked });
  });

  it('the queue hides a message for six times as long as Analysis may take, and ingestion does not send it again meanwhile', () => {
    const { VisibilityTimeout } = queueOf(templates, 'barometer-prod-scoring');
    expect(VisibilityTimeout).toBeGreaterThanOrEqual(6 * analysis.timeoutSeconds + analysis.batchWindowSeconds);
    expect(Number(variablesOf(templates, 'ingestion')['OVERDUE_SECONDS'])).toBeGreaterThan(VisibilityTimeout as number);
  });

  it('batches come as the settings say', () => {
    expect(theOnly(templates['analysis'], 'AWS::Lambda::EventSourceMapping').Properties).toMatchObject({
      BatchSize: analysis.batchSize, MaximumBatchingWindowInSeconds: analysis.batchWindowSeconds, ScalingConfig: { MaximumConcurrency: analysis.maximumConcurrency }, FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('the dashboard answers before Lambda ends it', () => {
    const { REQUEST_TIME_LIMIT_MS: request, ANALYZE_TIME_LIMIT_MS: analyze } = variablesOf(templates, 'dashboard');
    expect(Number(analyze)).toBeLessThan(Number(request));
    expect(Number(request)).toBeLessThan(dashboard.timeoutSeconds * 1_000);
  });
});

describe('the queues', () => {
  it('set messages aside into the one that takes them from nowhere else, and that keeps them for longer', () => {
    const [scoring, deadLetters] = ['barometer-prod-scoring', 'barometer-prod-scoring-dead-letters'].map((name) => queueOf(prod, name)) as [Record<string, unknown>, Record<string, unknown>];
    const { deadLetterTargetArn, maxReceiveCount } = scoring['RedrivePolicy'] as { deadLetterTargetArn: { 'Fn::GetAtt': [string, string] }; maxReceiveCount: number };
    expect(prod['state']?.Resources[deadLetterTargetArn['Fn::GetAtt'][0]]?.Properties).toBe(deadLetters);
    expect(maxReceiveCount).toBe(Number(variablesOf(prod, 'analysis')['MAX_RECEIVES']) + 2);
    const { redrivePermission, sourceQueueArns } = deadLetters['RedriveAllowPolicy'] as { redrivePermission: string; sourceQueueArns: unknown[] };
    expect([redrivePermission, sourceQueueArns.map(textOf)]).toEqual(['byQueue', ['arn:${Partition}:sqs:${Region}:${AccountId}:barometer-prod-scoring']]);
    // A message keeps the age that it had when it is set aside.
    expect(deadLetters['MessageRetentionPeriod']).toBeGreaterThan(scoring['MessageRetentionPeriod'] as number);
  });
});

describe('the schedule', () => {
  it('sends what ingestion reads, and nothing twice', () => {
    const { Target, State = 'ENABLED', FlexibleTimeWindow } = theOnly(prod['ingestion'], 'AWS::Scheduler::Schedule').Properties;
    expect([Target.Input, Target.RetryPolicy, State, FlexibleTimeWindow]).toEqual(['{}', { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 }, 'ENABLED', { Mode: 'OFF' }]);
  });
});

describe('who is told', () => {
  it('is whom the settings name, and nobody where they name none', () => {
    expect(theOnly(other['state'], 'AWS::SNS::Subscription').Properties).toMatchObject({ Protocol: 'email', Endpoint: changed.alarmEmail });
    expect(resourcesOf(prod['state'], 'AWS::SNS::Subscription')).toEqual([]);
  });

  it('hears of the budget while something can still be done', () => {
    const { NotificationsWithSubscribers } = theOnly(prod['state'], 'AWS::Budgets::Budget').Properties as { NotificationsWithSubscribers: { Notification: object; Subscribers: object[] }[] };
    const kinds = [{ NotificationType: 'ACTUAL', Threshold: 80 }, { NotificationType: 'FORECASTED', Threshold: 100 }];
    expect(NotificationsWithSubscribers.map(({ Notification }) => Notification)).toEqual(kinds.map((kind) => ({ ...kind, ComparisonOperator: 'GREATER_THAN', ThresholdType: 'PERCENTAGE' })));
    for (const { Subscribers } of NotificationsWithSubscribers) expect(Subscribers).toEqual([{ SubscriptionType: 'SNS', Address: { Ref: expect.stringMatching(/^Alarms/) } }]);
  });
});
