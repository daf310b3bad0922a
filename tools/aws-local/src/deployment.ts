import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { hasRedrive, readEventSource, type EventSourceSettings } from './event-source';
import { readPermissions, type Permissions } from './permissions';
import { onlyResource, readTemplate, valueOf, type Template } from './template';

export const apps = ['ingestion', 'analysis', 'dashboard'] as const;
export type AppName = (typeof apps)[number];

/** A function as described in the templates. */
export interface DeployedFunction {
  readonly name: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** Its reserved concurrency, which is also its limit. */
  readonly concurrency: number;
  readonly environment: Readonly<Record<string, string>>;
  /** The permissions of its role. */
  readonly may: Permissions;
}

/** What would be deployed, as far as it can be run on one computer. */
export interface Deployment {
  readonly table: CreateTableCommandInput & { readonly TableName: string };
  readonly scoringQueue: string;
  readonly deadLetterQueue: string;
  readonly eventSource: EventSourceSettings;
  readonly functions: Readonly<Record<AppName, DeployedFunction>>;
}

const functionSchema = z.object({
  FunctionName: z.string(),
  MemorySize: z.int(),
  Timeout: z.int(),
  ReservedConcurrentExecutions: z.int().min(1),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});
const queueSchema = z.object({ QueueName: z.string() });
/** CloudFormation and CreateTable describe keys and indexes in the same form. */
const tableSchema = z.object({
  TableName: z.string(),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  AttributeDefinitions: z.array(z.unknown()),
  KeySchema: z.array(z.unknown()),
  GlobalSecondaryIndexes: z.array(z.unknown()),
});

/** Reads the output of `infra:synth` in a folder. Throws if it is missing, or uses something that is not implemented here. */
export function readDeployment(folder: string, environment: string): Deployment {
  const [state, ingestion, analysis, dashboard] = (['state', ...apps] as const).map((stack) => readTemplate(folder, `barometer-${environment}-${stack}`)) as [
    Template,
    Template,
    Template,
    Template,
  ];
  const queue = (wanted: boolean) =>
    queueSchema.parse(onlyResource([state], 'AWS::SQS::Queue', (properties) => hasRedrive(properties) === wanted).properties).QueueName;
  return {
    table: tableSchema.parse(onlyResource([state], 'AWS::DynamoDB::Table').properties) as Deployment['table'],
    scoringQueue: queue(true),
    deadLetterQueue: queue(false),
    eventSource: readEventSource([state, analysis]),
    functions: { ingestion: functionOf(ingestion), analysis: functionOf(analysis), dashboard: functionOf(dashboard) },
  };
}

function functionOf(template: Template): DeployedFunction {
  const { FunctionName: name, ...properties } = functionSchema.parse(onlyResource([template], 'AWS::Lambda::Function').properties);
  const variables = Object.entries(properties.Environment.Variables).map(([key, value]) => [key, valueOf(value)]);
  return {
    name,
    memoryMb: properties.MemorySize,
    timeoutMs: properties.Timeout * 1_000,
    concurrency: properties.ReservedConcurrentExecutions,
    may: readPermissions(template),
    environment: { AWS_LAMBDA_FUNCTION_NAME: name, ...Object.fromEntries(variables) },
  };
}
