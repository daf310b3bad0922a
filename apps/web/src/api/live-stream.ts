import type { LiveBatch, LiveBye } from '@barometer/http-api/contract';
import { address } from './client';

export interface LiveListener {
  onOpen(): void;
  onScored(batch: LiveBatch): void;
  /** The stream ended; the owner decides when to open the next one. */
  onEnd(retryMs: number): void;
}

const RETRY_MS = 3_000;

/** Follows the server-sent events of the API until the returned function is called. */
export function followLive(listener: LiveListener): () => void {
  const events = new EventSource(address('/live'));
  const end = (retryMs: number) => {
    events.close();
    listener.onEnd(retryMs);
  };
  events.addEventListener('hello', () => listener.onOpen());
  events.addEventListener('scored', (event) => listener.onScored(JSON.parse(event.data as string) as LiveBatch));
  events.addEventListener('bye', (event) => end((JSON.parse(event.data as string) as LiveBye).retryMs));
  events.addEventListener('error', () => end(RETRY_MS));
  return () => events.close();
}
