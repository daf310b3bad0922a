import { appNames } from '../names';
import { settingsOf, templatesOf } from '../testing/synthesised';
import { functionOf, grantsOf, queueOf, resourcesOf, textOf, theOnly } from '../testing/templates';

const settings = settingsOf('prod');
/** Every setting with a value other than in prod, to see where it reaches a resource. */
const changed = {
  ...settings,
  alarmEmail: 'operators@example.org',
  publicUrl: 'https://mood.example.org',
  userAgent: 'Mozilla/5.0 (compatible; Example/1.0)',
  retentionDays: 30,
  rollupRetentionDays: 400,
  scoreText: 'title+summary' as const,
  ingestion: { memoryMb: 300, timeoutSeconds: 40, architecture: 'x86_64' as const, pollConcurrency: 16 },
  analysis: {
    memoryMb: 3_000,
    timeoutSeconds: 200,
    architecture: 'arm64' as const,
    reservedConcurrency: 9,
    batchSize: 20,
    batchWindowSeconds: 7,
    maximumConcurrency: 3,
  },
  dashboard: { memoryMb: 700, timeoutSeconds: 12, architecture: 'x86_64' as const, reservedConcurrency: 11 },
};
const prod = templatesOf('prod');
const other = templatesOf('prod', { settings: changed });
const both = [
  ['prod', prod, settings],
  ['an environment with other settings', other, changed],
] as const;

const variablesOf = (templates: typeof prod, app: string) =>
  Object.fromEntries(
    Object.entries(functionOf(templates, app)['Environment'].Variables as Record<string, unknown>).map(([name, value]) => [name, textOf(value)]),
  );

