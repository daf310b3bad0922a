import { SettingsError, STANDARD_RETENTION } from '@barometer/kernel';
import { readSettings } from './config';
import { testSettings } from './testing/settings';

it('takes defaults for what may be left out', () => {
  expect(testSettings({ NEWSAPI_SECRET_ID: 'barometer/dev/newsapi-key' })).toEqual({
    environment: 'dev',
    tableName: 'news',
    scoringQueueUrl: 'http://127.0.0.1:9/000000000000/scoring',
    newsApiSecretId: 'barometer/dev/newsapi-key',
    retention: STANDARD_RETENTION,
    newsApiUrl: undefined,
    allowPrivateSources: false,
    userAgent: undefined,
    canary: true,
    pollConcurrency: 8,
    overdueMs: 900_000,
  });
});

it('stops the cold start at a bad value, naming every variable in one line', () => {
  const read = () => readSettings({ SCORING_QUEUE_URL: 'scoring', POLL_CONCURRENCY: '0' });
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(
    /^TABLE_NAME must be set to .*; SCORING_QUEUE_URL must be set to .* \(it is "scoring"\); POLL_CONCURRENCY must be a whole number from 1 to 64 \(it is "0"\)$/,
  );
});

it('warns of a variable that is probably misspelt', () => {
  const warned: string[] = [];
  readSettings({ TABLE_NAME: 'news', SCORING_QUEUE_URL: 'https://sqs.example/scoring', POLL_CONCURENCY: '16' }, (sentence) => warned.push(sentence));
  expect(warned).toEqual(['POLL_CONCURENCY looks like a misspelt setting; POLL_CONCURRENCY was probably meant.']);
});
