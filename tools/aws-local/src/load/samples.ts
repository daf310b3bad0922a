/** Measured values of one kind. */
export class Samples {
  private readonly values: number[] = [];

  add(value: number): void {
    this.values.push(value);
  }

  get count(): number {
    return this.values.length;
  }

  get sum(): number {
    return this.values.reduce((total, one) => total + one, 0);
  }

  /** The smallest value that at least this share of them does not exceed, by the nearest rank; undefined if there is none. */
  quantile(share: number): number | undefined {
    const sorted = [...this.values].sort((one, other) => one - other);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  }
}
