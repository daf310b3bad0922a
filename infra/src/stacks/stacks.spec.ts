import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appNames, type AppName } from '../names';
import { settingsOf, templatesOf, workspaceRoot } from '../testing/synthesised';
import { resourcesOf, textOf, type TemplateJson } from '../testing/templates';

const dev = templatesOf('dev');
const prod = templatesOf('prod');
const github = { ...settingsOf('prod'), github: 'owner/barometer' };
const customerKeyArn = 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f';
const withKey = templatesOf('prod', { settings: { ...settingsOf('prod'), customerKeyArn } });
const delivering = templatesOf('prod', { settings: github, apps: ['ingestion'] });

const theOnly = (template: TemplateJson | undefined, type: string) => {
  const found = resourcesOf(template, type);
  expect(found).toHaveLength(1);
  return found[0]!;
};
const functionOf = (templates: Readonly<Record<string, TemplateJson>>, app: AppName) => theOnly(templates[app], 'AWS::Lambda::Function').Properties;
const queueOf = (templates: Readonly<Record<string, TemplateJson>>, name: string) => resourcesOf(templates['state'], 'AWS::SQS::Queue').find(({ Properties }) => Properties['QueueName'] === name)!.Properties;

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}
const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);
const statementsOf = (template: TemplateJson | undefined): Statement[] =>
  resourcesOf(template, 'AWS::IAM::Role').flatMap(({ Properties }) => (Properties['Policies'] as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(({ PolicyDocument }) => PolicyDocument.Statement));

/** What a stack's roles may do: each action with what it may be done on, without region and account. */
const grants = (template: TemplateJson | undefined) =>
  statementsOf(template).flatMap(({ Action, Resource }) =>
    list(Action).flatMap((action) => list(Resource).map((resource) => `${action} on ${textOf(resource).replace(/^arn:.*?\$\{AccountId\}:/, '')}`))).sort();

const tableGrants = (...actions: string[]) => actions.map((action) => `dynamodb:${action} on table/barometer-prod-store`);
const indexGrants = ['list', 'waiting', 'directory'].map((index) => `dynamodb:Query on table/barometer-prod-store/index/${index}`);
const basics = (app: AppName) => [
  ...['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => `${action} on log-group:/aws/lambda/barometer-prod-${app}:log-stream:*`),
  'xray:PutTelemetryRecords on *', 'xray:PutTraceSegments on *',
];
const queue = (name: string, ...actions: string[]) => actions.map((action) => `sqs:${action} on barometer-prod-${name}`);

/** The sources of a folder, without its tests. */
const readTexts = (folder: string): string[] =>
  readdirSync(join(workspaceRoot, folder)).filter((file) => /(?<!\.spec)\.ts$/.test(file)).map((file) => readFileSync(join(workspaceRoot, folder, file), 'utf8'));

const kebabOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

describe('what each function may do, and nothing else', () => {
  it.each<[AppName, string[]]>([
    ['ingestion', [
      ...tableGrants('GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'BatchWriteItem'),
      ...queue('scoring', 'SendMessage'),
      'secretsmanager:GetSecretValue on secret:barometer/prod/newsapi-key-??????',
      // Of the scheduler, whose only right it is.
      'lambda:InvokeFunction on function:barometer-prod-ingestion',
    ]],
    ['analysis', [
      ...tableGrants('GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'),
      ...queue('scoring', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'ChangeMessageVisibility'),
      ...queue('scoring-dead-letters', 'SendMessage'),
    ]],
    ['dashboard', [
      ...tableGrants('GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'),
      'lambda:InvokeFunction on function:barometer-prod-analysis',
    ]],
  ])('%s', (app, own) => {
    expect(grants(prod[app])).toEqual([...basics(app), ...indexGrants, ...own].sort());
    expect(resourcesOf(prod[app], 'AWS::IAM::Policy')).toEqual([]);
  });

  it.each(appNames)('%s may check conditions and write in batches if its stores do, and only then', (app) => {
    const stores = readTexts(`apps/${app}/src`).flatMap((text) => [...text.matchAll(/import \{([^}]+)\} from '@barometer\/(?!storage)([a-z]+)-dynamodb'/g)].flatMap(
      ([, names = '', domain]) => names.split(',').map((name) => `libs/${domain}/adapter-dynamodb/src/dynamodb${kebabOf(name.trim().replace('DynamoDb', ''))}.ts`)));
    expect(stores.length).toBeGreaterThan(0);
    const writers = ['article-writer', 'item-writer'].map((name) => `libs/shared/storage-dynamodb/src/${name}.ts`);
    const used = [...stores, ...writers].map((file) => readFileSync(join(workspaceRoot, file), 'utf8')).join('\n');
    const granted = grants(prod[app]).join('\n');
    expect(granted.includes('dynamodb:ConditionCheckItem')).toBe(/\bConditionCheck: \{/.test(used));
    expect(granted.includes('dynamodb:BatchWriteItem')).toBe(/\b(writeAll|sweepDrops)\(/.test(used));
  });

  it('no action and no table or queue is a wildcard', () => {
    const all = Object.values(withKey).flatMap(statementsOf).filter(({ Effect }) => Effect === 'Allow');
    expect(all.length).toBeGreaterThan(10);
    for (const { Action, Resource } of all) {
      for (const action of list(Action)) expect(action).not.toContain('*');
      if (list(Action).some((action) => /^(dynamodb|sqs|kms|lambda|secretsmanager):/.test(action))) for (const resource of list(Resource)) expect(textOf(resource)).not.toContain('*');
    }
  });

  it('a role is for its own service', () => {
    const principals = (app: AppName) => resourcesOf(prod[app], 'AWS::IAM::Role').map(({ Properties }) => Properties['AssumeRolePolicyDocument'].Statement[0].Principal.Service as string).sort();
    expect([principals('ingestion'), principals('analysis'), principals('dashboard')]).toEqual([['lambda.amazonaws.com', 'scheduler.amazonaws.com'], ['lambda.amazonaws.com'], ['lambda.amazonaws.com']]);
  });
});

describe('what is kept', () => {
  it('the table: on demand, recoverable, encrypted, expiring, and keyed as the stores key it', () => {
    const { tableDefinition } = jest.requireActual<{ tableDefinition: unknown }>(join(workspaceRoot, 'libs/shared/storage-dynamodb/src/table-definition'));
    expect(jest.requireActual('../table-schema.json')).toEqual(tableDefinition);
    expect(theOnly(prod['state'], 'AWS::DynamoDB::Table').Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'sk', KeyType: 'RANGE' }],
    });
  });

  it('outlives its stack in prod, and goes with it in dev', () => {
    const kept = (template: TemplateJson | undefined) => ['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::ECR::Repository', 'AWS::SecretsManager::Secret'].flatMap((type) => resourcesOf(template, type));
    expect(kept(prod['state']).map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(Array(5).fill('Retain'));
    expect(kept(dev['state']).map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(Array(5).fill('Delete'));
    const isProtected = (templates: typeof prod) => theOnly(templates['state'], 'AWS::DynamoDB::Table').Properties['DeletionProtectionEnabled'] as boolean;
    expect([isProtected(prod), isProtected(dev)]).toEqual([true, false]);
  });

  it('queues are encrypted, refuse plain HTTP, and set a message aside after one attempt more than an article has', () => {
    for (const name of ['barometer-prod-scoring', 'barometer-prod-scoring-dead-letters']) expect(queueOf(prod, name)['SqsManagedSseEnabled']).toBe(true);
    const policies = resourcesOf(prod['state'], 'AWS::SQS::QueuePolicy').map(({ Properties }) => Properties['PolicyDocument'].Statement[0] as Statement);
    expect(policies).toHaveLength(2);
    for (const policy of policies) expect(policy).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    const attempts = Number(functionOf(prod, 'analysis')['Environment'].Variables.MAX_RECEIVES);
    expect(queueOf(prod, 'barometer-prod-scoring')['RedrivePolicy'].maxReceiveCount).toBe(attempts + 1);
    expect(queueOf(prod, 'barometer-prod-scoring-dead-letters')['MessageRetentionPeriod']).toBe(14 * 24 * 3600);
  });

  it('with a key of the customer, everything at rest uses it', () => {
    expect(theOnly(withKey['state'], 'AWS::DynamoDB::Table').Properties['SSESpecification']).toMatchObject({ KMSMasterKeyId: customerKeyArn, SSEType: 'KMS' });
    for (const { Properties } of resourcesOf(withKey['state'], 'AWS::SQS::Queue')) expect(Properties['KmsMasterKeyId']).toBe(customerKeyArn);
    expect(theOnly(withKey['state'], 'AWS::SNS::Topic').Properties['KmsMasterKeyId']).toBe(customerKeyArn);
    expect(theOnly(withKey['state'], 'AWS::SecretsManager::Secret').Properties['KmsKeyId']).toBe(customerKeyArn);
    for (const app of appNames) {
      expect(theOnly(withKey[app], 'AWS::Logs::LogGroup').Properties['KmsKeyId']).toBe(customerKeyArn);
      expect(functionOf(withKey, app)['KmsKeyArn']).toBe(customerKeyArn);
      expect(grants(withKey[app])).toContain(`kms:Decrypt on ${customerKeyArn}`);
    }
  });

  it('only Lambda pulls the image, for one function; tags do not move', () => {
    const { ImageTagMutability, RepositoryPolicyText } = theOnly(prod['state'], 'AWS::ECR::Repository').Properties;
    expect(ImageTagMutability).toBe('IMMUTABLE');
    expect(RepositoryPolicyText.Statement).toHaveLength(1);
    expect(RepositoryPolicyText.Statement[0]).toMatchObject({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] });
    expect(textOf(RepositoryPolicyText.Statement[0].Condition.StringEquals['aws:SourceArn'])).toContain(':function:barometer-prod-analysis');
  });
});

describe('what calls the functions', () => {
  it('Ingestion every minute, once at a time, and a missed tick is not made up for', () => {
    const { ScheduleExpression, Target } = theOnly(prod['ingestion'], 'AWS::Scheduler::Schedule').Properties;
    expect([ScheduleExpression, Target.RetryPolicy.MaximumRetryAttempts]).toEqual(['rate(1 minute)', 0]);
    expect(textOf(Target.Arn)).toContain(':function:barometer-prod-ingestion');
    expect(functionOf(prod, 'ingestion')['ReservedConcurrentExecutions']).toBe(1);
    expect(theOnly(prod['ingestion'], 'AWS::Lambda::EventInvokeConfig').Properties).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 });
  });

  it.each([['dev', dev], ['prod', prod]] as const)('Analysis in %s by batches, with room left for /analyze, and no message twice at once', (environment, templates) => {
    const mapping = theOnly(templates['analysis'], 'AWS::Lambda::EventSourceMapping').Properties;
    const { Timeout, ReservedConcurrentExecutions } = functionOf(templates, 'analysis');
    expect(mapping).toMatchObject({ FunctionResponseTypes: ['ReportBatchItemFailures'], BatchSize: 32, MaximumBatchingWindowInSeconds: 5 });
    expect(mapping['ScalingConfig'].MaximumConcurrency).toBeLessThan(ReservedConcurrentExecutions);
    expect(queueOf(templates, `barometer-${environment}-scoring`)['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * Timeout + 5);
    expect(textOf(mapping['EventSourceArn'])).toContain(`:barometer-${environment}-scoring`);
  });

  it('Dashboard at an address that AWS lets everybody call, and that answers within its limit', () => {
    expect(theOnly(prod['dashboard'], 'AWS::Lambda::Url').Properties).toMatchObject({ AuthType: 'NONE', InvokeMode: 'BUFFERED' });
    const { Timeout, Environment: { Variables } } = functionOf(prod, 'dashboard');
    expect(Number(Variables.ANALYZE_TIME_LIMIT_MS)).toBeLessThan(Number(Variables.REQUEST_TIME_LIMIT_MS));
    expect(Number(Variables.REQUEST_TIME_LIMIT_MS)).toBeLessThan(Timeout * 1000);
    for (const app of ['ingestion', 'analysis'] as const) expect(resourcesOf(prod[app], 'AWS::Lambda::Url')).toEqual([]);
  });
});

describe('every function', () => {
  it.each(appNames)('%s keeps its log for as long as its environment says, traces, and has a reserve', (app) => {
    const retention = (templates: typeof prod) => theOnly(templates[app], 'AWS::Logs::LogGroup').Properties['RetentionInDays'] as number;
    expect([retention(dev), retention(prod)]).toEqual([14, 90]);
    expect(functionOf(prod, app)).toMatchObject({ TracingConfig: { Mode: 'Active' }, LoggingConfig: { LogFormat: 'JSON' } });
    expect(functionOf(prod, app)['ReservedConcurrentExecutions']).toBeGreaterThan(0);
  });

  it.each(appNames)('%s gets the variables that it reads, and all that it must have', (app) => {
    const source = readFileSync(join(workspaceRoot, `apps/${app}/src/config.ts`), 'utf8');
    const read = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): (.*)$/gm)].map(([, name = '', rule = '']) => ({ name, isOptional: /\.(default|optional)\(/.test(rule) }));
    const set = Object.keys(functionOf(prod, app)['Environment'].Variables as object);
    expect(read.map(({ name }) => name)).toEqual(expect.arrayContaining(set));
    expect(set).toEqual(expect.arrayContaining(read.filter(({ isOptional }) => !isOptional).map(({ name }) => name)));
  });
});

