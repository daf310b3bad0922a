import { STANDARD_RETENTION } from '@barometer/kernel';
import { readSettings } from './config';
import { leastEnvironment } from './testing/dashboard-under-test';

it('finds the page beside the code, and answers before the time limit of the function', () => {
  expect(readSettings({ ...leastEnvironment, LAMBDA_TASK_ROOT: '/var/task' })).toEqual({
    environment: 'dev',
    tableName: 'news',
    retention: STANDARD_RETENTION,
    analysisFunctions: ['barometer-test-analysis'],
    webRoot: '/var/task/web',
    corsOrigins: [],
    rateLimit: 600,
    requestTimeLimitMs: 15_000,
    analyzeTimeLimitMs: 12_000,
    allowPrivateSources: false,
    userAgent: undefined,
    scoreText: 'title',
    canary: true,
    frontDoor: false,
    alertSecretsId: undefined,
    home: undefined,
    signIn: undefined,
  });
});

it('stops the cold start at a bad value, naming every variable in one line', () => {
  expect(() => readSettings({ TABLE_NAME: 'news', RATE_LIMIT: 'many' })).toThrow(
    /^ANALYSIS_FUNCTION must be set to .*; RATE_LIMIT must be a whole number from 1 to 1000000 \(it is "many"\)$/,
  );
});

it('enables sign-in if an issuer and a secret are named', () => {
  const environment = {
    ...leastEnvironment,
    OIDC_ISSUER: 'https://id.example.org',
    OIDC_CLIENT_ID: 'barometer',
    OIDC_READERS: '*',
    OIDC_SECRET_ID: 'barometer/dev/oidc-client-secret',
  };
  expect(readSettings(environment).signIn).toMatchObject({ issuer: 'https://id.example.org', secretId: 'barometer/dev/oidc-client-secret' });
  expect(() => readSettings({ ...environment, OIDC_SECRET_ID: '' })).toThrow('OIDC_SECRET_ID must be set with OIDC_ISSUER');
});

it('warns of a variable that is probably misspelt', () => {
  const warned: string[] = [];
  readSettings({ ...leastEnvironment, CORS_ORIGIN: 'https://a.example' }, (sentence) => warned.push(sentence));
  expect(warned).toEqual(['CORS_ORIGIN looks like a misspelt setting; CORS_ORIGINS was probably meant.']);
});
