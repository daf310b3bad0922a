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

/** The stack of one app: its function, what calls it, and its alarms. Depends on the state stack by names alone. */
export abstract class AppStack extends EnvironmentStack {
  /** Of this app's function, as it is packaged now. */
  readonly functionName: string;
  private readonly deployable: Deployable;

  constructor(scope: Construct, readonly app: AppName, description: string, props: AppProps) {
    super(scope, app, `Barometer (${props.names.environment}): ${description}`, props);
    this.deployable = props.artifacts(app);
    this.functionName = this.names.function(app, packagingOf(this.deployable));
  }

  protected createFunction(settings: FunctionSettings, props: Pick<PackagedFunctionProps, 'environment' | 'permissions' | 'whyNoDeadLetters'>): PackagedFunction {
    const environment = { ENVIRONMENT: this.names.environment, TABLE_NAME: this.names.table, ...props.environment };
    errorAlarm(this);
    const { memoryMb, timeoutSeconds, architecture, reservedConcurrency } = settings;
    return new PackagedFunction(this, {
      app: this.app, functionName: this.functionName, deployable: this.deployable, memoryMb, timeoutSeconds, architecture, reservedConcurrency, ...props, environment,
    });
  }

  protected queueUrl(name: string): string {
    return `https://sqs.${this.region}.${this.urlSuffix}/${this.account}/${name}`;
  }
}
