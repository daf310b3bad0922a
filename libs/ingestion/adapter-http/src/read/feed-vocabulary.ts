/** What stands around items. */
export const CONTAINERS = new Set(['rss', 'channel', 'rdf', 'feed']);
export const ITEMS = new Set(['item', 'entry']);
/** Tags of HTML that stand in descriptions without an end. */
export const VOID = new Set(['area', 'br', 'col', 'embed', 'hr', 'img', 'input', 'param', 'wbr']);
/** Tags of HTML that end where the next of their kind starts. */
export const SIBLINGS = new Set(['li', 'p', 'td', 'tr', 'dt', 'dd', 'option']);

/** The children of a feed and its items that are read. The rest is left out, which also spares the parsing of hostile ones. */
export const READ = new Set([
  'title', 'link', 'description', 'summary', 'content', 'encoded', 'guid', 'id', 'pubdate', 'date', 'published', 'updated',
  'issued', 'source', 'publisher', 'language', 'ttl', 'updateperiod', 'updatefrequency',
]);
export const UNREAD_PREFIX = /^(media|itunes|googleplay|podcast|spotify):/i;
