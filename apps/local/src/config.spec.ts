import { SettingsError } from '@barometer/kernel';
import { readSettings } from './config';

it('has a default for everything', () => {
  const settings = readSettings({}, '/repository', '/somewhere');
  expect(settings).toMatchObject({ host: '127.0.0.1', port: undefined, store: 'sqlite', storeFile: '/repository/.barometer/barometer.db', allowPrivateSources: false });
});

it('takes a path as the user means it, from where the user stands', () => {
  expect(readSettings({ DATA_DIR: 'mine' }, '/repository', '/somewhere').dataDirectory).toBe('/somewhere/mine');
});

it.each([
  ['PORT', 'eighty'], ['PORT', '70000'], ['PORT', '1.5'], ['STORE', 'postgres'], ['ALLOW_PRIVATE_SOURCES', 'maybe'],
  ['SCORE_TEXT', 'all'], ['RATE_LIMIT', '0'], ['SCORING_THREADS', '-1'], ['NEWSAPI_URL', 'nowhere'],
  ['USER_AGENT', ' '], ['USER_AGENT', 'Lösung'], ['USER_AGENT', 'x'.repeat(301)], ['CORS_ORIGINS', '*'], ['CORS_ORIGINS', 'https://a.example,b.example'], ['CORS_ORIGINS', 'https://a.example/'],
])('%s=%s stops with the name of the variable and its value', (name, value) => {
  expect(() => readSettings({ [name]: value }, '/r')).toThrow(new RegExp(`${name} must be .*"${value}"`));
});

it('names every variable that is wrong, each in a line of its own', () => {
  const attempt = () => readSettings({ PORT: 'x', STORE: 'y' }, '/r');
  expect(attempt).toThrow(SettingsError);
  expect(attempt).toThrow(/^PORT .*\nSTORE .*$/);
});

it('takes the name under which feeds are asked', () => {
  expect(readSettings({ USER_AGENT: ' Mozilla/5.0 (compatible) ' }, '/r').userAgent).toBe('Mozilla/5.0 (compatible)');
  expect(() => readSettings({ USER_AGENT: 'a\r\nHost: b' }, '/r')).toThrow('USER_AGENT must be 1 to 300 printable ASCII characters');
});

it('takes an empty variable as not set', () => expect(readSettings({ PORT: '' }, '/r').port).toBeUndefined());

describe('a DynamoDB table', () => {
  it('has to be named', () => {
    expect(() => readSettings({ STORE: 'dynamodb' }, '/r')).toThrow(/^TABLE_NAME must be set to the name of the DynamoDB table/);
    expect(() => readSettings({ STORE: 'dynamodb', TABLE_NAME: 'a table' }, '/r')).toThrow(/^TABLE_NAME must be .*"a table"/);
    expect(readSettings({ STORE: 'dynamodb', TABLE_NAME: 'barometer-dev-store' }, '/r')).toMatchObject({ store: 'dynamodb', tableName: 'barometer-dev-store', tableEndpoint: undefined });
    expect(readSettings({}, '/r').tableName).toBe('');
  });

  it.each([
    [{ AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000', AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, 'http://127.0.0.1:8000'],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, 'http://127.0.0.1:4566'],
  ])('is where the AWS SDK looks for it: %j', (environment, tableEndpoint) => {
    expect(readSettings(environment, '/r')).toMatchObject({ tableEndpoint });
  });
});
