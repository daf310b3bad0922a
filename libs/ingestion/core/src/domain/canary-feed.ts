import { escapeHtml } from '@barometer/kernel';

/** The address of the canary's feed; no request is sent to it. */
export const CANARY_FEED = 'https://canary.invalid/feed';

/** A feed with this sentence as its only item, as the bytes of a response. */
export function canaryFeed(title: string, now: number): Uint8Array {
  const text = escapeHtml(title);
  return new TextEncoder().encode(
    `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Canary</title><item><title>${text}</title><pubDate>${new Date(now).toUTCString()}</pubDate></item></channel></rss>\n`,
  );
}
