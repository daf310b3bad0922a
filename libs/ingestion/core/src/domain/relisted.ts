import type { Article } from './article';
import { MOST_KEYS, type KnownArticle } from './item-identity';
import { listedText } from './listed-text';

/** What follows for a stored article from being listed again. */
export interface Relisted {
  /** Keys that it is not known by yet. */
  readonly keys: readonly string[];
  /** The address to store, where its link has changed. */
  readonly url?: string;
  /** A fingerprint of title and summary where they differ from what is stored. */
  readonly listed?: string;
}

/** The same in every store: what is new of an article that is known already. */
export function relisted(article: Pick<Article, 'url' | 'title' | 'summary' | 'keys' | 'isMoved'>, known: Pick<KnownArticle, 'id' | 'url' | 'keys'> & Pick<Article, 'title' | 'summary'>): Relisted {
  const listed = listedText(article, known);
  const room = Math.max(0, MOST_KEYS - known.keys.length);
  const keys = [...new Set(article.keys)].filter((key) => key !== known.id && !known.keys.includes(key)).slice(0, room);
  return {
    keys,
    // Where there is no room for the key of the new page, the same link would count as new at every poll.
    ...(article.isMoved && article.url !== known.url && (keys.length > 0 || room > 0) && { url: article.url }),
    ...(listed !== undefined && { listed }),
  };
}
