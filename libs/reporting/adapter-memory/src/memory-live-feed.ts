import type { ArticleScored } from '@barometer/events';
import type { LiveFeed } from '@barometer/reporting';

type Listener = (events: readonly ArticleScored[]) => void;

/** Calls listeners in this process. One that throws does not keep the others from being called; its error goes to `onError`. */
export class MemoryLiveFeed implements LiveFeed {
  private readonly listeners = new Set<{ readonly hear: Listener }>();

  constructor(private readonly onError: (error: unknown) => void = () => undefined) {}

  publish(events: readonly ArticleScored[]): void {
    if (events.length === 0) return;
    for (const listener of [...this.listeners]) this.tell(listener.hear, events);
  }

  subscribe(listener: Listener): () => void {
    // A separate entry per subscription, so that a listener that subscribed twice leaves once.
    const entry = { hear: listener };
    this.listeners.add(entry);
    return () => void this.listeners.delete(entry);
  }

  private tell(hear: Listener, events: readonly ArticleScored[]): void {
    try {
      hear(events);
    } catch (error) {
      this.onError(error);
    }
  }
}
