import type { ArticleScored } from '@barometer/events';
import type { LiveFeed } from '@barometer/reporting';

type Listener = (events: readonly ArticleScored[]) => void;

/** Tells listeners in this process. One that throws does not keep the others from hearing; `onError` is told instead. */
export class MemoryLiveFeed implements LiveFeed {
  private readonly listeners = new Set<{ readonly hear: Listener }>();

  constructor(private readonly onError: (error: unknown) => void = () => undefined) {}

  publish(events: readonly ArticleScored[]): void {
    if (events.length === 0) return;
    for (const listener of [...this.listeners]) this.tell(listener.hear, events);
  }

  subscribe(listener: Listener): () => void {
    // An entry of its own, so that a listener that subscribed twice leaves once.
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
