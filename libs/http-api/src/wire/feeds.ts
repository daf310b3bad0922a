import type { OutgoingEntry } from '@barometer/ingestion';
import { counted, escapeHtml, sha256Hex } from '@barometer/kernel';
import { voiceName, type ArticleView, type Story } from '@barometer/reporting';
import type { SourceNames } from '../known-sources';
import { signed } from './signed-tone';

/** A URI that names the same thing whatever the address of this Barometer: a UUID of version 8 (RFC 9562) from a SHA-256 of the name. */
export function stableUri(name: string): string {
  const hex = sha256Hex(name);
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** An article as a feed entry; `pageUrl` is its place on the page, for articles without an address of their own. */
export function articleEntry(
  { id, title, url, summary, publisher, sourceIds, topicIds, sentiment, journey }: ArticleView,
  names: SourceNames,
  pageUrl: string,
): OutgoingEntry {
  const [sourceId] = sourceIds;
  const author = sourceId === undefined ? publisher : voiceName({ publisher, sourceId }, names);
  const verdict = sentiment ? `${sentiment.label}, tone ${signed(sentiment.tone)}${sentiment.uncertain ? ', uncertain' : ''}` : 'not scored yet';
  return {
    id: stableUri(`article ${id}`),
    title,
    url: url || pageUrl,
    publishedAt: journey.publishedAt,
    updatedAt: journey.scoredAt ?? journey.publishedAt,
    authors: author === undefined ? [] : [author],
    categories: [...(sentiment ? [sentiment.label] : []), ...topicIds],
    html: `<p>${escapeHtml(verdict)}</p>${summary === '' ? '' : `<p>${escapeHtml(summary)}</p>`}`,
  };
}

/** A story as a feed entry, with the tone of each publisher. */
export function storyEntry({ id, typical, articles, firstAt, lastAt, tone, voices }: Story, names: SourceNames, pageUrl: string): OutgoingEntry {
  const told = voices.map(
    (voice) => `<li>${escapeHtml(voiceName(voice, names))}: ${signed(voice.tone)}${voice.articles > 1 ? ` (${counted(voice.articles, 'article')})` : ''}</li>`,
  );
  return {
    id: stableUri(`story ${id}`),
    title: typical.title,
    url: pageUrl,
    publishedAt: firstAt,
    updatedAt: lastAt,
    authors: [],
    categories: [...typical.topicIds],
    html: `<p>${counted(articles, 'article')}, mean tone ${signed(tone)}</p><ul>${told.join('')}</ul>`,
  };
}
