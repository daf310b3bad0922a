import * as z from 'zod';
import { flag, list, readEnvironment, SettingsError, text, whole } from './index';

const schema = z.object({ TABLE_NAME: text('the name of the table'), LIMIT: whole(1, 9).default(5), OPEN: flag.default(false), HOSTS: list.default([]) });

it('reads what is there, takes defaults for the rest, and nothing set for not set', () => {
  expect(readEnvironment(schema, { TABLE_NAME: 't', OPEN: 'true', LIMIT: '', HOSTS: 'a, b,' })).toEqual({ TABLE_NAME: 't', LIMIT: 5, OPEN: true, HOSTS: ['a', 'b'] });
});

it('names every bad variable in one line without a stack', () => {
  const read = () => readEnvironment(schema, { LIMIT: 'ten', OPEN: 'yes' });
  expect(read).toThrow(SettingsError);
  const expected = 'TABLE_NAME must be set to the name of the table; LIMIT must be a whole number from 1 to 9 (it is "ten"); OPEN must be 1 (or true) or 0 (or false) (it is "yes")';
  expect(read).toThrow(expected);
  try {
    read();
  } catch (error) {
    expect((error as Error).stack).toBe(`SettingsError: ${expected}`);
  }
});
