import type { ReadError } from '@barometer/ingestion';
import { err, ok, type Result } from '@barometer/kernel';

/** No feed needs more; entity bombs of the quadratic kind do. */
const MOST_CHARACTERS = 65_536;

/**
 * The position after the DOCTYPE that starts at `start`. It is skipped, never interpreted: entities that it declares are
 * not expanded, files and addresses that it names are not read.
 */
export function skipDoctype(text: string, start: number): Result<number, ReadError> {
  const most = Math.min(text.length, start + MOST_CHARACTERS);
  let inSubset = false;
  let at = start + '<!DOCTYPE'.length;
  while (at < most) {
    const character = text[at];
    if (character === '>' && !inSubset) return ok(at + 1);
    if (character === '[') inSubset = true;
    if (character === ']') inSubset = false;
    at = afterToken(text, at);
  }
  return err({ code: 'unsafe-dtd', message: 'The document has a document type declaration without an end or of a suspicious size.' });
}

/** Skips a quoted text, comment or processing instruction, in which brackets have no meaning; otherwise one character. */
function afterToken(text: string, at: number): number {
  const character = text[at];
  if (character === '"' || character === "'") return after(text, character, at + 1);
  if (text.startsWith('<!--', at)) return after(text, '-->', at + 4);
  if (text.startsWith('<?', at)) return after(text, '?>', at + 2);
  return at + 1;
}

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found < 0 ? text.length : found + end.length;
}
