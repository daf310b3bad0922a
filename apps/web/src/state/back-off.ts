/** How long to wait after each failure in a row: `firstMs`, then twice as long each time, up to `mostMs`. */
export class BackOff {
  private failures = 0;

  constructor(
    private readonly firstMs: number,
    private readonly mostMs: number,
  ) {}

  /** Whether anything failed since the last success. */
  get hasFailed(): boolean {
    return this.failures > 0;
  }

  /** After one more failure: the wait before the next attempt, in milliseconds. */
  failed(): number {
    const wait = Math.min(this.mostMs, this.firstMs * 2 ** this.failures);
    this.failures += 1;
    return wait;
  }

  succeeded(): void {
    this.failures = 0;
  }
}

/** For a resource that the server answers with an error. */
export const resourceBackOff = (): BackOff => new BackOff(2_000, 30_000);
