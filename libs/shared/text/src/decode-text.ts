import { err, ok, type Result } from '@barometer/kernel';
import { charsetOfStart, HEAD_BYTES } from './charset-of-start';

/** A text in a charset that cannot be read; `message` is one sentence for a reader. */
export interface CharsetError {
  readonly code: 'unknown-charset';
  readonly message: string;
}

const UTF_8 = 'utf-8';

/**
 * Decodes a document's bytes into text: used for feeds, web pages, OPML lists and files of texts alike. In order of
 * precedence: byte order mark, zeros that only UTF-16 has, the charset of `contentType`, the document's own declaration
 * (of XML, or in the `meta` of a web page). A name is ignored if the bytes are not valid in it; without any indication
 * the text is UTF-8, or Windows-1252 if it is not valid UTF-8.
 *
 * @example
 * const text = decodeText(await readFile('list.opml'), 'text/x-opml; charset=iso-8859-1');
 */
export function decodeText(body: Uint8Array, contentType = ''): Result<string, CharsetError> {
  const marked = charsetOfStart(body);
  if (marked === 'utf-32') return unknown('UTF-32');
  if (marked !== undefined) return ok(new TextDecoder(marked).decode(body));
  const names = [charsetOf(contentType), declaredCharset(body)].filter((name) => name !== undefined);
  for (const name of names) {
    const text = decodeAs(name, body);
    if (text !== undefined) return ok(text);
  }
  const strange = names.find((name) => !isKnownCharset(name));
  if (strange !== undefined && strictly(UTF_8, body) === undefined) return unknown(strange);
  return ok(decodeUndeclared(body));
}

/** Decodes bytes whose charset nothing indicates. */
export function decodeUndeclared(body: Uint8Array): string {
  const utf8 = strictly(UTF_8, body);
  if (utf8 !== undefined) return utf8;
  const lenient = new TextDecoder(UTF_8).decode(body);
  const damaged = lenient.split('\ufffd').length - 1;
  // A few broken bytes among good multi-byte letters are damage; broken ones alone mean another charset.
  return damaged < multiByteLetters(lenient) ? lenient : new TextDecoder('windows-1252').decode(body);
}

/** Whether a charset with this name can be read. */
export const isKnownCharset = (name: string): boolean => labelOf(name) !== undefined;

function decodeAs(name: string, body: Uint8Array): string | undefined {
  const label = labelOf(name);
  // A declaration that could be read as single bytes cannot have been in UTF-16.
  if (label === undefined || label.startsWith('utf-16')) return undefined;
  const utf8 = label === 'windows-1252' ? strictly(UTF_8, body) : undefined;
  // Windows-1252 text that happens to be valid UTF-8 is far rarer than a wrong label.
  return utf8 ?? strictly(label, body);
}

/** The standard decoder's name of a charset; it treats ASCII and ISO 8859-1 as Windows-1252, as the web does. */
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
  const ofXml = /<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1];
  if (ofXml !== undefined || !/<(?:!doctype\s+html|html|head)\b/i.test(head)) return ofXml;
  return /<meta\b[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1];
}

const unknown = (name: string): Result<never, CharsetError> =>
  err({ code: 'unknown-charset', message: `The document's character set ${name.slice(0, 40)} is not known.` });
