import { CfnResource } from 'aws-cdk-lib';
import { readSettings, type Settings } from '../settings';
import { appOf, settingsOf, templatesOf } from '../testing/synthesised';
import { functionOf, grantsOf, resourcesOf, textOf, theOnly } from '../testing/templates';

const settings = settingsOf('prod');
const webAclArn = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/barometer-prod-front-door/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f';
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f';
const withDoor = (frontDoor: Settings['frontDoor']) => templatesOf('prod', { settings: { ...settings, frontDoor } });

const none = templatesOf('prod');
const plain = withDoor({});
const whole = withDoor({
  domainName: 'news.example.org',
  certificateArn,
  webAclArn,
  managedRules: ['AWSManagedRulesCommonRuleSet', 'AWSManagedRulesAmazonIpReputationList'],
});

const distributionOf = (templates: typeof none) =>
  theOnly(templates['dashboard'], 'AWS::CloudFront::Distribution').Properties['DistributionConfig'] as Record<string, never>;
const permissionsOf = (templates: typeof none) => resourcesOf(templates['dashboard'], 'AWS::Lambda::Permission').map(({ Properties }) => Properties);
const variablesOf = (templates: typeof none, app: string) => functionOf(templates, app)['Environment'].Variables as Record<string, unknown>;

describe('without a front door', () => {
  it('the function admits everyone, and nothing of CloudFront is created', () => {
    expect(theOnly(none['dashboard'], 'AWS::Lambda::Url').Properties['AuthType']).toBe('NONE');
    for (const type of ['AWS::CloudFront::Distribution', 'AWS::CloudFront::OriginAccessControl', 'AWS::CloudFront::Function'])
      expect(resourcesOf(none['dashboard'], type)).toEqual([]);
    expect(none['edge']).toBeUndefined();
    expect(variablesOf(none, 'dashboard')['FRONT_DOOR']).toBeUndefined();
  });
});

