import { CfnParameter, CfnRule, Duration, Fn } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import {
  Architecture,
  Code,
  DockerImageCode,
  DockerImageFunction,
  Function as ZipFunction,
  LoggingFormat,
  Runtime,
  Tracing,
  type FunctionOptions,
  type IFunction,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { packagingOf, type Deployable } from '../artifacts/deployable';
import type { AppName } from '../names';
import { acknowledge } from './acknowledge';
import type { EnvironmentStack } from './environment-stack';

export interface PackagedFunctionProps {
  readonly app: AppName;
  /** Contains the packaging: see `Names.function`. */
  readonly functionName: string;
  readonly deployable: Deployable;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly reservedConcurrency: number;
  /** For a placeholder; an artefact has its own. */
  readonly architecture: 'x86_64' | 'arm64';
  readonly environment: Readonly<Record<string, string>>;
  /** What its role may do, besides writing logs and traces. */
  readonly permissions: readonly PolicyStatement[];
  /** Why a failed invocation is not lost although the function has no dead-letter target. */
  readonly whyNoDeadLetters: string;
}

/**
 * A Lambda function from whatever `package` made: stacks do not know whether that is a ZIP or a container image. Each
 * packaging has its own logical id and name, so that a change of packaging replaces the function; role and log group
 * stay.
 */
export class PackagedFunction extends Construct {
  readonly function: IFunction;
  readonly role: Role;

  constructor(
    private readonly stack: EnvironmentStack,
    private readonly props: PackagedFunctionProps,
  ) {
    super(stack, 'Function');
    this.role = this.createRole();
    this.function = this.create(props.deployable);
    acknowledge(this.function, 'Serverless-LambdaDLQ', props.whyNoDeadLetters);
  }

  private create(deployable: Deployable): IFunction {
    const options = this.options(deployable);
    if (deployable.kind === 'placeholder') refuseDeployment(this.stack, this.props.app);
    if (packagingOf(deployable) === 'image') {
      const tagOrDigest = deployable.kind === 'image' ? deployable.digest : `sha256:${'0'.repeat(64)}`;
      return new DockerImageFunction(this, 'Image', { ...options, code: DockerImageCode.fromEcr(this.repository(), { tagOrDigest }) });
    }
    const code = deployable.kind === 'zip' ? Code.fromAsset(deployable.path) : Code.fromInline('throw new Error("This is a placeholder.");');
    const handler = deployable.kind === 'zip' ? deployable.handler : 'index.handler';
    return new ZipFunction(this, 'Zip', { ...options, code, handler, runtime: Runtime.NODEJS_24_X });
  }

  private options(deployable: Deployable): FunctionOptions {
    const { functionName, memoryMb, timeoutSeconds, reservedConcurrency, environment } = this.props;
    const architecture = deployable.kind === 'placeholder' ? this.props.architecture : deployable.architecture;
    return {
      functionName,
      role: this.role.withoutPolicyUpdates(),
      memorySize: memoryMb,
      timeout: Duration.seconds(timeoutSeconds),
      reservedConcurrentExecutions: reservedConcurrency,
      architecture: architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup: this.createLogGroup(),
      environment: { ...environment },
      ...(this.stack.settings.customerKeyArn && { environmentEncryption: Key.fromKeyArn(this, 'EnvironmentKey', this.stack.settings.customerKeyArn) }),
    };
  }

  private createLogGroup(): LogGroup {
    const { customerKeyArn, logRetentionDays, protect } = this.stack.settings;
    return new LogGroup(this, 'Log', {
      logGroupName: this.stack.names.logGroup(this.props.app),
      retention: logRetentionDays as RetentionDays,
      removalPolicy: protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...(customerKeyArn && { encryptionKey: Key.fromKeyArn(this, 'LogKey', customerKeyArn) }),
    });
  }

  /** One inline policy: a separate policy could take effect after the first invocation. */
  private createRole(): Role {
    const { app, permissions } = this.props;
    const log = this.stack.arnOf('logs', `log-group:${this.stack.names.logGroup(app)}:log-stream:*`);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What the function of ${app} may do`,
      inlinePolicies: {
        function: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [log] }),
            new PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] }),
            ...permissions,
          ],
        }),
      },
    });
    const logFinding = `arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:${this.stack.names.logGroup(app)}:log-stream:*`;
    acknowledge(role, `AwsSolutions-IAM5[Resource::${logFinding}]`, 'Lambda names the log streams of this one log group as it starts instances.');
    acknowledge(role, 'Serverless-LambdaStarPermissions', 'The wildcards are those of the two findings above: the log streams of one log group, and X-Ray.');
    acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'X-Ray has no resources: its two write actions can only be granted on all.');
    return role;
  }

  private repository() {
    return Repository.fromRepositoryName(this, 'Repository', this.stack.names.repository(this.props.app));
  }
}

/** Makes CloudFormation refuse the template before it changes any resource. */
function refuseDeployment(stack: EnvironmentStack, app: AppName): void {
  const artefact = new CfnParameter(stack, 'Artefact', {
    type: 'String',
    default: 'placeholder',
    allowedValues: ['placeholder'],
    description: `${app} was not packaged`,
  });
  new CfnRule(stack, 'PlaceholderIsRefused', {
    assertions: [
      {
        assert: Fn.conditionEquals(artefact.valueAsString, 'packaged'),
        assertDescription: `This template holds a placeholder for ${app}: run "npx nx package ${app}" and synthesise again.`,
      },
    ],
  });
}
