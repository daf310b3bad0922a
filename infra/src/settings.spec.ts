import { join } from 'node:path';
import { settingsOf, workspaceRoot } from './cdk-context';
import { readSettings } from './settings';
import { synthesisOptions } from './synthesis-options';

const dev = settingsOf('dev');

it.each(['dev', 'prod'])('cdk.json has %s', (environment) => {
  expect(settingsOf(environment).protect).toBe(environment === 'prod');
});

it.each([
  ['an environment that is not there', {}, 'There is no environment "dev"'],
  ['a misspelt setting', { dev: { ...dev, retention: 5 } }, 'Unrecognized key: "retention"'],
  ['a retention that CloudWatch does not have', { dev: { ...dev, logRetentionDays: 15 } }, 'logRetentionDays'],
  [
    'a mapping that may take the whole reserve',
    { dev: { ...dev, analysis: { ...dev.analysis, maximumConcurrency: 4 } } },
    'maximumConcurrency must be below reservedConcurrency',
  ],
  ['a large batch without a window', { dev: { ...dev, analysis: { ...dev.analysis, batchSize: 11, batchWindowSeconds: 0 } } }, 'needs a batchWindowSeconds'],
  ['counts that go before their articles', { dev: { ...dev, retentionDays: 100, rollupRetentionDays: 99 } }, 'must not be less than retentionDays'],
  ['a retention of eleven years', { dev: { ...dev, retentionDays: 4_000 } }, 'retentionDays'],
  ['a User-Agent with a line break', { dev: { ...dev, userAgent: 'a\r\nHost: b' } }, 'userAgent'],
  [
    'sign-ins that let nobody in',
    { dev: { ...dev, signIn: { issuer: 'https://id.example.org', clientId: 'barometer' } } },
    'readers, writers or admins must say who may sign in',
  ],
  [
    'an issuer on plain http',
    { dev: { ...dev, signIn: { issuer: 'http://id.example.org', clientId: 'barometer', readers: ['*'] } } },
    'must be an https address',
  ],
  ['a rule with a comma', { dev: { ...dev, signIn: { issuer: 'https://id.example.org', clientId: 'barometer', readers: ['a=b,c=d'] } } }, 'without a comma'],
  ['a key that is none', { dev: { ...dev, customerKeyArn: 'alias/mine' } }, 'customerKeyArn'],
])('refuses %s', (_what, environments, words) => {
  expect(() => readSettings(environments, 'dev')).toThrow(words);
});

it.each(['dev', 'prod', 'a', 'eu2', 'abcdefghijkl', 'abcdefghijklm', 'Dev', '2eu', 'my-dev', 'my_dev', ''])(
  'an environment may be called "%s" if its functions accept that name, and only then',
  (name) => {
    const { environmentName } = jest.requireActual<{ environmentName: { safeParse(text: string): { success: boolean } } }>(
      join(workspaceRoot, 'libs/shared/aws/src/environment-name'),
    );
    const read = () => readSettings({ [name]: dev }, name);
    if (environmentName.safeParse(name).success) expect(read()).toEqual(dev);
    else expect(read).toThrow(`infra/cdk.json has an environment "${name}": a name is up to twelve small letters and digits`);
  },
);

describe('what to synthesise', () => {
  it('is set by arguments, by the context of the CDK, or by cdk.json', () => {
    expect(synthesisOptions([], {}, { environment: 'dev' })).toEqual({
      environment: 'dev',
      apps: ['ingestion', 'analysis', 'dashboard'],
      mustBeDeployable: false,
      usePlaceholders: false,
      outputFolder: 'dist/infra/dev',
    });
    const context = { CDK_CONTEXT_JSON: '{"environment":"prod","apps":"dashboard","placeholders":"true"}', CDK_OUTDIR: '/tmp/x' };
    expect(synthesisOptions([], context, { environment: 'dev' })).toEqual({
      environment: 'prod',
      apps: ['dashboard'],
      mustBeDeployable: false,
      usePlaceholders: true,
      outputFolder: undefined,
    });
    expect(synthesisOptions(['--environment', 'prod', '--apps', 'ingestion, analysis', '--output', 'x', '--placeholders', '--deployable'], {}, {})).toEqual({
      environment: 'prod',
      apps: ['ingestion', 'analysis'],
      mustBeDeployable: true,
      usePlaceholders: true,
      outputFolder: 'x',
    });
  });

  it('is not an unknown app', () => {
    expect(() => synthesisOptions(['--apps', 'web'], {}, {})).toThrow('There is no app "web"; there are ingestion, analysis, dashboard.');
  });
});
