import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The parts of a synthesised template that are used here. */
export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;
}

export type Properties = Readonly<Record<string, unknown>>;

/** The account, region and addresses that pseudo parameters of the templates are replaced by. */
export const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::AccountId': '000000000000',
  'AWS::Region': 'eu-central-1',
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** A template from the output of `infra:synth`. Throws a sentence that says how to make it if it is missing. */
export function readTemplate(folder: string, stack: string): Template {
  const path = join(folder, `${stack}.template.json`);
  if (!existsSync(path)) throw new Error(`${path} is missing: run "npx nx run infra:synth" first.`);
  return JSON.parse(readFileSync(path, 'utf8')) as Template;
}

/** The only resource of a type that matches; throws if there is none, or more than one. */
export function onlyResource(
  templates: readonly Template[],
  type: string,
  wanted: (properties: Properties) => boolean = () => true,
): { readonly name: string; readonly properties: Properties } {
  const found = templates
    .flatMap((template) => Object.entries(template.Resources))
    .map(([name, { Type: its, Properties: properties = {} }]) => ({ name, its, properties: properties as Properties }))
    .filter(({ its, properties }) => its === type && wanted(properties));
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`The templates have ${found.length} resources ${type} of the kind that is looked for, not one.`);
  return first;
}

/** The text of a value in a template: itself, a pseudo parameter, or such texts joined. */
export function valueOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref: reference, 'Fn::Join': joined } = (value ?? {}) as { Ref?: string; 'Fn::Join'?: [separator: string, parts: unknown[]] };
  const known = pseudoParameters[reference ?? ''];
  if (known !== undefined) return known;
  if (joined) return joined[1].map(valueOf).join(joined[0]);
  throw new Error(`Nothing here stands for ${JSON.stringify(value)} of a template.`);
}
