import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENT, documentOf } from './main';

jest.setTimeout(180_000);

/** The machine on which it was written may differ, and nothing else. */
const withoutMachine = (text: string) => text.replace(/^Computed on .*$/gm, 'Computed on a machine.');

it(`matches ${DOCUMENT} (npm run simulate:load -- --write rewrites it)`, async () => {
  const kept = readFileSync(join(__dirname, '../../../..', DOCUMENT), 'utf8');
  expect(withoutMachine(kept)).toBe(withoutMachine(await documentOf()));
});