describe.each([
  ['as it comes', plain],
  ['with everything set', whole],
])('a front door %s', (_how, templates) => {
  it('is the only caller that the function admits, by its signature', () => {
    expect(theOnly(templates['dashboard'], 'AWS::Lambda::Url').Properties['AuthType']).toBe('AWS_IAM');
    const permissions = permissionsOf(templates);
    expect(permissions.map(({ Action }) => Action as string).sort()).toEqual(['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl']);
    for (const { Principal, SourceArn } of permissions)
      expect([Principal, textOf(SourceArn)]).toEqual([
        'cloudfront.amazonaws.com',
        expect.stringMatching(/^arn:\$\{Partition\}:cloudfront::\$\{AccountId\}:distribution\//),
      ]);
    expect(theOnly(templates['dashboard'], 'AWS::CloudFront::OriginAccessControl').Properties['OriginAccessControlConfig']).toMatchObject({
      OriginAccessControlOriginType: 'lambda',
      SigningBehavior: 'always',
      SigningProtocol: 'sigv4',
    });
    expect(variablesOf(templates, 'dashboard')['FRONT_DOOR']).toBe('cloudfront');
    expect(grantsOf(templates['dashboard'])).toEqual(grantsOf(none['dashboard']));
  });

  it("caches the page's files, compressed, and no answer that is meant for one reader", () => {
    const {
      DefaultCacheBehavior: all,
      CacheBehaviors: [files, ...others],
      Origins: [origin],
    } = distributionOf(templates) as unknown as Record<string, never> & {
      CacheBehaviors: Record<string, unknown>[];
      DefaultCacheBehavior: Record<string, unknown>;
      Origins: { CustomOriginConfig: object }[];
    };
    // The managed policies CachingDisabled, AllViewerExceptHostHeader and CachingOptimized.
    expect(all).toMatchObject({
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      ViewerProtocolPolicy: 'redirect-to-https',
    });
    expect(all?.['AllowedMethods']).toEqual(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']);
    expect(all?.['FunctionAssociations']).toEqual([expect.objectContaining({ EventType: 'viewer-request' })]);
    expect([files, others]).toEqual([
      expect.objectContaining({
        PathPattern: '/assets/*',
        CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
        Compress: true,
        ViewerProtocolPolicy: 'redirect-to-https',
      }),
      [],
    ]);
    expect(origin?.CustomOriginConfig).toMatchObject({ OriginProtocolPolicy: 'https-only', OriginReadTimeout: settings.dashboard.timeoutSeconds + 5 });
  });
});

describe('optionally', () => {
  it('has its own name and certificate, and notices link to that name', () => {
    expect(distributionOf(whole)).toMatchObject({
      Aliases: ['news.example.org'],
      ViewerCertificate: { AcmCertificateArn: certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
      WebACLId: webAclArn,
    });
    expect(['ingestion', 'dashboard'].map((app) => variablesOf(whole, app)['PUBLIC_URL'])).toEqual(Array(2).fill('https://news.example.org'));
    expect(whole['dashboard']?.Outputs?.['Address']?.Value).toBe('https://news.example.org');
    expect([distributionOf(plain)['Aliases'], distributionOf(plain)['WebACLId'], variablesOf(plain, 'dashboard')['PUBLIC_URL']]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("has AWS's managed rules, in us-east-1, which block no text for its length", () => {
    const acl = theOnly(whole['edge'], 'AWS::WAFv2::WebACL').Properties;
    expect(acl).toMatchObject({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
    const rules = acl['Rules'] as { Name: string; Statement: { ManagedRuleGroupStatement: { RuleActionOverrides?: unknown[] } } }[];
    expect(rules.map(({ Name }) => Name)).toEqual(['AWSManagedRulesCommonRuleSet', 'AWSManagedRulesAmazonIpReputationList']);
    expect(rules[0]?.Statement.ManagedRuleGroupStatement.RuleActionOverrides).toEqual([{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }]);
    const { stacks } = appOf('prod', { settings: { ...settings, frontDoor: { managedRules: ['AWSManagedRulesCommonRuleSet'] } } }).synth();
    expect(stacks.map(({ stackName, environment: { region } }) => [stackName, region]).filter(([name]) => name?.endsWith('edge'))).toEqual([
      ['barometer-prod-edge', 'us-east-1'],
    ]);
    expect(plain['edge']).toBeUndefined();
  });

  it.each([
    [{ domainName: 'news.example.org' }, 'belong together'],
    [{ domainName: 'News', certificateArn }, 'domain name in small letters'],
    [{ domainName: 'news.example.org', certificateArn: certificateArn.replace('us-east-1', 'eu-central-1') }, 'certificate in us-east-1'],
    [{ webAclArn: webAclArn.replace('global', 'regional') }, 'web ACL for CloudFront'],
    [{ managedRules: ['MyRules'] }, 'managedRules'],
  ])('refuses %o', (frontDoor, words) => expect(() => readSettings({ prod: { ...settings, frontDoor } }, 'prod')).toThrow(words));
});

describe('everything of an environment', () => {
  const app = appOf('prod', {
    settings: { ...settings, frontDoor: { managedRules: ['AWSManagedRulesCommonRuleSet'] }, github: 'owner/barometer', tags: { 'cost-centre': 'news' } },
  });
  const templates = Object.fromEntries(
    app
      .synth()
      .stacks.map(({ stackName, template }) => [stackName, template as { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> }]),
  );
  const wanted = [
    ['cost-centre', 'news'],
    ['environment', 'prod'],
    ['project', 'barometer'],
  ];

  it("has tags on everything that can be tagged: project, environment, and the owner's own", () => {
    const taggable = app.node
      .findAll()
      .filter((construct): construct is CfnResource & { tags: { renderedTags: unknown } } => CfnResource.isCfnResource(construct) && 'tags' in construct);
    expect(taggable.length).toBeGreaterThan(20);
    const pairs = Object.values(templates)
      .flatMap(({ Resources }) => Object.entries(Resources))
      .flatMap(([id, { Type, Properties }]) => (Properties?.['Tags'] === undefined ? [] : [[`${Type} ${id}`, Properties['Tags']] as const]));
    for (const [resource, tags] of pairs) {
      const told = Array.isArray(tags) ? tags.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]) : Object.entries(tags as object);
      expect([resource, told.filter(([name]) => wanted.some(([one]) => one === name)).sort()]).toEqual([resource, wanted]);
    }
    expect(pairs.length).toBeGreaterThan(15);
  });

  it('has a retention for every log', () => {
    const groups = Object.values(templates)
      .flatMap(({ Resources }) => Object.values(Resources))
      .filter(({ Type }) => Type === 'AWS::Logs::LogGroup');
    expect(groups.map(({ Properties }) => Properties['RetentionInDays'])).toEqual(Array(3).fill(settings.logRetentionDays));
  });

  it('links each alarm to its section of the runbook, in the repository if there is one', () => {
    const alarms = Object.values(templates)
      .flatMap(({ Resources }) => Object.values(Resources))
      .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(15);
    for (const {
      Properties: { AlarmName, AlarmDescription },
    } of alarms) {
      expect(AlarmDescription).toMatch(
        new RegExp(` See https://github\\.com/owner/barometer/blob/main/docs/operations/runbook\\.md#${String(AlarmName).replace('barometer-prod-', '')}$`),
      );
    }
  });
});
