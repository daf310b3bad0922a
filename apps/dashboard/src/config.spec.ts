import { readSettings } from './config';
import { leastEnvironment } from './testing/dashboard-under-test';

it('finds the page beside the code, and answers before Lambda ends it', () => {
  expect(readSettings({ ...leastEnvironment, LAMBDA_TASK_ROOT: '/var/task' })).toEqual({
    environment: 'dev', tableName: 'news', analysisFunctions: ['barometer-test-analysis'], webRoot: '/var/task/web', corsOrigins: [], rateLimit: 600,
    requestTimeLimitMs: 15_000, analyzeTimeLimitMs: 12_000, allowPrivateSources: false, userAgent: undefined, scoreText: 'title', alertSecretsId: undefined, home: undefined,
  });
});

it('stops the cold start at a bad value, naming every variable in one line', () => {
  expect(() => readSettings({ TABLE_NAME: 'news', RATE_LIMIT: 'many' })).toThrow(/^ANALYSIS_FUNCTION must be set to .*; RATE_LIMIT must be a whole number from 1 to 1000000 \(it is "many"\)$/);
});
