import type { Writable } from 'node:stream';
import { withoutHiddenCharacters } from '@barometer/kernel';

/** Line ends and tabs are layout; other invisible characters could move the cursor, or hide or reorder text. */
const layout = /[\t\n\r]/;

/** A text that is safe to print on a terminal: names and headlines come from others. */
export const terminalText = (text: string): string => withoutHiddenCharacters(text, (mark) => (layout.test(mark) ? mark : ''));

/** The same stream, but texts written to it are made safe for a terminal. */
export function terminalStream<T extends Writable>(stream: T): T {
  const write = (text: unknown) => stream.write(typeof text === 'string' ? terminalText(text) : text);
  return Object.create(stream, { write: { value: write } }) as T;
}
