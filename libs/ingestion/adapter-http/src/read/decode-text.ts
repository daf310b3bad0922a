import { err, ok, type Result } from '@barometer/kernel';
import type { ReadError } from '@barometer/ingestion';

const UTF_8 = 'utf-8';
/** Where a declaration can stand; long enough for a comment or blank lines before it. */
const HEAD_BYTES = 1_024;

/**
 * Turns a document's bytes into text. Trusted in this order: byte order mark, the header's charset, the XML declaration.
 * A name that can't be right, since the bytes are not valid in it, is passed over; what says nothing is UTF-8, or
 * Windows-1252 where it is not valid UTF-8.
 */
export function decodeText(body: Uint8Array, contentType = ''): Result<string, ReadError> {
  if (startsWith(body, [0xff, 0xfe, 0, 0]) || startsWith(body, [0, 0, 0xfe, 0xff])) return unknown('UTF-32');
  const marked = charsetOfMark(body) ?? charsetOfPattern(body);
  if (marked !== undefined) return ok(new TextDecoder(marked).decode(body));
  const names = [charsetOf(contentType), declaredCharset(body)].filter((name) => name !== undefined);
  for (const name of names) {
    const text = decodeAs(name, body);
    if (text !== undefined) return ok(text);
  }
  return withoutCharset(body, names);
}

function withoutCharset(body: Uint8Array, names: readonly string[]): Result<string, ReadError> {
  const utf8 = strictly(UTF_8, body);
  if (utf8 !== undefined) return ok(utf8);
  const strange = names.find((name) => labelOf(name) === undefined);
  if (strange !== undefined) return unknown(strange);
  const lenient = new TextDecoder(UTF_8).decode(body);
  const damaged = lenient.split('\ufffd').length - 1;
  // A few broken bytes among good multi-byte letters are damage; broken ones alone are another charset.
  return ok(damaged < multiByteLetters(lenient) ? lenient : new TextDecoder('windows-1252').decode(body));
}

function decodeAs(name: string, body: Uint8Array): string | undefined {
  const label = labelOf(name);
  // A declaration that was readable as single bytes can't have been UTF-16.
  if (label === undefined || label.startsWith('utf-16')) return undefined;
  const utf8 = label === 'windows-1252' ? strictly(UTF_8, body) : undefined;
  // Letters of Windows-1252 that happen to be valid UTF-8 are far rarer than a wrong label.
  return utf8 ?? strictly(label, body);
}

/** The name that the standard decoder gives a charset; it counts ASCII and ISO 8859-1 as Windows-1252, as the web does. */
function labelOf(name: string): string | undefined {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return undefined;
  }
}

function strictly(label: string, body: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

const multiByteLetters = (text: string): number => text.match(/[\u0080-\ufffc]/g)?.length ?? 0;

const charsetOf = (contentType: string): string | undefined => /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1];

function declaredCharset(body: Uint8Array): string | undefined {
  const head = new TextDecoder('windows-1252').decode(body.subarray(0, HEAD_BYTES));
  return /<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1];
}

function charsetOfMark(body: Uint8Array): string | undefined {
  if (startsWith(body, [0xef, 0xbb, 0xbf])) return UTF_8;
  if (startsWith(body, [0xff, 0xfe])) return 'utf-16le';
  return startsWith(body, [0xfe, 0xff]) ? 'utf-16be' : undefined;
}

/** UTF-16 without a mark shows in the zero bytes around the first "<" (XML 1.0, appendix F). */
function charsetOfPattern(body: Uint8Array): string | undefined {
  if (startsWith(body, [0x3c, 0, 0x3f, 0]) || startsWith(body, [0x3c, 0, 0x72, 0])) return 'utf-16le';
  return startsWith(body, [0, 0x3c, 0, 0x3f]) || startsWith(body, [0, 0x3c, 0, 0x72]) ? 'utf-16be' : undefined;
}

const startsWith = (body: Uint8Array, bytes: readonly number[]): boolean => bytes.every((byte, index) => body[index] === byte);

const unknown = (name: string): Result<never, ReadError> =>
  err({ code: 'unknown-charset', message: `The document's character set ${name.slice(0, 40)} is not known.` });
