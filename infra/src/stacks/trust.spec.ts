import { appNames, type AppName } from '../names';
import { settingsOf, templatesOf } from '../testing/synthesised';
import { grantsOf, listOf, resourcesOf, statementsOf, textOf, theOnly, type Statement, type Templates } from '../testing/templates';

const customerKeyArn = 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f';
const prod = templatesOf('prod');
const withKey = templatesOf('prod', { settings: { ...settingsOf('prod'), customerKeyArn, github: 'owner/barometer' } });

const trustedBy = (templates: Templates, part: string) =>
  resourcesOf(templates[part], 'AWS::IAM::Role').map(({ Properties }) => (Properties['AssumeRolePolicyDocument'] as { Statement: Statement[] }).Statement);
const ownAccount = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };

describe('who may assume which role', () => {
  it('Lambda assumes the role of each function, and the scheduler of this account that to start ingestion', () => {
    const lambda = [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }];
    const scheduler = [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'scheduler.amazonaws.com' }, Condition: ownAccount }];
    expect(trustedBy(prod, 'ingestion')).toEqual(expect.arrayContaining([lambda, scheduler]));
    expect([trustedBy(prod, 'ingestion').length, trustedBy(prod, 'analysis'), trustedBy(prod, 'dashboard')]).toEqual([2, [lambda], [lambda]]);
  });

  it('the workflow of one repository, in one of its environments, deploys for an hour at most', () => {
    const { MaxSessionDuration, AssumeRolePolicyDocument } = theOnly(withKey['delivery'], 'AWS::IAM::Role').Properties;
    expect(MaxSessionDuration).toBe(3_600);
    expect(AssumeRolePolicyDocument.Statement).toEqual([
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': 'repo:owner/barometer:environment:prod',
          },
        },
      }),
    ]);
  });

  it('that workflow deploys through the roles of the CDK, and pushes only to our repositories', () => {
    const grants = grantsOf(withKey['delivery']).map((grant) => grant.replace(/-\$\{AccountId\}-\$\{Region\}$/, ''));
    expect(grants.filter((grant) => !grant.startsWith('ecr:'))).toEqual(
      ['deploy', 'file-publishing', 'lookup'].map((kind) => `sts:AssumeRole on role/cdk-hnb659fds-${kind}-role`),
    );
    const [everywhere, ...pushing] = grants.filter((grant) => grant.startsWith('ecr:')).sort((one) => (one.endsWith(' on *') ? -1 : 1));
    expect(everywhere).toBe('ecr:GetAuthorizationToken on *');
    expect(new Set(pushing.map((grant) => grant.split(' on ')[1]))).toEqual(new Set(appNames.map((app) => `repository/barometer-prod-${app}`)));
  });
});

describe('who may call what', () => {
  it('everyone may call the dashboard, only at its address, and from no other page', () => {
    const permissions = appNames.flatMap((app) => resourcesOf(prod[app], 'AWS::Lambda::Permission').map(({ Properties }) => ({ app, ...Properties })));
    expect(permissions).toEqual([
      expect.objectContaining({ app: 'dashboard', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE', Principal: '*' }),
      expect.objectContaining({ app: 'dashboard', Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true, Principal: '*' }),
    ]);
    expect(theOnly(prod['dashboard'], 'AWS::Lambda::Url').Properties).toEqual({
      AuthType: 'NONE',
      InvokeMode: 'BUFFERED',
      TargetFunctionArn: expect.anything(),
    });
  });

  it('CloudWatch and the budget may publish to the topic, from this account and encrypted in transit', () => {
    const policies = resourcesOf(prod['state'], 'AWS::SNS::TopicPolicy').map(
      ({ Properties }) => (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement,
    );
    // No service may publish to the topic of alerts: functions do, with their own permissions.
    const statements = policies.find((all) => all.some(({ Effect }) => Effect === 'Allow')) ?? [];
    expect(policies.filter((all) => all.some(({ Effect }) => Effect === 'Allow'))).toHaveLength(1);
    expect(statements.filter(({ Effect }) => Effect === 'Deny')).toEqual([
      expect.objectContaining({ Action: 'sns:Publish', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    ]);
    expect(statements.filter(({ Effect }) => Effect === 'Allow').map(({ Action, Principal, Condition }) => ({ Action, Principal, Condition }))).toEqual(
      ['cloudwatch', 'budgets'].map((service) => ({ Action: 'sns:Publish', Principal: { Service: `${service}.amazonaws.com` }, Condition: ownAccount })),
    );
  });

  it('only Lambda pulls the images, each for one function', () => {
    const repositories = resourcesOf(prod['state'], 'AWS::ECR::Repository').map(
      ({ Properties }) => Properties as { RepositoryName: string; RepositoryPolicyText: { Statement: Statement[] } },
    );
    expect(repositories.map(({ RepositoryName }) => RepositoryName)).toEqual(appNames.map((app) => `barometer-prod-${app}`));
    for (const { RepositoryName, RepositoryPolicyText } of repositories) {
      expect(RepositoryPolicyText.Statement).toEqual([
        expect.objectContaining({
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        }),
      ]);
      const {
        StringEquals: { 'aws:SourceArn': source },
      } = RepositoryPolicyText.Statement[0]?.Condition as { StringEquals: Record<string, unknown> };
      expect(textOf(source)).toBe(`arn:\${Partition}:lambda:\${Region}:\${AccountId}:function:${RepositoryName}-image`);
    }
  });
});

describe("a customer's key", () => {
  const services: Record<AppName, string[]> = {
    ingestion: ['dynamodb', 'sqs', 'secretsmanager', 'sns'],
    analysis: ['dynamodb', 'sqs'],
    dashboard: ['dynamodb', 'secretsmanager', 'sns'],
  };

  it.each(appNames)('is used by %s through the services that keep its data, and in no other way', (app) => {
    const uses = statementsOf(withKey[app]).filter(({ Action }) => listOf(Action).some((action) => action.startsWith('kms:')));
    const {
      StringEquals: { 'kms:ViaService': via },
    } = uses[0]?.Condition as { StringEquals: { 'kms:ViaService': unknown[] } };
    expect([uses.length, uses[0]?.Resource, listOf(via).map(textOf)]).toEqual([
      1,
      customerKeyArn,
      services[app].map((service) => `${service}.\${Region}.\${URLSuffix}`),
    ]);
  });
});
