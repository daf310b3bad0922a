import type { Construct } from 'constructs';
import { packagingOf, type ArtifactSource, type Deployable } from '../artifacts/deployable';
import type { AppName } from '../names';
import type { FunctionSettings } from '../settings';
import { errorAlarm } from './function-alarms';
import { EnvironmentStack, type EnvironmentProps } from './environment-stack';
import { PackagedFunction, type PackagedFunctionProps } from './packaged-function';

export interface AppProps extends EnvironmentProps {
  readonly artifacts: ArtifactSource;
}

/** The stack of one app: its function, what calls it, and its alarms. Depends on the state stack only through names. */
export abstract class AppStack extends EnvironmentStack {
  /** The name of this app's function in its present packaging. */
  readonly functionName: string;
  private readonly deployable: Deployable;

  constructor(
    scope: Construct,
    readonly app: AppName,
    description: string,
    props: AppProps,
  ) {
    super(scope, app, `Barometer (${props.names.environment}): ${description}`, props);
    this.deployable = props.artifacts(app);
    this.functionName = this.names.function(app, packagingOf(this.deployable));
  }

  protected createFunction(
    settings: FunctionSettings,
    props: Pick<PackagedFunctionProps, 'environment' | 'permissions' | 'whyNoDeadLetters'>,
  ): PackagedFunction {
    const environment = { ENVIRONMENT: this.names.environment, TABLE_NAME: this.names.table, ...this.retention(), ...props.environment };
    errorAlarm(this);
    const { memoryMb, timeoutSeconds, architecture, reservedConcurrency } = settings;
    return new PackagedFunction(this, {
      app: this.app,
      functionName: this.functionName,
      deployable: this.deployable,
      memoryMb,
      timeoutSeconds,
      architecture,
      reservedConcurrency,
      ...props,
      environment,
    });
  }

  /** The same for every function: one shows what another stores. */
  private retention(): Record<string, string> {
    const { retentionDays, rollupRetentionDays } = this.settings;
    return {
      ...(retentionDays !== undefined && { RETENTION_DAYS: String(retentionDays) }),
      ...(rollupRetentionDays !== undefined && { ROLLUP_RETENTION_DAYS: String(rollupRetentionDays) }),
    };
  }

  /** The same for the functions that score and those that explain a score. */
  protected scoredText(): Record<string, string> {
    const { scoreText } = this.settings;
    return scoreText === undefined ? {} : { SCORE_TEXT: scoreText };
  }

  protected queueUrl(name: string): string {
    return `https://sqs.${this.region}.${this.urlSuffix}/${this.account}/${name}`;
  }
}
