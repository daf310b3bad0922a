import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { dynamoDbNeeds, lambdaNeeds, permissionGate, sqsNeeds } from './permission-gate';
import { readPermissions } from './permissions';
import { readTemplate } from './template';

const RECORDED = join(__dirname, '../../../infra/recorded/dev');
const rolesOf = (app: string) => readPermissions(readTemplate(RECORDED, `barometer-dev-${app}`));
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:000000000000:${resource}`;
const table = arn('dynamodb', 'table/barometer-dev-store');

describe('the permissions of a role', () => {
  it.each([
    ['analysis', 'dynamodb:UpdateItem', table, true],
    ['analysis', 'dynamodb:Query', `${table}/index/waiting`, true],
    ['analysis', 'dynamodb:Scan', table, false],
    ['analysis', 'dynamodb:UpdateItem', arn('dynamodb', 'table/barometer-prod-store'), false],
    ['analysis', 'sqs:SendMessage', arn('sqs', 'barometer-dev-scoring-dead-letters'), true],
    ['analysis', 'sqs:SendMessage', arn('sqs', 'barometer-dev-scoring'), false],
    ['dashboard', 'lambda:InvokeFunction', arn('lambda', 'function:barometer-dev-analysis-image'), true],
    ['ingestion', 'secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:barometer/dev/newsapi-key-a1B2c3'), true],
    ['ingestion', 'secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:barometer/dev/newsapi-key-of-somebody'), false],
    // The scheduler's role is in the same template, but is a different one.
    ['ingestion', 'lambda:InvokeFunction', arn('lambda', 'function:barometer-dev-ingestion-zip'), false],
  ])('%s %s on %s: %s', (app, action, resource, allowed) => expect(rolesOf(app)({ action, resource })).toBe(allowed));

  it('are refused if a statement allows less than it seems to', () => {
    const statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*', Condition: {} };
    const Resources = {
      R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: [statement] } }] } },
      F: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['R', 'Arn'] } } },
    };
    expect(() => readPermissions({ Resources })).toThrow('Condition');
  });
});

describe('the permissions that a call needs', () => {
  const needs = (operation: string, input: object) =>
    dynamoDbNeeds((name) => (name === 'mine' ? 'barometer-dev-store' : name))({ operation, input: input as Record<string, unknown> }).map(
      ({ action, resource }) => `${action} ${resource}`,
    );

  it('are those of the operations in a transaction, of the action itself, or of the same action on an index', () => {
    expect(
      needs('TransactWriteItems', {
        TransactItems: [{ Put: { TableName: 'mine' } }, { ConditionCheck: { TableName: 'mine' } }, { Delete: { TableName: 'other' } }],
      }),
    ).toEqual([`dynamodb:PutItem ${table}`, `dynamodb:ConditionCheckItem ${table}`, `dynamodb:DeleteItem ${arn('dynamodb', 'table/other')}`]);
    expect(needs('BatchWriteItem', { RequestItems: { mine: [] } })).toEqual([`dynamodb:BatchWriteItem ${table}`]);
    expect(
      [needs('GetItem', { TableName: 'mine' }), needs('Query', { TableName: 'mine', IndexName: 'list' }), needs('Scan', { TableName: 'mine' })].flat(),
    ).toEqual([`dynamodb:GetItem ${table}`, `dynamodb:Query ${table}/index/list`, `dynamodb:Scan ${table}`]);
    expect(sqsNeeds({ operation: 'SendMessageBatch', input: { QueueUrl: 'http://127.0.0.1:1/000000000000/barometer-dev-scoring' } })).toEqual([
      { action: 'sqs:SendMessage', resource: arn('sqs', 'barometer-dev-scoring') },
    ]);
    expect(lambdaNeeds({ operation: '/2015-03-31/functions/barometer-dev-analysis-image/invocations', input: {} })).toEqual([
      { action: 'lambda:InvokeFunction', resource: arn('lambda', 'function:barometer-dev-analysis-image') },
    ]);
  });
});

it('a gate forwards allowed calls, and refuses others as AWS does', async () => {
  const seen: string[] = [];
  const service = createServer((request, response) => {
    seen.push(String(request.headers['x-amz-target']));
    request.pipe(response);
  });
  const lines: string[] = [];
  const open = async (server: typeof service) => {
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const upstream = await open(service);
  const gate = permissionGate({ upstream, needsOf: dynamoDbNeeds((name) => name), may: rolesOf('analysis'), log: (line) => lines.push(line) });
  const address = await open(gate);
  const call = (operation: string) =>
    fetch(address, { method: 'POST', headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` }, body: '{"TableName":"barometer-dev-store"}' });

  expect(await (await call('GetItem')).text()).toBe('{"TableName":"barometer-dev-store"}');
  const refused = await call('BatchGetItem');
  expect([refused.status, refused.headers.get('x-amzn-errortype')]).toEqual([400, 'AccessDeniedException']);
  expect([seen, lines]).toEqual([['DynamoDB_20120810.GetItem'], [expect.stringContaining(`dynamodb:BatchGetItem on ${table}`)]]);
  for (const server of [gate, service]) server.close().closeAllConnections();
});
