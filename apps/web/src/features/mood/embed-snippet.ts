/** What can be embedded in another page. */
export type EmbedKind = 'card' | 'badge';

interface Embedding {
  /** Barometer's address, without a trailing slash. */
  readonly home: string;
  /** The scope of the mood, in words. */
  readonly about: string;
  readonly topic?: string | undefined;
  readonly source?: string | undefined;
  readonly group?: string | undefined;
  readonly period: string;
  /** Whether the address needs a key. */
  readonly keyed: boolean;
}

/** Placeholder for the key, which only the command line shows. */
export const KEY_PLACE = 'KEY';
const formats = { card: 'html', badge: 'svg' } as const;

/** The name of the feed that a key is made for, such as `mood?topic=energy`. */
export function moodFeed({ topic, source, group, period }: Pick<Embedding, 'topic' | 'source' | 'group' | 'period'>): string {
  const query = new URLSearchParams(
    Object.entries({ topic, source, group, period: period === '24h' ? undefined : period }).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();
  return query ? `mood?${query}` : 'mood';
}

/** The address of a card or a badge below `home`. */
export function embedAddress(kind: EmbedKind, embedding: Embedding): string {
  const [list, query] = moodFeed(embedding).split('?', 2);
  const parts = [query, embedding.keyed && `key=${KEY_PLACE}`].filter(Boolean);
  return `${embedding.home}/feeds/${list}.${formats[kind]}${parts.length > 0 ? `?${parts.join('&')}` : ''}`;
}

/** The lines of HTML to copy. */
export function embedSnippet(kind: EmbedKind, embedding: Embedding): string {
  const [address, words] = [embedAddress(kind, embedding), `The mood of ${embedding.about}`].map(escaped);
  return kind === 'badge'
    ? `<img src="${address}" alt="${words}" height="20">`
    : `<iframe src="${address}" title="${words}" width="320" height="240" loading="lazy" sandbox="allow-popups" style="border:0"></iframe>`;
}

/** The scope of the mood in English, the language of the card and the badge. */
export const englishAbout = (topic: string | undefined, source: string | undefined): string => [topic, source].filter(Boolean).join(' in ') || 'all news';

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
