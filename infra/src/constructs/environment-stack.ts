import { Stack, Tags, type Environment } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Names, StackPart } from '../names';
import type { Settings } from '../settings';

export interface EnvironmentProps {
  readonly names: Names;
  readonly settings: Settings;
}

/** A stack of an environment, with the names of everything in it, including other stacks' resources. */
export abstract class EnvironmentStack extends Stack {
  readonly names: Names;
  readonly settings: Settings;

  constructor(scope: Construct, part: StackPart, description: string, { names, settings }: EnvironmentProps, env?: Environment) {
    super(scope, names.stack(part), {
      ...(env && { env }),
      stackName: names.stack(part),
      description,
      terminationProtection: settings.protect && part === 'state',
    });
    this.names = names;
    this.settings = settings;
    for (const [name, value] of Object.entries(settings.tags)) Tags.of(this).add(name, value);
    Tags.of(this).add('project', 'barometer');
    Tags.of(this).add('environment', names.environment);
  }

  /** The ARN of something in this account and region. */
  arnOf(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.account}:${resource}`;
  }
}
