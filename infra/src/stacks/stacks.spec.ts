import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { appNames, type AppName } from '../names';
import { appOf, settingsOf, templatesOf, workspaceRoot } from '../testing/synthesised';
import { functionOf, grantsOf, listOf, queueOf, resourcesOf, statementsOf, textOf, theOnly, type Statement, type TemplateJson } from '../testing/templates';

const dev = templatesOf('dev');
const prod = templatesOf('prod');
const github = { ...settingsOf('prod'), github: 'owner/barometer' };
const customerKeyArn = 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f';
const withKey = templatesOf('prod', { settings: { ...settingsOf('prod'), customerKeyArn } });
const delivering = templatesOf('prod', { settings: github, apps: ['ingestion'] });

const tableGrants = (...actions: string[]) => actions.map((action) => `dynamodb:${action} on table/barometer-prod-store`);
const indexGrants = (...indexes: string[]) => indexes.map((index) => `dynamodb:Query on table/barometer-prod-store/index/${index}`);
const basics = (app: AppName) => [
  ...['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => `${action} on log-group:/aws/lambda/barometer-prod-${app}:log-stream:*`),
  'xray:PutTelemetryRecords on *',
  'xray:PutTraceSegments on *',
];
const queue = (name: string, ...actions: string[]) => actions.map((action) => `sqs:${action} on barometer-prod-${name}`);

/** The sources of a folder, without its tests. */
const readTexts = (folder: string): string[] =>
  readdirSync(join(workspaceRoot, folder))
    .filter((file) => /(?<!\.spec)\.ts$/.test(file))
    .map((file) => readFileSync(join(workspaceRoot, folder, file), 'utf8'));

/** These files and all that they import from their own libraries; a set grows while it is walked. */
function withImports(files: readonly string[]): ReadonlySet<string> {
  const found = new Set(files);
  for (const file of found) {
    const text = readFileSync(join(workspaceRoot, file), 'utf8');
    for (const [, path = ''] of text.matchAll(/from '(\.[^']+)'/g)) found.add(`${join(dirname(file), path)}.ts`);
  }
  return found;
}

const kebabOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const telling = ['secretsmanager:GetSecretValue on secret:barometer/prod/alert-secrets-??????', 'sns:Publish on barometer-prod-alerts'];

describe('what each function may do, and nothing else', () => {
  it.each<[AppName, string[]]>([
    [
      'ingestion',
      [
        ...tableGrants('GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'BatchWriteItem'),
        ...indexGrants('list', 'waiting', 'directory'),
        ...queue('scoring', 'SendMessage'),
        'secretsmanager:GetSecretValue on secret:barometer/prod/newsapi-key-??????',
        ...telling,
        // The only right of the scheduler.
        'lambda:InvokeFunction on function:barometer-prod-ingestion-zip',
      ],
    ],
    [
      'analysis',
      [
        ...tableGrants('GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'),
        ...indexGrants('waiting'),
        ...queue('scoring', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'ChangeMessageVisibility'),
        ...queue('scoring-dead-letters', 'SendMessage'),
      ],
    ],
    [
      'dashboard',
      [
        ...tableGrants('GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'),
        ...indexGrants('list', 'waiting', 'directory'),
        ...['image', 'zip'].map((packaging) => `lambda:InvokeFunction on function:barometer-prod-analysis-${packaging}`),
        ...telling,
      ],
    ],
  ])('%s', (app, own) => {
    expect(grantsOf(prod[app])).toEqual([...basics(app), ...own].sort());
    expect(resourcesOf(prod[app], 'AWS::IAM::Policy')).toEqual([]);
  });

  it.each(appNames)('%s may check conditions and write in batches if its stores do, and only then', (app) => {
    const stores = readTexts(`apps/${app}/src`).flatMap((text) =>
      [...text.matchAll(/import \{([^}]+)\} from '@barometer\/(?!storage)([a-z]+)-dynamodb'/g)].flatMap(([, names = '', domain]) =>
        names.split(',').map((name) => `libs/${domain}/adapter-dynamodb/src/dynamodb${kebabOf(name.trim().replace('DynamoDb', ''))}.ts`),
      ),
    );
    expect(stores.length).toBeGreaterThan(0);
    const writers = ['article-writer', 'item-writer'].map((name) => `libs/shared/storage-dynamodb/src/${name}.ts`);
    const used = [...withImports(stores), ...writers].map((file) => readFileSync(join(workspaceRoot, file), 'utf8')).join('\n');
    const granted = grantsOf(prod[app]).join('\n');
    expect(granted.includes('dynamodb:ConditionCheckItem')).toBe(/\bConditionCheck: \{/.test(used));
    expect(granted.includes('dynamodb:BatchWriteItem')).toBe(/\b(writeAll|sweepDrops)\(/.test(used));
  });

  it('no action and no table or queue is a wildcard', () => {
    const all = Object.values(withKey)
      .flatMap(statementsOf)
      .filter(({ Effect }) => Effect === 'Allow');
    expect(all.length).toBeGreaterThan(10);
    for (const { Action, Resource } of all) {
      for (const action of listOf(Action)) expect(action).not.toContain('*');
      if (listOf(Action).some((action) => /^(dynamodb|sqs|kms|lambda|secretsmanager):/.test(action)))
        for (const resource of listOf(Resource)) expect(textOf(resource)).not.toContain('*');
    }
  });
});

interface TableDefinition {
  readonly indexes: readonly { readonly name: string; readonly partition: string; readonly sort: string; readonly projection: 'all' | readonly string[] }[];
}

describe('what is kept', () => {
  const keys = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];

  it('the table: on demand, recoverable, encrypted, with expiry, and with the keys that the stores use', () => {
    const { tableDefinition } = jest.requireActual<{ tableDefinition: TableDefinition }>(
      join(workspaceRoot, 'libs/shared/storage-dynamodb/src/table-definition'),
    );
    expect(jest.requireActual('../table-schema.json')).toEqual(tableDefinition);
    expect(theOnly(prod['state'], 'AWS::DynamoDB::Table').Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      KeySchema: keys('pk', 'sk'),
      GlobalSecondaryIndexes: tableDefinition.indexes.map(({ name, partition, sort, projection }) => ({
        IndexName: name,
        KeySchema: keys(partition, sort),
        Projection: projection === 'all' ? { ProjectionType: 'ALL' } : { ProjectionType: 'INCLUDE', NonKeyAttributes: projection },
      })),
    });
  });

  it('outlives its stack in prod, and is deleted with it in dev', () => {
    const kept = (template: TemplateJson | undefined) =>
      ['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::ECR::Repository', 'AWS::SecretsManager::Secret'].flatMap((type) => resourcesOf(template, type));
    expect(kept(prod['state']).map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(Array(8).fill('Retain'));
    expect(kept(dev['state']).map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(Array(8).fill('Delete'));
    const logs = (templates: typeof prod) => appNames.map((app) => theOnly(templates[app], 'AWS::Logs::LogGroup').DeletionPolicy);
    expect([logs(prod), logs(dev)]).toEqual([Array(3).fill('Retain'), Array(3).fill('Delete')]);
    const isProtected = (templates: typeof prod) => theOnly(templates['state'], 'AWS::DynamoDB::Table').Properties['DeletionProtectionEnabled'] as boolean;
    expect([isProtected(prod), isProtected(dev)]).toEqual([true, false]);
    const areEmptied = (templates: typeof prod) =>
      resourcesOf(templates['state'], 'AWS::ECR::Repository').map(({ Properties }) => Properties['EmptyOnDelete'] as boolean);
    expect([areEmptied(prod), areEmptied(dev)]).toEqual([Array(3).fill(false), Array(3).fill(true)]);
    const heldStacks = (environment: string) =>
      appOf(environment)
        .synth()
        .stacks.filter(({ terminationProtection }) => terminationProtection)
        .map(({ stackName }) => stackName);
    expect([heldStacks('prod'), heldStacks('dev')]).toEqual([['barometer-prod-state'], []]);
  });

  it('queues are encrypted, refuse plain HTTP, and keep dead letters for two weeks', () => {
    for (const name of ['barometer-prod-scoring', 'barometer-prod-scoring-dead-letters']) expect(queueOf(prod, name)['SqsManagedSseEnabled']).toBe(true);
    const policies = resourcesOf(prod['state'], 'AWS::SQS::QueuePolicy').map(({ Properties }) => Properties['PolicyDocument'].Statement[0] as Statement);
    expect(policies).toHaveLength(2);
    for (const policy of policies) expect(policy).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(queueOf(prod, 'barometer-prod-scoring-dead-letters')['MessageRetentionPeriod']).toBe(14 * 24 * 3600);
  });

  it("with a customer's key, everything at rest uses it", () => {
    expect(theOnly(withKey['state'], 'AWS::DynamoDB::Table').Properties['SSESpecification']).toMatchObject({ KMSMasterKeyId: customerKeyArn, SSEType: 'KMS' });
    for (const { Properties } of resourcesOf(withKey['state'], 'AWS::SQS::Queue')) expect(Properties['KmsMasterKeyId']).toBe(customerKeyArn);
    expect(resourcesOf(withKey['state'], 'AWS::SNS::Topic').map(({ Properties }) => Properties['KmsMasterKeyId'] as string)).toEqual([
      customerKeyArn,
      customerKeyArn,
    ]);
    expect(resourcesOf(withKey['state'], 'AWS::SecretsManager::Secret').map(({ Properties }) => Properties['KmsKeyId'] as string)).toEqual([
      customerKeyArn,
      customerKeyArn,
    ]);
    for (const app of appNames) {
      expect(theOnly(withKey[app], 'AWS::Logs::LogGroup').Properties['KmsKeyId']).toBe(customerKeyArn);
      expect(functionOf(withKey, app)['KmsKeyArn']).toBe(customerKeyArn);
      expect(grantsOf(withKey[app])).toContain(`kms:Decrypt on ${customerKeyArn}`);
    }
  });

  it('images: tags are immutable, each image is scanned, and the newest twenty are kept for going back', () => {
    const repositories = resourcesOf(prod['state'], 'AWS::ECR::Repository');
    expect(repositories).toHaveLength(appNames.length);
    for (const {
      Properties: { ImageTagMutability, ImageScanningConfiguration, LifecyclePolicy },
    } of repositories) {
      expect([ImageTagMutability, ImageScanningConfiguration]).toEqual(['IMMUTABLE', { ScanOnPush: true }]);
      expect(JSON.parse(LifecyclePolicy.LifecyclePolicyText as string)).toMatchObject({
        rules: [{ selection: { countType: 'imageCountMoreThan', countNumber: 20 }, action: { type: 'expire' } }],
      });
    }
  });
});

describe('what calls the functions', () => {
  it('Ingestion is called every minute, one invocation at a time, and a missed tick is not repeated', () => {
    const { ScheduleExpression, Target } = theOnly(prod['ingestion'], 'AWS::Scheduler::Schedule').Properties;
    expect([ScheduleExpression, Target.RetryPolicy.MaximumRetryAttempts]).toEqual(['rate(1 minute)', 0]);
    expect(textOf(Target.Arn)).toContain(':function:barometer-prod-ingestion-zip');
    expect(functionOf(prod, 'ingestion')['ReservedConcurrentExecutions']).toBe(1);
    expect(theOnly(prod['ingestion'], 'AWS::Lambda::EventInvokeConfig').Properties).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 });
  });

  it.each([
    ['dev', dev],
    ['prod', prod],
  ] as const)('the queue calls Analysis in %s, with some concurrency left for /analyze', (environment, templates) => {
    const mapping = theOnly(templates['analysis'], 'AWS::Lambda::EventSourceMapping').Properties;
    expect(mapping['ScalingConfig'].MaximumConcurrency).toBeLessThan(functionOf(templates, 'analysis')['ReservedConcurrentExecutions'] as number);
    expect(textOf(mapping['EventSourceArn'])).toContain(`:barometer-${environment}-scoring`);
  });

  it('a browser calls the dashboard, and no other function', () => {
    for (const app of appNames) expect([app, resourcesOf(prod[app], 'AWS::Lambda::Url').length]).toEqual([app, app === 'dashboard' ? 1 : 0]);
  });
});

describe('every function', () => {
  it.each(appNames)('%s keeps its log for as long as its environment says, traces, and has reserved concurrency', (app) => {
    const retention = (templates: typeof prod) => theOnly(templates[app], 'AWS::Logs::LogGroup').Properties['RetentionInDays'] as number;
    expect([retention(dev), retention(prod)]).toEqual([14, 90]);
    expect(functionOf(prod, app)).toMatchObject({ TracingConfig: { Mode: 'Active' }, LoggingConfig: { LogFormat: 'JSON' } });
    expect(functionOf(prod, app)['ReservedConcurrentExecutions']).toBeGreaterThan(0);
  });

  it.each(appNames)('%s gets only variables that it reads, and all that it requires', (app) => {
    const source = readFileSync(join(workspaceRoot, `apps/${app}/src/config.ts`), 'utf8');
    const read = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): (.*)$/gm)].map(([, name = '', rule = '']) => ({
      name,
      isOptional: /\.(default|optional)\(/.test(rule),
    }));
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

  it('report what is spent', () => {
    const { Budget } = theOnly(prod['state'], 'AWS::Budgets::Budget').Properties;
    expect(Budget.BudgetLimit).toEqual({ Amount: 100, Unit: 'USD' });
  });
});
