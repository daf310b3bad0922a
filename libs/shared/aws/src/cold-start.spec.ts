import { SettingsError } from '@barometer/kernel';
import { coldStart } from './index';

const exit = (code: number): never => {
  throw new Error(`exit ${code}`);
};

it('returns the result of the start', () => expect(coldStart('ingestion', () => 7, exit)).toBe(7));

it('ends the process at a bad setting, with one line', () => {
  Object.assign(process.env, { POWERTOOLS_DEV: 'true' });
  const written = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    const start = () =>
      coldStart(
        'ingestion',
        () => {
          throw new SettingsError('TABLE_NAME must be set to the name of the DynamoDB table');
        },
        exit,
      );
    expect(start).toThrow('exit 1');
    expect(written.mock.calls.map(([line]) => JSON.parse(String(line)) as unknown)).toEqual([
      expect.objectContaining({ level: 'ERROR', service: 'ingestion', message: 'TABLE_NAME must be set to the name of the DynamoDB table' }),
    ]);
  } finally {
    delete process.env['POWERTOOLS_DEV'];
    written.mockRestore();
  }
});

it('writes a line for each warning, and goes on', () => {
  Object.assign(process.env, { POWERTOOLS_DEV: 'true' });
  const written = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  try {
    const start = (warn: (sentence: string) => void) => (warn('POLL_CONCURENCY looks like a misspelt setting.'), 7);
    expect(coldStart('ingestion', start, exit)).toBe(7);
    expect(written.mock.calls.map(([line]) => JSON.parse(String(line)) as unknown)).toEqual([
      expect.objectContaining({ level: 'WARN', service: 'ingestion', message: 'POLL_CONCURENCY looks like a misspelt setting.' }),
    ]);
  } finally {
    delete process.env['POWERTOOLS_DEV'];
    written.mockRestore();
  }
});

it('leaves unexpected errors to the runtime', () => {
  const start = () =>
    coldStart(
      'ingestion',
      () => {
        throw new TypeError('no function');
      },
      exit,
    );
  expect(start).toThrow(TypeError);
});
