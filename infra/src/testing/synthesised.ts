import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp, type AppOptions } from '../build-app';
import { settingsOf } from '../cdk-context';

export { settingsOf, workspaceRoot } from '../cdk-context';

export interface Resource {
  readonly Type: string;
  // A template's properties are whatever CloudFormation takes there.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly Properties: Record<string, any>;
  readonly DeletionPolicy?: string;
  readonly [part: string]: unknown;
}
export interface TemplateJson {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Export?: unknown }>>;
  readonly Rules?: object;
}

/** An app that can be synthesised into a folder of its own; stack traces, which take most of the time, are left out. */
export const appOf = (environment: string, options: Partial<AppOptions> = {}) =>
  buildApp({ environment, settings: settingsOf(environment), outputFolder: mkdtempSync(join(tmpdir(), 'barometer-infra-')), ...options, context: { 'aws:cdk:disable-stack-trace': true, ...options.context } });

/** The templates of an environment by the part of the stack's name that says which it is. */
export function templatesOf(environment: string, options: Partial<AppOptions> = {}): Readonly<Record<string, TemplateJson>> {
  const { stacks } = appOf(environment, options).synth();
  return Object.fromEntries(stacks.map(({ stackName, template }) => [stackName.replace(`barometer-${environment}-`, ''), template as TemplateJson]));
}

export const resourcesOf = (template: TemplateJson | undefined, type: string): Resource[] => Object.values(template?.Resources ?? {}).filter(({ Type }) => Type === type);

/** An ARN or address in a template as one text: `${Region}` for a reference, the account and partition likewise. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref: reference, 'Fn::Join': joined, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::Join'?: [string, unknown[]]; 'Fn::GetAtt'?: string[] };
  if (reference !== undefined) return `\${${reference.replace('AWS::', '')}}`;
  if (attribute) return `\${${attribute.join('.')}}`;
  if (joined) return joined[1].map(textOf).join(joined[0]);
  return JSON.stringify(value);
}
