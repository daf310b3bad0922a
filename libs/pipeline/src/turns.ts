/** Gives turns, one at a time, in the order of the requests. */
export class Turns {
  private last: Promise<void> = Promise.resolve();

  /** Waits for a turn; the returned function ends it, and may be called twice. */
  async take(): Promise<() => void> {
    const before = this.last;
    let end: () => void = () => undefined;
    this.last = new Promise((resolve) => (end = resolve));
    await before;
    return end;
  }
}
