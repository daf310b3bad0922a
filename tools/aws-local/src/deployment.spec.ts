import { join } from 'node:path';
import { readDeployment } from './deployment';
import { valueOf } from './template';

const RECORDED = join(__dirname, '../../../infra/recorded');

it.each(['dev', 'prod'])('reads what %s would deploy, with every value resolved that AWS would resolve', (environment) => {
  const { table, functions, scoringQueue, deadLetterQueue, eventSource } = readDeployment(join(RECORDED, environment), environment);
  expect([scoringQueue, deadLetterQueue, table.TableName]).toEqual([
    `barometer-${environment}-scoring`,
    `barometer-${environment}-scoring-dead-letters`,
    `barometer-${environment}-store`,
  ]);
  expect(functions.ingestion).toMatchObject({ name: `barometer-${environment}-ingestion-zip`, concurrency: 1, timeoutMs: 90_000 });
  expect(functions.ingestion.environment).toMatchObject({
    TABLE_NAME: table.TableName,
    SCORING_QUEUE_URL: `https://sqs.eu-central-1.amazonaws.com/000000000000/${scoringQueue}`,
  });
  expect(functions.dashboard.environment['ANALYSIS_FUNCTION']?.split(',')).toContain(functions.analysis.name);
  expect(eventSource.maxReceiveCount).toBe(Number(functions.analysis.environment['MAX_RECEIVES']) + 2);
});

it('says how to make missing templates', () => {
  expect(() => readDeployment(join(RECORDED, 'nowhere'), 'dev')).toThrow(/is missing: run "npx nx run infra:synth" first/);
});

it('refuses a value that only AWS knows', () => {
  expect(() => valueOf({ 'Fn::GetAtt': ['Queue', 'Arn'] })).toThrow('Nothing here stands for {"Fn::GetAtt":["Queue","Arn"]}');
  expect(() => valueOf({ Ref: 'Queue' })).toThrow('Nothing here stands for');
});
