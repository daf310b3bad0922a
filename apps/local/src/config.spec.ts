import { DAY, SettingsError } from '@barometer/kernel';
import { readSettings } from './config';

const literal = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

it('has a default for everything', () => {
  const settings = readSettings({}, '/repository', '/somewhere');
  expect(settings).toMatchObject({
    host: '127.0.0.1',
    port: undefined,
    store: 'sqlite',
    storeFile: '/repository/.barometer/barometer.db',
    allowPrivateSources: false,
  });
});

it("resolves a relative path from the user's current folder", () => {
  expect(readSettings({ DATA_DIR: 'mine' }, '/repository', '/somewhere').dataDirectory).toBe('/somewhere/mine');
});

it.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['PORT', '1.5'],
  ['STORE', 'postgres'],
  ['ALLOW_PRIVATE_SOURCES', 'maybe'],
  ['SCORE_TEXT', 'all'],
  ['RATE_LIMIT', '0'],
  ['SCORING_THREADS', '-1'],
  ['NEWSAPI_URL', 'nowhere'],
  ['RETENTION_DAYS', '0'],
  ['RETENTION_DAYS', '3651'],
  ['RETENTION_DAYS', '1.5'],
  ['RETENTION_DAYS', 'forever'],
  ['ROLLUP_RETENTION_DAYS', '0'],
  ['ROLLUP_RETENTION_DAYS', '3651'],
  ['BASE_PATH', 'barometer'],
  ['BASE_PATH', '/barometer/'],
  ['BASE_PATH', '/'],
  ['BASE_PATH', '/a//b'],
  ['BASE_PATH', '/a/../b'],
  ['BASE_PATH', '/./a'],
  ['BASE_PATH', '/a?b=c'],
  ['BASE_PATH', '/a#b'],
  ['BASE_PATH', '/ä'],
  ['BASE_PATH', '/a%2fb'],
  ['BASE_PATH', '/a b'],
  ['BASE_PATH', `/${'a'.repeat(200)}`],
  ['TRUST_PROXY', 'true'],
  ['TRUST_PROXY', '0'],
  ['TRUST_PROXY', '17'],
  ['TRUST_PROXY', '-1'],
  ['TRUST_PROXY', '*'],
  ['TRUST_PROXY', 'proxy.example'],
  ['TRUST_PROXY', '10.0.0.0/33'],
  ['TRUST_PROXY', '0.0.0.0/0'],
  ['TRUST_PROXY', '10.0.0.1,,'],
  ['USER_AGENT', ' '],
  ['USER_AGENT', 'Lösung'],
  ['USER_AGENT', 'x'.repeat(301)],
  ['CORS_ORIGINS', '*'],
  ['CORS_ORIGINS', 'https://a.example,b.example'],
  ['CORS_ORIGINS', 'https://a.example/'],
])('%s=%s stops with the name of the variable and its value', (name, value) => {
  expect(() => readSettings({ [name]: value }, '/r')).toThrow(new RegExp(`${name} must be .*"${literal(value)}"`));
});

it('names every variable that is wrong, each in a line of its own', () => {
  const attempt = () => readSettings({ PORT: 'x', STORE: 'y' }, '/r');
  expect(attempt).toThrow(SettingsError);
  expect(attempt).toThrow(/^PORT .*\nSTORE .*$/);
});

it.each([
  ['OIDC_CLIENT_ID', 'barometer'],
  ['OIDC_CLIENT_SECRET_FILE', '/secret'],
  ['OIDC_READERS', '*'],
  ['OIDC_ADMINS', 'groups=ops'],
])('%s without an issuer stops the start, since sign-in could not work', (name, value) => {
  expect(() => readSettings({ [name]: value }, '/r')).toThrow(`${name} is set, but OIDC_ISSUER is not`);
});

it('takes the User-Agent of requests to feeds', () => {
  expect(readSettings({ USER_AGENT: ' Mozilla/5.0 (compatible) ' }, '/r').userAgent).toBe('Mozilla/5.0 (compatible)');
  expect(() => readSettings({ USER_AGENT: 'a\r\nHost: b' }, '/r')).toThrow('USER_AGENT must be 1 to 300 printable ASCII characters');
});

it.each([
  [{}, undefined, false],
  [{ HOST: '0.0.0.0' }, undefined, true],
  [{ TRUST_PROXY: '1' }, 1, true],
  [{ TRUST_PROXY: ' 127.0.0.1, fd00::/8,uniquelocal' }, ['127.0.0.1', 'fd00::/8', 'uniquelocal'], true],
])('needs keys where other computers can connect, through a proxy too: %j', (environment, trustProxy, needsKeys) => {
  expect(readSettings(environment, '/r')).toMatchObject({ trustProxy, needsKeys });
});

it('takes the path that it is served below', () => {
  expect(
    [{}, { BASE_PATH: '/barometer' }, { BASE_PATH: '/a/b-c.d_e~f' }, { BASE_PATH: '/..a' }].map((environment) => readSettings(environment, '/r').basePath),
  ).toEqual(['', '/barometer', '/a/b-c.d_e~f', '/..a']);
});

it('keeps articles and counts for the configured time, counts as long as articles by default', () => {
  const daysOf = (environment: Record<string, string>) => Object.values(readSettings(environment, '/r').retention).map((kept) => kept / DAY);
  expect([{}, { RETENTION_DAYS: '1' }, { RETENTION_DAYS: '30', ROLLUP_RETENTION_DAYS: '3650' }, { ROLLUP_RETENTION_DAYS: '400' }].map(daysOf)).toEqual([
    [90, 90],
    [1, 1],
    [30, 3_650],
    [90, 400],
  ]);
  expect(() => readSettings({ RETENTION_DAYS: '100', ROLLUP_RETENTION_DAYS: '99' }, '/r')).toThrow(
    'ROLLUP_RETENTION_DAYS must not be less than RETENTION_DAYS, which is 100 (it is "99")',
  );
  expect(() => readSettings({ ROLLUP_RETENTION_DAYS: '89' }, '/r')).toThrow(SettingsError);
});

it('takes an empty variable as not set', () => expect(readSettings({ PORT: '' }, '/r').port).toBeUndefined());

describe('a DynamoDB table', () => {
  it('has to be named', () => {
    expect(() => readSettings({ STORE: 'dynamodb' }, '/r')).toThrow(/^TABLE_NAME must be set to the name of the DynamoDB table/);
    expect(() => readSettings({ STORE: 'dynamodb', TABLE_NAME: 'a table' }, '/r')).toThrow(/^TABLE_NAME must be .*"a table"/);
    expect(readSettings({ STORE: 'dynamodb', TABLE_NAME: 'barometer-dev-store' }, '/r')).toMatchObject({
      store: 'dynamodb',
      tableName: 'barometer-dev-store',
      tableEndpoint: undefined,
    });
    expect(readSettings({}, '/r').tableName).toBe('');
  });

  it.each([
    [{ AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000', AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, 'http://127.0.0.1:8000'],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, 'http://127.0.0.1:4566'],
  ])('is where the AWS SDK looks for it: %j', (environment, tableEndpoint) => {
    expect(readSettings(environment, '/r')).toMatchObject({ tableEndpoint });
  });
});

it('warns of a variable that is probably misspelt', () => {
  const warned: string[] = [];
  readSettings({ BAROMETER_PROT: '80', ALERT_SECRET_DESK: 'x', PATH: '/bin' }, '/repository', '/somewhere', (sentence) => warned.push(sentence));
  expect(warned).toEqual(['BAROMETER_PROT looks like a misspelt setting; PORT was probably meant.']);
});
