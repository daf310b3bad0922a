import { Validations, CfnResource, type App } from 'aws-cdk-lib';
import { rulePacks } from './build-app';
import { withoutAcknowledgements } from './constructs/acknowledge';
import { appOf, settingsOf } from './testing/synthesised';

const settings = { ...settingsOf('prod'), github: 'owner/barometer' };

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

it.each(['dev', 'prod'])('%s passes the rules of AwsSolutions and Serverless', (environment) => {
  expect(findingsOf(appOf(environment, { settings: { ...settingsOf(environment), github: 'owner/barometer' } }))).toEqual([]);
});

it('accepts exactly the findings that there are, each on one resource, for a reason', () => {
  const acknowledged = acknowledgementsOf(appOf('prod', { settings }));
  for (const { isResource, reason } of acknowledged) {
    expect(isResource).toBe(true);
    expect(reason.length).toBeGreaterThan(20);
  }
  const found = findingsOf(appOf('prod', { settings, context: { [withoutAcknowledgements]: true } }));
  expect(found.length).toBeGreaterThan(5);
  expect([...new Set(acknowledged.map(({ node, finding }) => `${node}: ${finding}`))].sort()).toEqual(found);
});
