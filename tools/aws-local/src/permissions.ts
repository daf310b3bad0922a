import * as z from 'zod';
import { onlyResource, valueOf, type Template } from './template';

/** An action of AWS and the ARN of its resource, as in policies. */
export interface Need {
  readonly action: string;
  readonly resource: string;
}

/** Whether a function may do something. */
export type Permissions = (need: Need) => boolean;

const oneOrMore = <T extends z.ZodType>(schema: T) => z.union([schema.transform((one) => [one]), z.array(schema)]);
/** Strict, so that a statement with a condition or a denial, which allows less, is not read as a permission. */
const statementSchema = z.strictObject({
  Effect: z.literal('Allow'),
  Action: oneOrMore(z.string()),
  Resource: oneOrMore(z.union([z.string(), z.record(z.string(), z.unknown())])),
});
const roleSchema = z.object({ Policies: z.array(z.object({ PolicyDocument: z.object({ Statement: z.array(statementSchema) }) })) });
const functionSchema = z.object({ Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }) });

/** The permissions of the role of a template's function. Throws if the policy uses a form that is not implemented. */
export function readPermissions(template: Template): Permissions {
  const role = functionSchema.parse(onlyResource([template], 'AWS::Lambda::Function').properties).Role['Fn::GetAtt'][0];
  const statements = roleSchema.parse(template.Resources[role]?.Properties).Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  const grants = statements.flatMap(({ Action, Resource }) =>
    Action.flatMap((action) => Resource.map((resource) => ({ action, matches: matcher(valueOf(resource)) }))),
  );
  return ({ action, resource }) => grants.some((grant) => grant.action === action && grant.matches(resource));
}

/** The wildcards of policies: `*` for any text and `?` for one character. */
function matcher(pattern: string): (resource: string) => boolean {
  const expression = new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  return (resource) => expression.test(resource);
}
