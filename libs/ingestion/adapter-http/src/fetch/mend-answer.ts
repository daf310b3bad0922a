import type { Socket } from 'node:net';

const END = Buffer.from('\r\n\r\n');
/** More than the HTTP client accepts as headers: a longer head is passed on unchanged, and the client refuses it. */
const MOST_HEAD = 64 * 1024;
const INTERIM = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r]/;
/** An answer that may have a body, by its status (RFC 9112, 6.3). */
const WITH_BODY = /^HTTP\/1\.[01] (?!1|204|304)\d{3}(?!\d)/;
const LENGTH = /^content-length[ \t]*:[ \t]*(.*?)[ \t]*$/i;
const CHUNKS = /^transfer-encoding[ \t]*:/im;
const CLOSES = /^connection[ \t]*:.*\bclose\b|^HTTP\/1\.0 (?![^]*^connection[ \t]*:.*keep-alive)/im;
/** How long to wait for bytes beyond the announced length, in milliseconds. */
const SILENCE = 300;

/** Carries the length that an answer announced, in bytes of its body as sent. */
export const ANNOUNCED_LENGTH = 'barometer-content-length';

/**
 * Lets the strict HTTP client read answers that repeat the same length, as many servers behind a proxy send them, and
 * all of a document whose announced length is too small. RFC 9112 (6.3) allows the former; the latter is left to the
 * reader of the body. For this the length is moved to another header, and the body is passed on in chunks. Different
 * lengths stay, and are refused, like any other fault. Interim answers (100, 103) are removed, since the client rejects
 * a 100 that it did not ask for.
 */
export class AnswerMender {
  private held = Buffer.alloc(0);
  private inHead = true;
  /** Bytes of the body still to come by the announced length; negative if there were more. */
  private missing: number | undefined;
  private closes = false;
  private ended = false;

  /** Whether the announced length has arrived, and more may follow. */
  get isComplete(): boolean {
    return this.missing !== undefined && this.missing <= 0 && !this.ended;
  }

  /** Takes bytes as they arrive and returns those to pass on: none while the head is incomplete. */
  take(bytes: Buffer): Buffer {
    if (!this.inHead) return this.body(bytes);
    this.held = Buffer.concat([this.held, bytes]);
    for (let end = this.held.indexOf(END); end >= 0; end = this.held.indexOf(END)) {
      const head = this.held.toString('latin1', 0, end);
      const rest = this.held.subarray(end + END.length);
      if (!INTERIM.test(head)) return this.begin(head, rest);
      this.held = rest;
    }
    return this.held.length > MOST_HEAD ? this.release() : Buffer.alloc(0);
  }

  /** Returns the remaining bytes when the connection ends, or when waiting is over. */
  end(): Buffer {
    if (this.inHead) return this.release();
    if (!this.isComplete) return Buffer.alloc(0);
    this.ended = true;
    return Buffer.from('0\r\n\r\n');
  }

  private release(): Buffer {
    this.inHead = false;
    return this.held;
  }

  private begin(head: string, rest: Buffer): Buffer {
    this.inHead = false;
    const length = WITH_BODY.test(head) && !CHUNKS.test(head) ? lengthOf(head) : undefined;
    if (length === undefined) return Buffer.concat([Buffer.from(head, 'latin1'), END, rest]);
    this.missing = length;
    this.closes = CLOSES.test(head);
    const lines = head.split('\r\n').filter((line) => !LENGTH.test(line));
    const mended = [...lines, `${ANNOUNCED_LENGTH}: ${length}`, 'Transfer-Encoding: chunked'].join('\r\n');
    return Buffer.concat([Buffer.from(mended, 'latin1'), END, this.body(rest)]);
  }

  private body(bytes: Buffer): Buffer {
    if (this.missing === undefined) return bytes;
    if (this.ended) return Buffer.alloc(0);
    this.missing -= bytes.length;
    const chunk = bytes.length === 0 ? bytes : Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
    // A server that keeps the connection open and has sent exactly the announced length is finished.
    return this.missing === 0 && !this.closes ? Buffer.concat([chunk, this.end()]) : chunk;
  }
}

/** The length that a head announces, once or repeatedly; `undefined` if the client would not accept it. */
function lengthOf(head: string): number | undefined {
  const values = head.split('\r\n').flatMap((line) => LENGTH.exec(line)?.[1]?.split(/[ \t]*,[ \t]*/) ?? []);
  const [first = ''] = values;
  return /^\d{1,15}$/.test(first) && values.every((value) => value === first) ? Number(first) : undefined;
}

/**
 * Repairs the one answer of this socket before its reader sees a byte. Only for sockets that serve a single request: a
 * second answer would not be repaired.
 */
export function mendingAnswer<T extends Socket>(socket: T): T {
  const mender = new AnswerMender();
  const push = socket.push.bind(socket);
  let waiting: NodeJS.Timeout | undefined;
  socket.once('close', () => clearTimeout(waiting));
  const pushOn = (bytes: Buffer, encoding?: BufferEncoding): boolean => bytes.length === 0 || push(bytes, encoding);
  // A readable stream passes all its bytes to its own push, so this is the single place to intercept them.
  socket.push = (chunk: Buffer | null, encoding) => {
    clearTimeout(waiting);
    if (chunk === null) {
      pushOn(mender.end());
      return push(null);
    }
    const more = pushOn(mender.take(chunk), encoding);
    if (mender.isComplete) waiting = setTimeout(() => pushOn(mender.end()), SILENCE);
    return more;
  };
  return socket;
}
