import { createServer, request as ask, type IncomingMessage, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Need, Permissions } from './permissions';
import { pseudoParameters } from './template';

/** One call to a service. */
interface Call {
  /** The last part of x-amz-target, or the path if a service has no such header. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

interface Gate {
  /** The address of the service, or of its stand-in. */
  readonly upstream: string;
  readonly needsOf: (call: Call) => readonly Need[];
  readonly may: Permissions;
  /** Called with a line for each refused call. */
  readonly log: (line: string) => void;
  /** Called after every answer with the kind of a refusal, or undefined for a success. */
  readonly onAnswer?: (error: string | undefined) => void;
}

/**
 * A proxy between a function and a service whose stand-in checks no permissions: forwards what the function's role
 * allows, and refuses everything else as AWS would.
 */
export const permissionGate = ({ upstream, needsOf, may, log, onAnswer }: Gate): Server =>
  createServer((incoming, response) => {
    void buffer(incoming).then((body) => {
      const missing = needsOf(callOf(incoming, body)).find((need) => !may(need));
      if (missing) {
        const message = `The role may not perform ${missing.action} on ${missing.resource}`;
        log(`denied: ${message}`);
        onAnswer?.('AccessDeniedException');
        return void response
          .writeHead(400, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': 'AccessDeniedException' })
          .end(JSON.stringify({ __type: 'com.amazonaws#AccessDeniedException', message }));
      }
      const { method, headers, url } = incoming;
      // The function has queue addresses of the gate; they are replaced by those of the service.
      const passedOn = Buffer.from(body.toString('utf8').replaceAll(`http://${headers.host}/`, `${upstream}/`));
      const forwarded = ask(
        `${upstream}${url}`,
        { method, headers: { ...headers, host: new URL(upstream).host, 'content-length': passedOn.length } },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
          if ((answer.statusCode ?? 502) < 400) onAnswer?.(undefined);
          else if (onAnswer)
            void buffer(answer)
              .then((text) => onAnswer(kindOf(text, answer.statusCode)))
              .catch(() => onAnswer('Interrupted'));
        },
      );
      // A failure behind the gate must look as it would without the gate.
      forwarded.once('error', () => response.destroy()).end(passedOn);
    });
  });

/** The short name of an error, such as `TransactionCanceledException`, from a body with its full name; the status if there is none. */
function kindOf(body: Buffer, status: number | undefined): string {
  const [, kind] = /"__type"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(body.toString('utf8')) ?? [];
  return kind ?? `status ${status}`;
}

function callOf({ headers, url = '' }: IncomingMessage, body: Buffer): Call {
  const target = String(headers['x-amz-target'] ?? '');
  return { operation: target ? (target.split('.').at(-1) ?? '') : url, input: target ? (JSON.parse(body.toString('utf8')) as Call['input']) : {} };
}

const { 'AWS::Region': region, 'AWS::AccountId': account } = pseudoParameters;
const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;

/**
 * The permissions for a call to DynamoDB; a transaction needs those of its operations. `named` gives the name of a
 * table in the templates.
 */
export const dynamoDbNeeds =
  (named: (table: string) => string) =>
  ({ operation, input }: Call): Need[] => {
    const need = (action: string, table: unknown, index?: unknown) => ({
      action: `dynamodb:${action}`,
      resource: arn('dynamodb', `table/${named(String(table))}${index === undefined ? '' : `/index/${String(index)}`}`),
    });
    if (operation === 'BatchWriteItem') return Object.keys(input['RequestItems'] as object).map((table) => need(operation, table));
    if (operation !== 'TransactWriteItems') return [need(operation, input['TableName'], input['IndexName'])];
    return (input['TransactItems'] as Record<string, { TableName: string }>[]).flatMap((item) =>
      Object.entries(item).map(([part, { TableName }]) => need(`${part}Item`, TableName)),
    );
  };

/** The permissions for a call to SQS; a batch needs the same as a single message. */
export const sqsNeeds = ({ operation, input }: Call): Need[] => [
  { action: `sqs:${operation.replace(/Batch$/, '')}`, resource: arn('sqs', String(input['QueueUrl']).split('/').at(-1) ?? '') },
];

/** The permissions for calls to Lambda's API, which are identified by their path. */
export const lambdaNeeds = ({ operation }: Call): Need[] => [
  {
    action: 'lambda:InvokeFunction',
    resource: arn('lambda', `function:${decodeURIComponent(/\/functions\/([^/]+)\/invocations$/.exec(operation)?.[1] ?? operation)}`),
  },
];
