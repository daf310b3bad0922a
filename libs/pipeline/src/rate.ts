import { SECOND, type Clock } from '@barometer/kernel';

/** How many things happen per second, over the last ten seconds. */
export class Rate {
  private events: { at: number; count: number }[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly window = 10 * SECOND,
  ) {}

  add(count: number): void {
    if (count > 0) this.events.push({ at: this.clock.now(), count });
  }

  perSecond(): number {
    const since = this.clock.now() - this.window;
    this.events = this.events.filter(({ at }) => at > since);
    const first = this.events[0];
    if (first === undefined) return 0;
    const seconds = Math.max(1, (this.clock.now() - first.at) / SECOND);
    return this.events.reduce((sum, { count }) => sum + count, 0) / seconds;
  }
}
