/** Lets one at a time, in the order in which they asked. */
export class Turns {
  private last: Promise<void> = Promise.resolve();

  /** Waits for one's turn; the answer ends it, and may be called twice. */
  async take(): Promise<() => void> {
    const before = this.last;
    let end: () => void = () => undefined;
    this.last = new Promise((resolve) => (end = resolve));
    await before;
    return end;
  }
}
