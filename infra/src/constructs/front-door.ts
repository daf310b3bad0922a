import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as ViewerFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
  type AddBehaviorOptions,
  type DistributionProps,
} from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IFunctionUrl } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { workspaceRoot } from '../cdk-context';
import type { Settings } from '../settings';
import { acknowledge } from './acknowledge';
import type { EnvironmentStack } from './environment-stack';

export type FrontDoorSettings = NonNullable<Settings['frontDoor']>;

const VIEWER_REQUEST = 'infra/src/front-door/viewer-request.js';

export interface FrontDoorProps {
  /** With the authorisation type AWS_IAM: only CloudFront is admitted, by its signature. */
  readonly url: IFunctionUrl;
  readonly settings: FrontDoorSettings;
  /** Time limit of the function; CloudFront waits a little longer. */
  readonly timeoutSeconds: number;
}

/** CloudFront in front of the dashboard's function: the page's files are cached and compressed, everything else comes from the function. */
export class FrontDoor extends Construct {
  /** Without a trailing slash. */
  readonly address: string;

  constructor(stack: EnvironmentStack, { url, settings, timeoutSeconds }: FrontDoorProps) {
    super(stack, 'FrontDoor');
    const { domainName, certificateArn, webAclArn } = settings;
    const origin = FunctionUrlOrigin.withOriginAccessControl(url, { readTimeout: Duration.seconds(Math.min(60, timeoutSeconds + 5)) });
    const shared: AddBehaviorOptions = { viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS };
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Barometer (${stack.names.environment})`,
      defaultBehavior: {
        ...shared,
        origin,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: this.viewerRequest() }],
      },
      // Their names contain a hash of their content, and the function allows caches to keep them for a year.
      additionalBehaviors: { '/assets/*': { ...shared, origin, cachePolicy: CachePolicy.CACHING_OPTIMIZED, compress: true } },
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      ...this.ownName(domainName, certificateArn),
      ...(webAclArn !== undefined && { webAclId: webAclArn }),
    });
    this.address = `https://${domainName ?? distribution.distributionDomainName}`;
    this.accept(distribution, settings);
  }

  private viewerRequest(): ViewerFunction {
    const code = readFileSync(join(workspaceRoot, VIEWER_REQUEST), 'utf8');
    return new ViewerFunction(this, 'ViewerRequest', {
      code: FunctionCode.fromInline(code),
      runtime: FunctionRuntime.JS_2_0,
      comment: 'Carries the key, the host and the address of the reader past the signature',
    });
  }

  private ownName(domainName: string | undefined, certificateArn: string | undefined): Partial<DistributionProps> {
    if (domainName === undefined || certificateArn === undefined) return {};
    return { domainNames: [domainName], certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn) };
  }

  private accept(distribution: Distribution, { certificateArn, webAclArn }: FrontDoorSettings): void {
    acknowledge(distribution, 'AwsSolutions-CFR1', 'News is read everywhere: no country is shut out.');
    acknowledge(distribution, 'AwsSolutions-CFR3', "The function logs what it answers; a log of all readers' addresses is kept by nobody.");
    if (webAclArn === undefined)
      acknowledge(
        distribution,
        'AwsSolutions-CFR2',
        'A firewall is at choice (frontDoor.webAclArn); without a key nothing is served, and the reserved concurrency bounds what an attack costs.',
      );
    if (certificateArn === undefined)
      acknowledge(
        distribution,
        'AwsSolutions-CFR4',
        "Without a name of its own the distribution has CloudFront's certificate, whose protocol cannot be chosen.",
      );
  }
}
