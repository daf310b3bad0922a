import { FederatedPrincipal, OpenIdConnectProvider, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { CfnOutput, DefaultStackSynthesizer, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge } from '../constructs/acknowledge';
import { appNames } from '../names';
import { EnvironmentStack, type EnvironmentProps } from '../constructs/environment-stack';

const issuer = 'token.actions.githubusercontent.com';

/** Lets the deploy workflow of one repository, in this one environment, do what a deployment needs, without a stored AWS key. */
export class DeliveryStack extends EnvironmentStack {
  constructor(scope: Construct, repository: string, props: EnvironmentProps) {
    super(scope, 'delivery', `Barometer (${props.names.environment}): the role of the deploy workflow`, props);
    const provider = OpenIdConnectProvider.fromOpenIdConnectProviderArn(this, 'GitHub', `arn:${this.partition}:iam::${this.account}:oidc-provider/${issuer}`);
    const role = new Role(this, 'Role', {
      roleName: `${this.names.stack('delivery')}`,
      description: `Assumed by the deploy workflow of ${repository}`,
      maxSessionDuration: Duration.hours(1),
      assumedBy: new FederatedPrincipal(
        provider.openIdConnectProviderArn,
        {
          StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: `repo:${repository}:environment:${this.names.environment}` },
        },
        'sts:AssumeRoleWithWebIdentity',
      ),
      inlinePolicies: { deploy: this.permissions() },
    });
    acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'Logging in to a registry has no resource: the action can only be granted on all.');
    new CfnOutput(this, 'RoleArn', { value: role.roleArn, description: "The value of AWS_ROLE_ARN in the workflow's environment" });
  }

  private permissions(): PolicyDocument {
    const bootstrapRole = (kind: string) =>
      `arn:${this.partition}:iam::${this.account}:role/cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-${kind}-role-${this.account}-${this.region}`;
    const repositories = appNames.map((app) => this.arnOf('ecr', `repository/${this.names.repository(app)}`));
    return new PolicyDocument({
      statements: [
        new PolicyStatement({ actions: ['sts:AssumeRole'], resources: ['deploy', 'file-publishing', 'lookup'].map(bootstrapRole) }),
        new PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
        new PolicyStatement({
          actions: [
            'ecr:BatchCheckLayerAvailability',
            'ecr:BatchGetImage',
            'ecr:CompleteLayerUpload',
            'ecr:DescribeImages',
            'ecr:InitiateLayerUpload',
            'ecr:PutImage',
            'ecr:UploadLayerPart',
          ],
          resources: repositories,
        }),
      ],
    });
  }
}
