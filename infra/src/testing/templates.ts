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
  readonly Outputs?: Readonly<Record<string, { readonly Export?: unknown; readonly Value?: unknown }>>;
  readonly Rules?: object;
}

export const resourcesOf = (template: TemplateJson | undefined, type: string): Resource[] =>
  Object.values(template?.Resources ?? {}).filter(({ Type }) => Type === type);

/** An ARN or address in a template as one text: `${Region}` for a reference, the same for account and partition. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref: reference, 'Fn::Join': joined, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::Join'?: [string, unknown[]]; 'Fn::GetAtt'?: string[] };
  if (reference !== undefined) return `\${${reference.replace('AWS::', '')}}`;
  if (attribute) return `\${${attribute.join('.')}}`;
  if (joined) return joined[1].map(textOf).join(joined[0]);
  return JSON.stringify(value);
}

/** The templates of an environment, by the part of the stack's name that identifies it. */
export type Templates = Readonly<Record<string, TemplateJson>>;

/** The only resource of a type in a template. */
export function theOnly(template: TemplateJson | undefined, type: string): Resource {
  const found = resourcesOf(template, type);
  if (found.length !== 1 || !found[0]) throw new Error(`There are ${found.length} resources of the type ${type}, not one.`);
  return found[0];
}

export const functionOf = (templates: Templates, app: string) => theOnly(templates[app], 'AWS::Lambda::Function').Properties;

export function queueOf(templates: Templates, name: string): Resource['Properties'] {
  const queue = resourcesOf(templates['state'], 'AWS::SQS::Queue').find(({ Properties }) => Properties['QueueName'] === name);
  if (!queue) throw new Error(`There is no queue ${name}.`);
  return queue.Properties;
}

/** A statement of a policy. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

export const listOf = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** What the roles of a template may do. */
export const statementsOf = (template: TemplateJson | undefined): Statement[] =>
  resourcesOf(template, 'AWS::IAM::Role').flatMap(({ Properties }) =>
    (Properties['Policies'] as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
  );

/** The same as text, each action with its resource, without region and account. */
export const grantsOf = (template: TemplateJson | undefined) =>
  statementsOf(template)
    .flatMap(({ Action, Resource }) =>
      listOf(Action).flatMap((action) => listOf(Resource).map((resource) => `${action} on ${textOf(resource).replace(/^arn:.*?\$\{AccountId\}:/, '')}`)),
    )
    .sort();
