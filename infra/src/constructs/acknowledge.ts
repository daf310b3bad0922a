import { CfnResource, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** If set, all acknowledgements are left out, so that a test can show that each one is needed. */
export const withoutAcknowledgements = 'barometer:without-acknowledgements';

/** Accepts one finding of one rule on one resource, and says why. */
export function acknowledge(construct: Construct, finding: string, reason: string): void {
  const resource = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild;
  if (!resource || !CfnResource.isCfnResource(resource)) throw new Error(`${construct.node.path} is not one resource.`);
  if (resource.node.tryGetContext(withoutAcknowledgements)) return;
  Validations.of(resource).acknowledge({ id: finding, reason });
}
