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