describe('stacks', () => {
  it('neither export nor import', () => {
    for (const template of [...Object.values(dev), ...Object.values(withKey), ...Object.values(delivering)]) {
      expect(JSON.stringify(template)).not.toContain('Fn::ImportValue');
      expect(Object.values(template.Outputs ?? {}).filter(({ Export }) => Export)).toEqual([]);
    }
  });

  it('of one app need no other app', () => {
    expect(Object.keys(delivering).sort()).toEqual(['delivery', 'ingestion', 'state']);
  });

  it('let one environment of one repository deploy, without a stored key, and push one image', () => {
    const { AssumeRolePolicyDocument } = theOnly(delivering['delivery'], 'AWS::IAM::Role').Properties;
    expect(AssumeRolePolicyDocument.Statement[0]).toMatchObject({
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com', 'token.actions.githubusercontent.com:sub': 'repo:owner/barometer:environment:prod' } },
    });
    const allowed = new Set(grants(delivering['delivery']).map((grant) => grant.split(' on ')[1]));
    expect([...allowed].filter((resource) => resource?.includes('repository'))).toEqual(['repository/barometer-prod-analysis']);
  });

  it('tell of what is spent', () => {
    const { Budget, NotificationsWithSubscribers } = theOnly(prod['state'], 'AWS::Budgets::Budget').Properties;
    expect(Budget.BudgetLimit).toEqual({ Amount: 100, Unit: 'USD' });
    expect(NotificationsWithSubscribers).toHaveLength(2);
  });
});