describe.each(both)('in %s', (_name, templates, { ingestion, analysis, dashboard, userAgent, publicUrl, retentionDays, rollupRetentionDays, scoreText }) => {
  it('a function has the memory, time limit, reserved concurrency and architecture of its settings, on Node 24', () => {
    for (const app of appNames) {
      const { memoryMb, timeoutSeconds, architecture, reservedConcurrency } = { ingestion: { ...ingestion, reservedConcurrency: 1 }, analysis, dashboard }[app];
      expect(functionOf(templates, app)).toMatchObject({
        FunctionName: `barometer-prod-${app}-${app === 'analysis' ? 'image' : 'zip'}`,
        MemorySize: memoryMb,
        Timeout: timeoutSeconds,
        Architectures: [architecture],
        ReservedConcurrentExecutions: reservedConcurrency,
      });
    }
    for (const app of ['ingestion', 'dashboard']) expect(functionOf(templates, app)['Runtime']).toBe('nodejs24.x');
  });

  it('a function is given the places of its data, and none of another environment', () => {
    const asked = {
      ALERT_SECRETS_ID: 'barometer/prod/alert-secrets',
      ...(userAgent !== undefined && { USER_AGENT: userAgent }),
      ...(publicUrl !== undefined && { PUBLIC_URL: publicUrl }),
    };
    const [queues, own] = [
      'https://sqs.${Region}.${URLSuffix}/${AccountId}/barometer-prod-',
      {
        ENVIRONMENT: 'prod',
        TABLE_NAME: 'barometer-prod-store',
        ...(retentionDays !== undefined && { RETENTION_DAYS: '30', ROLLUP_RETENTION_DAYS: String(rollupRetentionDays) }),
      },
    ];
    expect(variablesOf(templates, 'ingestion')).toEqual({
      ...own,
      SCORING_QUEUE_URL: `${queues}scoring`,
      NEWSAPI_SECRET_ID: 'barometer/prod/newsapi-key',
      OVERDUE_SECONDS: expect.any(String),
      ...(ingestion.pollConcurrency !== undefined && { POLL_CONCURRENCY: '16' }),
      ...asked,
    });
    const scored = scoreText !== undefined && { SCORE_TEXT: 'title+summary' };
    expect(variablesOf(templates, 'analysis')).toEqual({ ...own, DEAD_LETTER_QUEUE_URL: `${queues}scoring-dead-letters`, MAX_RECEIVES: '5', ...scored });
    expect(variablesOf(templates, 'dashboard')).toEqual({
      ...own,
      ANALYSIS_FUNCTION: 'barometer-prod-analysis-image,barometer-prod-analysis-zip',
      REQUEST_TIME_LIMIT_MS: expect.any(String),
      ANALYZE_TIME_LIMIT_MS: expect.any(String),
      ...scored,
      ...asked,
    });
  });

  it('the queue hides a message for six times the time limit of Analysis, and ingestion does not send it again meanwhile', () => {
    const { VisibilityTimeout } = queueOf(templates, 'barometer-prod-scoring');
    expect(VisibilityTimeout).toBeGreaterThanOrEqual(6 * analysis.timeoutSeconds + analysis.batchWindowSeconds);
    expect(Number(variablesOf(templates, 'ingestion')['OVERDUE_SECONDS'])).toBeGreaterThan(VisibilityTimeout as number);
  });

  it('batches have the size of the settings', () => {
    expect(theOnly(templates['analysis'], 'AWS::Lambda::EventSourceMapping').Properties).toMatchObject({
      BatchSize: analysis.batchSize,
      MaximumBatchingWindowInSeconds: analysis.batchWindowSeconds,
      ScalingConfig: { MaximumConcurrency: analysis.maximumConcurrency },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('the dashboard answers before its time limit', () => {
    const { REQUEST_TIME_LIMIT_MS: request, ANALYZE_TIME_LIMIT_MS: analyze } = variablesOf(templates, 'dashboard');
    expect(Number(analyze)).toBeLessThan(Number(request));
    expect(Number(request)).toBeLessThan(dashboard.timeoutSeconds * 1_000);
  });
});

describe('no function sends or reports it, and no alarm waits for it', () => {
  const without = templatesOf('prod', { settings: { ...settings, canary: false } });

  it('neither who sends it nor who tells of it does so, and no alarm waits for it', () => {
    expect(['ingestion', 'analysis', 'dashboard'].map((app) => variablesOf(without, app)['CANARY'])).toEqual(['0', undefined, '0']);
    expect(['ingestion', 'analysis', 'dashboard'].map((app) => variablesOf(prod, app)['CANARY'])).toEqual([undefined, undefined, undefined]);
    const names = (templates: typeof prod) =>
      resourcesOf(templates['ingestion'], 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties['AlarmName'] as string);
    expect(names(prod).filter((name) => !names(without).includes(name))).toEqual(['barometer-prod-canary']);
  });
});

describe('the queues', () => {
  it('move messages to a dead-letter queue of their own, which keeps them for longer', () => {
    const [scoring, deadLetters] = ['barometer-prod-scoring', 'barometer-prod-scoring-dead-letters'].map((name) => queueOf(prod, name)) as [
      Record<string, unknown>,
      Record<string, unknown>,
    ];
    const { deadLetterTargetArn, maxReceiveCount } = scoring['RedrivePolicy'] as {
      deadLetterTargetArn: { 'Fn::GetAtt': [string, string] };
      maxReceiveCount: number;
    };
    expect(prod['state']?.Resources[deadLetterTargetArn['Fn::GetAtt'][0]]?.Properties).toBe(deadLetters);
    expect(maxReceiveCount).toBe(Number(variablesOf(prod, 'analysis')['MAX_RECEIVES']) + 2);
    const { redrivePermission, sourceQueueArns } = deadLetters['RedriveAllowPolicy'] as { redrivePermission: string; sourceQueueArns: unknown[] };
    expect([redrivePermission, sourceQueueArns.map(textOf)]).toEqual(['byQueue', ['arn:${Partition}:sqs:${Region}:${AccountId}:barometer-prod-scoring']]);
    // A message keeps its age when it is moved.
    expect(deadLetters['MessageRetentionPeriod']).toBeGreaterThan(scoring['MessageRetentionPeriod'] as number);
  });
});

describe('sends the event that ingestion reads, and nothing twice', () => {
  it('sends what ingestion reads, and nothing twice', () => {
    const { Target, State = 'ENABLED', FlexibleTimeWindow } = theOnly(prod['ingestion'], 'AWS::Scheduler::Schedule').Properties;
    expect([Target.Input, Target.RetryPolicy, State, FlexibleTimeWindow]).toEqual([
      '{}',
      { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
      'ENABLED',
      { Mode: 'OFF' },
    ]);
  });
});

describe('the operators', () => {
  it('are those in the settings, and nobody by default', () => {
    expect(theOnly(other['state'], 'AWS::SNS::Subscription').Properties).toMatchObject({ Protocol: 'email', Endpoint: changed.alarmEmail });
    expect(resourcesOf(prod['state'], 'AWS::SNS::Subscription')).toEqual([]);
  });

  it('are warned of the budget while something can still be done', () => {
    const { NotificationsWithSubscribers } = theOnly(prod['state'], 'AWS::Budgets::Budget').Properties as {
      NotificationsWithSubscribers: { Notification: object; Subscribers: object[] }[];
    };
    const kinds = [
      { NotificationType: 'ACTUAL', Threshold: 80 },
      { NotificationType: 'FORECASTED', Threshold: 100 },
    ];
    expect(NotificationsWithSubscribers.map(({ Notification }) => Notification)).toEqual(
      kinds.map((kind) => ({ ...kind, ComparisonOperator: 'GREATER_THAN', ThresholdType: 'PERCENTAGE' })),
    );
    for (const { Subscribers } of NotificationsWithSubscribers)
      expect(Subscribers).toEqual([{ SubscriptionType: 'SNS', Address: { Ref: expect.stringMatching(/^Alarms/) } }]);
  });
});

describe('with sign-in', () => {
  const signIn = {
    issuer: 'https://id.example.org',
    clientId: 'barometer',
    readers: ['*'],
    writers: ['groups=editors', 'anna@example.org'],
    admins: [],
    sessionMaxHours: 12,
  };
  const withSignIn = templatesOf('prod', { settings: { ...settings, signIn } });
  const secretsOf = (templates: typeof prod) =>
    resourcesOf(templates['state'], 'AWS::SecretsManager::Secret').map(({ Properties }) => Properties['Name'] as string);

  it('the dashboard gets the provider, and may read one more secret', () => {
    expect(variablesOf(withSignIn, 'dashboard')).toEqual({
      ...variablesOf(prod, 'dashboard'),
      OIDC_ISSUER: signIn.issuer,
      OIDC_CLIENT_ID: 'barometer',
      OIDC_READERS: '*',
      OIDC_WRITERS: 'groups=editors,anna@example.org',
      OIDC_SESSION_MAX_HOURS: '12',
      OIDC_SECRET_ID: 'barometer/prod/oidc-client-secret',
    });
    expect(secretsOf(withSignIn).filter((name) => !secretsOf(prod).includes(name))).toEqual(['barometer/prod/oidc-client-secret']);
    const more = (app: 'ingestion' | 'dashboard') => grantsOf(withSignIn[app]).filter((grant) => !grantsOf(prod[app]).includes(grant));
    expect([more('dashboard'), more('ingestion')]).toEqual([['secretsmanager:GetSecretValue on secret:barometer/prod/oidc-client-secret-??????'], []]);
    expect(JSON.stringify(prod)).not.toContain('OIDC');
  });
});
