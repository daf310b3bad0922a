import * as z from 'zod';
import { flag, origins, readEnvironment, SettingsError, text, userAgent, whole } from './index';

const schema = z.object({ TABLE_NAME: text('the name of the table'), LIMIT: whole(1, 9).default(5), OPEN: flag.default(false), ORIGINS: origins.default([]) });

it('reads set variables, uses defaults for the others, and treats empty ones as not set', () => {
  expect(readEnvironment(schema, { TABLE_NAME: 't', OPEN: 'true', LIMIT: '', ORIGINS: 'https://a.example, http://b.example:8080,' })).toEqual({
    TABLE_NAME: 't',
    LIMIT: 5,
    OPEN: true,
    ORIGINS: ['https://a.example', 'http://b.example:8080'],
  });
});

const reasons = [
  'TABLE_NAME must be set to the name of the table',
  'LIMIT must be a whole number from 1 to 9 (it is "ten")',
  'OPEN must be 1 (or true) or 0 (or false) (it is "yes")',
];

it('warns of a variable that is probably misspelt, even if another one is invalid', () => {
  const warned: string[] = [];
  const warn = (sentence: string) => warned.push(sentence);
  readEnvironment(schema, { TABLE_NAME: 't', ORIGNIS: 'https://a.example', PATH: '/bin' }, { warn });
  expect(() => readEnvironment(schema, { TABEL_NAME: 't' }, { warn })).toThrow('TABLE_NAME must be set');
  expect(warned).toEqual([
    'ORIGNIS looks like a misspelt setting; ORIGINS was probably meant.',
    'TABEL_NAME looks like a misspelt setting; TABLE_NAME was probably meant.',
  ]);
});

it.each([
  ['one line', '; ', '; '],
  ['a line a variable', '\n', '\n'],
] as const)('names every bad variable in %s, without a stack', (_what, separator, between) => {
  const read = () => readEnvironment(schema, { LIMIT: 'ten', OPEN: 'yes' }, { separator });
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(expect.objectContaining({ message: reasons.join(between), stack: `SettingsError: ${reasons.join(between)}` }));
});

it.each(['*', 'https://a.example,b.example', 'https://a.example/', 'ftp://a.example', 'https://a.example/path'])('%s is no list of origins', (words) => {
  expect(() => readEnvironment(schema, { TABLE_NAME: 't', ORIGINS: words })).toThrow(
    `ORIGINS must be origins such as https://example.org, with commas between (it is "${words}")`,
  );
});

it.each(['0', '10', '1.5', 'one'])('%s is no whole number from 1 to 9', (word) => {
  expect(() => readEnvironment(schema, { TABLE_NAME: 't', LIMIT: word })).toThrow('LIMIT must be a whole number from 1 to 9');
});

it.each(['Barometer/0.1', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36', '~'])('%s is a User-Agent', (words) => {
  expect(readEnvironment(z.object({ NAME: userAgent }), { NAME: ` ${words}\n` })).toEqual({ NAME: words });
});

it.each([' ', 'a\r\nHost: b', 'a\tb', 'a\u0000', 'Bär', '\u007f', 'x'.repeat(301)])('%j is no User-Agent', (words) => {
  expect(() => readEnvironment(z.object({ NAME: userAgent }), { NAME: words })).toThrow('NAME must be 1 to 300 printable ASCII characters');
});
