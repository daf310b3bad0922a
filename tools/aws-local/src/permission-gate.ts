import { createServer, request as ask, type IncomingMessage, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Need, Permissions } from './permissions';
import { pseudoParameters } from './template';

/** One call of a service. */
interface Call {
  /** The last part of x-amz-target, or the path where a service has no such header. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

interface Gate {
  /** Where the service, or what stands for it, is. */
  readonly upstream: string;
  readonly needsOf: (call: Call) => readonly Need[];
  readonly may: Permissions;
  /** Hears of what was refused. */
  readonly log: (line: string) => void;
}

/**
 * Stands between a function and a service, which checks no permissions here: passes on what the function's role allows,
 * and answers everything else as AWS would.
 */
export const permissionGate = ({ upstream, needsOf, may, log }: Gate): Server => createServer((incoming, response) => {
  void buffer(incoming).then((body) => {
    const missing = needsOf(callOf(incoming, body)).find((need) => !may(need));
    if (missing) {
      const message = `The role may not perform ${missing.action} on ${missing.resource}`;
      log(`denied: ${message}`);
      return void response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': 'AccessDeniedException' }).end(JSON.stringify({ __type: 'com.amazonaws#AccessDeniedException', message }));
    }
    const { method, headers, url } = incoming;
    // A queue's address is the gate's for the function, and the service's behind it.
    const passedOn = Buffer.from(body.toString('utf8').replaceAll(`http://${headers.host}/`, `${upstream}/`));
    const forwarded = ask(`${upstream}${url}`, { method, headers: { ...headers, host: new URL(upstream).host, 'content-length': passedOn.length } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    // Whatever is wrong behind the gate looks as it would without one.
    forwarded.once('error', () => response.destroy()).end(passedOn);
  });
});

function callOf({ headers, url = '' }: IncomingMessage, body: Buffer): Call {
  const target = String(headers['x-amz-target'] ?? '');
  return { operation: target ? (target.split('.').at(-1) ?? '') : url, input: target ? (JSON.parse(body.toString('utf8')) as Call['input']) : {} };
}

const { 'AWS::Region': region, 'AWS::AccountId': account } = pseudoParameters;
const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;

/** What a call of DynamoDB needs; a transaction needs what it is made of. `named` gives the name of a table in the templates. */
export const dynamoDbNeeds = (named: (table: string) => string) => ({ operation, input }: Call): Need[] => {
  const need = (action: string, table: unknown, index?: unknown) => ({ action: `dynamodb:${action}`, resource: arn('dynamodb', `table/${named(String(table))}${index === undefined ? '' : `/index/${String(index)}`}`) });
  if (operation === 'BatchWriteItem') return Object.keys(input['RequestItems'] as object).map((table) => need(operation, table));
  if (operation !== 'TransactWriteItems') return [need(operation, input['TableName'], input['IndexName'])];
  return (input['TransactItems'] as Record<string, { TableName: string }>[]).flatMap((item) => Object.entries(item).map(([part, { TableName }]) => need(`${part}Item`, TableName)));
};

/** What a call of SQS needs; a batch needs what one message does. */
export const sqsNeeds = ({ operation, input }: Call): Need[] => [{ action: `sqs:${operation.replace(/Batch$/, '')}`, resource: arn('sqs', String(input['QueueUrl']).split('/').at(-1) ?? '') }];

/** What calls of Lambda's API need, which are known by their path. */
export const lambdaNeeds = ({ operation }: Call): Need[] => [{ action: 'lambda:InvokeFunction', resource: arn('lambda', `function:${decodeURIComponent(/\/functions\/([^/]+)\/invocations$/.exec(operation)?.[1] ?? operation)}`) }];
