import { CfnOutput } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { EnvironmentStack, type EnvironmentProps } from '../constructs/environment-stack';
import type { managedRuleGroups } from '../settings';

type RuleGroup = (typeof managedRuleGroups)[number];

/** Rules that would block valid requests: texts for /analyze and lists of sources are longer than 8 kB. */
const onlyCounted: Partial<Record<RuleGroup, readonly string[]>> = { AWSManagedRulesCommonRuleSet: ['SizeRestrictions_BODY'] };

/** The firewall for CloudFront, which AWS requires to be in us-east-1, whatever the region of the rest. */
export class EdgeStack extends EnvironmentStack {
  constructor(scope: Construct, rules: readonly RuleGroup[], props: EnvironmentProps) {
    super(scope, 'edge', `Barometer (${props.names.environment}): the firewall before CloudFront`, props, { region: 'us-east-1' });
    const webAcl = new CfnWebACL(this, 'WebAcl', {
      name: this.names.webAcl,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: this.visible('all'),
      rules: rules.map((name, priority) => ({
        name,
        priority,
        overrideAction: { none: {} },
        visibilityConfig: this.visible(name),
        statement: {
          managedRuleGroupStatement: {
            vendorName: 'AWS',
            name,
            ruleActionOverrides: (onlyCounted[name] ?? []).map((rule) => ({ name: rule, actionToUse: { count: {} } })),
          },
        },
      })),
    });
    new CfnOutput(this, 'WebAclArn', { value: webAcl.attrArn, description: 'The value of frontDoor.webAclArn in infra/cdk.json' });
  }

  private visible(what: string): CfnWebACL.VisibilityConfigProperty {
    return { cloudWatchMetricsEnabled: true, metricName: `${this.names.webAcl}-${what}`, sampledRequestsEnabled: true };
  }
}
