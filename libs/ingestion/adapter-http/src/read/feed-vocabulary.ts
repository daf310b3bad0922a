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
  'issued', 'modified', 'created', 'source', 'publisher', 'language', 'ttl', 'updateperiod', 'updatefrequency', 'origlink',
]);
export const UNREAD_PREFIX = /^(media|itunes|googleplay|podcast|spotify):(?!title$)/i;

/** Names that start something of a feed wherever they stand, so that an end tag before them was forgotten. */
export const STRUCTURE = new Set([...CONTAINERS, ...ITEMS, ...READ, 'category', 'author', 'comments', 'enclosure', 'creator', 'image', 'thumbnail', 'subtitle', 'rights', 'contributor']);

/** Elements of items of RSS that feedsmith does not know by these names, and what it knows that means the same. */
const DUBLIN_CORE = ' xmlns:dc="http://purl.org/dc/elements/1.1/"';
export const KNOWN_AS: Readonly<Record<string, { readonly name: string; readonly declaration: string }>> = {
  ...Object.fromEntries(['date', 'published', 'updated', 'issued', 'modified', 'created'].map((name) => [name, { name: 'dc:date', declaration: DUBLIN_CORE }])),
  // The article's own address, which a service for feeds has put its own in the place of.
  'feedburner:origlink': { name: 'dc:relation', declaration: DUBLIN_CORE },
  'pheedo:origlink': { name: 'dc:relation', declaration: DUBLIN_CORE },
};
