/** A charset recognised from the first bytes of a text, named as in `TextDecoder`; UTF-32 is only recognised, since nothing here reads it. */
export type CharsetOfStart = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32';

/** How much of a text is examined: enough for a pattern, and for a declaration after a comment or blank lines. */
export const HEAD_BYTES = 1_024;

/** The charset that the first bytes show, by a byte order mark or by the positions of zeros; `undefined` if they show none. */
export function charsetOfStart(body: Uint8Array): CharsetOfStart | undefined {
  return charsetOfMark(body) ?? charsetOfZeros(body.subarray(0, HEAD_BYTES));
}

function charsetOfMark(body: Uint8Array): CharsetOfStart | undefined {
  if (startsWith(body, [0xff, 0xfe, 0, 0]) || startsWith(body, [0, 0, 0xfe, 0xff])) return 'utf-32';
  if (startsWith(body, [0xef, 0xbb, 0xbf])) return 'utf-8';
  if (startsWith(body, [0xff, 0xfe])) return 'utf-16le';
  return startsWith(body, [0xfe, 0xff]) ? 'utf-16be' : undefined;
}

/** No text in another charset has so many zeros; a few are damage in a UTF-8 document. */
const LEAST_SHARE = 0.03;
/** Zeros must be this many times as frequent on one side; letters such as U+0100 and U+4E00 put some on the other. */
const CLEARLY_MORE = 3;

/**
 * UTF-16 without a mark: every space, line end, digit and English letter is a byte beside a zero. Two of these at the
 * very start, such as "<?" of XML or the "{" and quote of JSON, are enough (XML 1.0, appendix F).
 */
function charsetOfZeros(head: Uint8Array): CharsetOfStart | undefined {
  const [a, b, c, d] = head;
  if (a && b === 0 && c && d === 0) return 'utf-16le';
  if (a === 0 && b && c === 0 && d) return 'utf-16be';
  let [even, odd] = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0 && index % 2 === 0) even += 1;
    else if (byte === 0) odd += 1;
  });
  const least = Math.max(2, LEAST_SHARE * (head.length / 2));
  if (odd >= least && odd >= CLEARLY_MORE * even) return 'utf-16le';
  return even >= least && even >= CLEARLY_MORE * odd ? 'utf-16be' : undefined;
}

const startsWith = (body: Uint8Array, bytes: readonly number[]): boolean => bytes.every((byte, index) => body[index] === byte);
