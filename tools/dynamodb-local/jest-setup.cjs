// Jest's globalSetup: one DynamoDB Local for a run with `*.aws.spec.ts` files, none for any other run.
// `DYNAMODB_ENDPOINT` names one that is already running.
const { startDynamoDbLocal } = require('./dynamodb-local.cjs');

module.exports = async (globalConfig) => {
  const patterns = globalConfig.testPathPatterns?.patterns ?? [globalConfig.testPathPattern ?? ''];
  if (process.env.DYNAMODB_ENDPOINT || !patterns.some((pattern) => pattern.includes('aws'))) return undefined;
  const { endpoint, stop } = await startDynamoDbLocal();
  process.env.DYNAMODB_ENDPOINT = endpoint;
  globalThis.__stopDynamoDbLocal = stop;
  return undefined;
};
