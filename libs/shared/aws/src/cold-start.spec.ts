import { SettingsError } from '@barometer/kernel';
import { coldStart } from './index';

const exit = (code: number): never => {
  throw new Error(`exit ${code}`);
};

it('gives what the start makes', () => expect(coldStart('ingestion', () => 7, exit)).toBe(7));

it('ends the process at a bad setting, with one line', () => {
  Object.assign(process.env, { POWERTOOLS_DEV: 'true' });
  const written = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    const start = () => coldStart('ingestion', () => {
      throw new SettingsError('TABLE_NAME must be set to the name of the DynamoDB table');
    }, exit);
    expect(start).toThrow('exit 1');
    expect(written.mock.calls.map(([line]) => JSON.parse(String(line)) as unknown)).toEqual([expect.objectContaining({ level: 'ERROR', service: 'ingestion', message: 'TABLE_NAME must be set to the name of the DynamoDB table' })]);
  } finally {
    delete process.env['POWERTOOLS_DEV'];
    written.mockRestore();
  }
});

it('leaves what nobody expects to the runtime', () => {
  const start = () => coldStart('ingestion', () => {
    throw new TypeError('no function');
  }, exit);
  expect(start).toThrow(TypeError);
});
