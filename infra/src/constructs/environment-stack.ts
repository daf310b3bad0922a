import { Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Names} from '../names';
import { type AppName } from '../names';
import type { Settings } from '../settings';

export interface EnvironmentProps {
  readonly names: Names;
  readonly settings: Settings;
}

/** A stack of an environment: knows the names of everything, those of other stacks included. */
export abstract class EnvironmentStack extends Stack {
  readonly names: Names;
  readonly settings: Settings;

  constructor(scope: Construct, part: AppName | 'state' | 'delivery', description: string, { names, settings }: EnvironmentProps) {
    super(scope, names.stack(part), { stackName: names.stack(part), description, terminationProtection: settings.protect && part === 'state' });
    this.names = names;
    this.settings = settings;
    Tags.of(this).add('project', 'barometer');
    Tags.of(this).add('environment', names.environment);
  }

  /** The ARN of something in this account and region. */
  arnOf(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.account}:${resource}`;
  }
}
