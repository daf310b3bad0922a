import type { OutgoingEntry } from '@barometer/ingestion';
import { sha256Hex } from '@barometer/kernel';
import type { ArticleView, Story } from '@barometer/reporting';
import { escapeHtml } from './escape-html';

/**
 * A URI that names the same thing at every address that this Barometer may have: a UUID of version 8 (RFC 9562) from a
 * SHA-256 of the name.
 */
export function stableUri(name: string): string {
  const hex = sha256Hex(name);
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** An article as an entry; `pageUrl` is where the page shows it, for those that have no address of their own. */
export function articleEntry({ id, title, url, summary, publisher, topicIds, sentiment, journey }: ArticleView, pageUrl: string): OutgoingEntry {
  const verdict = sentiment ? `${sentiment.label}, tone ${signed(sentiment.tone)}${sentiment.uncertain ? ', uncertain' : ''}` : 'not scored yet';
  return {
    id: stableUri(`article ${id}`), title, url: url || pageUrl, publishedAt: journey.publishedAt, updatedAt: journey.scoredAt ?? journey.publishedAt,
    authors: publisher === undefined ? [] : [publisher],
    categories: [...(sentiment ? [sentiment.label] : []), ...topicIds],
    html: `<p>${escapeHtml(verdict)}</p>${summary === '' ? '' : `<p>${escapeHtml(summary)}</p>`}`,
  };
}

/** A story as an entry, with how each publisher tells it. */
export function storyEntry({ id, typical, articles, firstAt, lastAt, tone, voices }: Story, pageUrl: string): OutgoingEntry {
  const told = voices.map((voice) => `<li>${escapeHtml(voice.publisher ?? voice.sourceId)}: ${signed(voice.tone)}${voice.articles > 1 ? ` (${voice.articles} articles)` : ''}</li>`);
  return {
    id: stableUri(`story ${id}`), title: typical.title, url: pageUrl, publishedAt: firstAt, updatedAt: lastAt, authors: [], categories: [...typical.topicIds],
    html: `<p>${articles} articles, mean tone ${signed(tone)}</p><ul>${told.join('')}</ul>`,
  };
}

const signed = (tone: number): string => `${tone < 0 ? '−' : '+'}${Math.abs(tone).toFixed(2)}`;
