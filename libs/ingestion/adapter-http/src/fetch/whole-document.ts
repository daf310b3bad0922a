/** How many bytes of the end are examined: room for comments after the document. */
const END = 16 * 1024;
const ROOTS = /^(?:[\w.-]+:)?(rss|feed|rdf|html)$/i;
const CLOSING = /<\/([\w:.-]{1,60})\s*>$/;

/**
 * Whether these bytes hold a complete feed or page, judged by its end: the closing tag of the root, followed only by
 * comments, or JSON that can be parsed. Works in any charset that includes ASCII, and in UTF-16.
 */
export function isWholeDocument(bytes: Uint8Array): boolean {
  const text = (from: number) =>
    Buffer.from(bytes.buffer, bytes.byteOffset + from, bytes.byteLength - from)
      .toString('latin1')
      .replaceAll('\0', '');
  const beginning = /^[\xef\xbb\xbf\xfe\xff\s]*([{[])/.exec(text(0).slice(0, 100));
  if (beginning) return isJson(text(0).replace(/^[\xef\xbb\xbf\xfe\xff]+/, ''));
  const root = CLOSING.exec(withoutComments(text(Math.max(0, bytes.byteLength - END))))?.[1];
  return root !== undefined && ROOTS.test(root);
}

function withoutComments(end: string): string {
  let text = end.trimEnd();
  while (text.endsWith('-->')) {
    const start = text.lastIndexOf('<!--');
    if (start < 0) break;
    text = text.slice(0, start).trimEnd();
  }
  return text;
}

/** JSON in UTF-8 keeps its structure when read as Latin-1, which is all that matters here. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
