import { CfnResource, Validations, type App } from 'aws-cdk-lib';
import { rulePacks } from './build-app';
import { withoutAcknowledgements } from './constructs/acknowledge';
import type { Settings } from './settings';
import { appOf, settingsOf } from './testing/synthesised';

/** Every setting at once: optional ones create resources, which the rules must check as well. */
const everything = (environment: string): Settings => ({
  ...settingsOf(environment),
  github: 'owner/barometer',
  alarmEmail: 'operators@example.org',
  customerKeyArn: 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f',
  operatorDashboard: true,
  tags: { owner: 'news' },
  frontDoor: {
    domainName: 'news.example.org',
    certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f',
    managedRules: ['AWSManagedRulesCommonRuleSet'],
    webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/barometer-prod-front-door/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f',
  },
});

/** CloudFront with its default name and certificate, without a firewall. */
const bareDoor = (environment: string): Settings => ({ ...settingsOf(environment), frontDoor: {} });

/** The findings of the rule packs, each as "resource: finding". */
const findingsOf = (app: App) =>
  rulePacks()
    .flatMap((pack) =>
      pack
        .validateScope(app)
        .violations.flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }) => `${constructPath}: ${ruleName}`)),
    )
    .sort();

interface Acknowledgement {
  readonly node: string;
  readonly isResource: boolean;
  readonly finding: string;
  readonly reason: string;
}

const acknowledgementsOf = (app: App): Acknowledgement[] =>
  app.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) =>
        Object.entries(data as Record<string, string>).map(([id, reason]) => ({
          node: construct.node.path,
          isResource: CfnResource.isCfnResource(construct),
          finding: id.replace(/^annotation::/i, ''),
          reason,
        })),
      ),
  );

it.each(['dev', 'prod'])('%s passes the rules of AwsSolutions and Serverless, as it is and with everything set', (environment) => {
  expect(findingsOf(appOf(environment))).toEqual([]);
  for (const settings of [everything(environment), bareDoor(environment)]) expect(findingsOf(appOf(environment, { settings }))).toEqual([]);
});

it.each([
  ['as it is', settingsOf('prod')],
  ['with everything set', everything('prod')],
  ['with a bare front door', bareDoor('prod')],
])('prod %s accepts exactly the existing findings, each on one resource, with a reason', (_how, settings) => {
  const acknowledged = acknowledgementsOf(appOf('prod', { settings }));
  for (const { isResource, reason } of acknowledged) {
    expect(isResource).toBe(true);
    expect(reason.length).toBeGreaterThan(20);
  }
  const found = findingsOf(appOf('prod', { settings, context: { [withoutAcknowledgements]: true } }));
  expect(found.length).toBeGreaterThan(5);
  expect([...new Set(acknowledged.map(({ node, finding }) => `${node}: ${finding}`))].sort()).toEqual(found);
});

it('a finding fails synth, and so does what CloudFormation would refuse', () => {
  expect(() => appOf('dev', { context: { [withoutAcknowledgements]: true } }).synth()).toThrow('AwsSolutions-SMG4');
  const app = appOf('dev');
  const queue = app.node
    .findAll()
    .filter((construct) => CfnResource.isCfnResource(construct))
    .find(({ cfnResourceType }) => cfnResourceType === 'AWS::SQS::Queue');
  queue?.addPropertyOverride('VisibilityTimeout', 43_201);
  expect(() => app.synth()).toThrow('43201 is greater than the maximum');
});
