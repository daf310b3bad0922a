import { CfnResource, Validations, type App } from 'aws-cdk-lib';
import { rulePacks } from './build-app';
import { withoutAcknowledgements } from './constructs/acknowledge';
import type { Settings } from './settings';
import { appOf, settingsOf } from './testing/synthesised';

/** Everything that can be set: what is optional makes resources, which the rules look at as well. */
const everything = (environment: string): Settings => ({
  ...settingsOf(environment), github: 'owner/barometer', alarmEmail: 'operators@example.org',
  customerKeyArn: 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f',
});

/** What the rule packs find, each as "resource: finding". */
const findingsOf = (app: App) =>
  rulePacks().flatMap((pack) => pack.validateScope(app).violations.flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }) => `${constructPath}: ${ruleName}`))).sort();

interface Acknowledgement {
  readonly node: string;
  readonly isResource: boolean;
  readonly finding: string;
  readonly reason: string;
}

const acknowledgementsOf = (app: App): Acknowledgement[] =>
  app.node.findAll().flatMap((construct) =>
    construct.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY).flatMap(({ data }) =>
      Object.entries(data as Record<string, string>).map(([id, reason]) => ({
        node: construct.node.path, isResource: CfnResource.isCfnResource(construct), finding: id.replace(/^annotation::/i, ''), reason,
      }))));

it.each(['dev', 'prod'])('%s passes the rules of AwsSolutions and Serverless, as it is and with everything set', (environment) => {
  expect(findingsOf(appOf(environment))).toEqual([]);
  expect(findingsOf(appOf(environment, { settings: everything(environment) }))).toEqual([]);
});

it.each([['as it is', settingsOf('prod')], ['with everything set', everything('prod')]])('prod %s accepts exactly the findings that there are, each on one resource, for a reason', (_how, settings) => {
  const acknowledged = acknowledgementsOf(appOf('prod', { settings }));
  for (const { isResource, reason } of acknowledged) {
    expect(isResource).toBe(true);
    expect(reason.length).toBeGreaterThan(20);
  }
  const found = findingsOf(appOf('prod', { settings, context: { [withoutAcknowledgements]: true } }));
  expect(found.length).toBeGreaterThan(5);
  expect([...new Set(acknowledged.map(({ node, finding }) => `${node}: ${finding}`))].sort()).toEqual(found);
});

it('a finding ends synth, and so does what CloudFormation would refuse', () => {
  expect(() => appOf('dev', { context: { [withoutAcknowledgements]: true } }).synth()).toThrow('AwsSolutions-SMG4');
  const app = appOf('dev');
  const queue = app.node.findAll().filter((construct) => CfnResource.isCfnResource(construct)).find(({ cfnResourceType }) => cfnResourceType === 'AWS::SQS::Queue');
  queue?.addPropertyOverride('VisibilityTimeout', 43_201);
  expect(() => app.synth()).toThrow('43201 is greater than the maximum');
});
