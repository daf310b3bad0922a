/** Counts the lines of a text up to ascending positions, in time linear to its length. */
export class LineCounter {
  private line = 1;
  private counted = 0;

  constructor(private readonly text: string) {}

  /** The line of a position, from 1. */
  at(position: number): number {
    for (let end = this.text.indexOf('\n', this.counted); end >= 0 && end < position; end = this.text.indexOf('\n', this.counted)) {
      this.line += 1;
      this.counted = end + 1;
    }
    return this.line;
  }
}
