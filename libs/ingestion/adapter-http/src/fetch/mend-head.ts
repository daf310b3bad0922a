import type { Socket } from 'node:net';

const END = Buffer.from('\r\n\r\n');
/** More than the HTTP client takes as headers: what is longer goes on to it as it is, and it refuses that. */
const MOST_HEAD = 64 * 1024;
const INTERIM = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r]/;
const LENGTH = /^content-length[ \t]*:[ \t]*(.*?)[ \t]*$/i;

/**
 * Lets the strict HTTP client read answers that say their length more than once, each time the same, as many servers
 * behind a proxy do. RFC 9112 (6.3) allows just that; lengths that differ stay, and are refused. So does every other
 * fault. Answers that only announce another (100, 103) are taken off, since the client knows no 100 it did not ask for.
 */
export class HeadMender {
  private held = Buffer.alloc(0);
  private done = false;

  /** Takes bytes as they arrive and gives those that can go on: none while the head is incomplete. */
  take(bytes: Buffer): Buffer {
    if (this.done) return bytes;
    this.held = Buffer.concat([this.held, bytes]);
    for (let end = this.held.indexOf(END); end >= 0; end = this.held.indexOf(END)) {
      const head = this.held.toString('latin1', 0, end);
      if (!INTERIM.test(head)) return this.finish(Buffer.concat([Buffer.from(withOneLength(head), 'latin1'), this.held.subarray(end)]));
      this.held = this.held.subarray(end + END.length);
    }
    return this.held.length > MOST_HEAD ? this.finish(this.held) : Buffer.alloc(0);
  }

  /** What was held back when the connection ends. */
  rest(): Buffer {
    return this.finish(this.held);
  }

  private finish(bytes: Buffer): Buffer {
    this.done = true;
    this.held = Buffer.alloc(0);
    return bytes;
  }
}

function withOneLength(head: string): string {
  const lines = head.split('\r\n');
  const values = lines.flatMap((line) => LENGTH.exec(line)?.[1]?.split(/[ \t]*,[ \t]*/) ?? []);
  const [first = ''] = values;
  if (values.length < 2 || !/^\d+$/.test(first) || values.some((value) => value !== first)) return head;
  return [...lines.filter((line) => !LENGTH.test(line)), `Content-Length: ${first}`].join('\r\n');
}

/**
 * Mends the head of the one answer that this socket brings, before whoever reads from it sees a byte. Only for sockets
 * that serve a single request: a second answer would go on unmended.
 */
export function mendingHead<T extends Socket>(socket: T): T {
  const mender = new HeadMender();
  const push = socket.push.bind(socket);
  // Every readable stream hands its bytes to its own push, which makes this the one place that all of them pass.
  socket.push = (chunk: Buffer | null, encoding) => {
    const ready = chunk === null ? mender.rest() : mender.take(chunk);
    const more = ready.length === 0 || push(ready, encoding);
    return chunk === null ? push(null) : more;
  };
  return socket;
}
