import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { EnvironmentStack } from './environment-stack';

/** An action of DynamoDB on items; a transaction needs the actions that it consists of. */
export type TableAction = 'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem' | 'BatchWriteItem';
export type IndexName = 'list' | 'waiting' | 'directory';
export type QueueAction = 'SendMessage' | 'ReceiveMessage' | 'DeleteMessage' | 'GetQueueAttributes' | 'ChangeMessageVisibility';

const allow = (actions: string[], resources: string[], conditions?: Record<string, Record<string, unknown>>) =>
  new PolicyStatement({ effect: Effect.ALLOW, actions, resources, ...(conditions && { conditions }) });

/** `Query` and these actions on the table, and `Query` on these of its indexes. */
export function onTable(stack: EnvironmentStack, actions: readonly TableAction[], indexes: readonly IndexName[]): PolicyStatement[] {
  const table = stack.arnOf('dynamodb', `table/${stack.names.table}`);
  return [
    allow(
      ['Query', ...actions].map((action) => `dynamodb:${action}`),
      [table],
    ),
    allow(
      ['dynamodb:Query'],
      indexes.map((name) => `${table}/index/${name}`),
    ),
  ];
}

export const onQueue = (stack: EnvironmentStack, queue: string, actions: readonly QueueAction[]) =>
  allow(
    actions.map((action) => `sqs:${action}`),
    [stack.arnOf('sqs', queue)],
  );

export const invoking = (stack: EnvironmentStack, functionNames: readonly string[]) =>
  allow(
    ['lambda:InvokeFunction'],
    functionNames.map((name) => stack.arnOf('lambda', `function:${name}`)),
  );

/** Secrets Manager appends six characters to the ARN of a secret. */
export const readingSecret = (stack: EnvironmentStack, secret: string) =>
  allow(['secretsmanager:GetSecretValue'], [stack.arnOf('secretsmanager', `secret:${secret}-??????`)]);

export const publishing = (stack: EnvironmentStack, topic: string) => allow(['sns:Publish'], [stack.arnOf('sns', topic)]);

/** Statements for the customer's key, for data of these services only; none if AWS manages the keys. */
export function throughCustomerKey(stack: EnvironmentStack, services: readonly string[]): PolicyStatement[] {
  const key = stack.settings.customerKeyArn;
  if (!key) return [];
  const via = services.map((service) => `${service}.${stack.region}.${stack.urlSuffix}`);
  return [allow(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'], [key], { StringEquals: { 'kms:ViaService': via } })];
}
