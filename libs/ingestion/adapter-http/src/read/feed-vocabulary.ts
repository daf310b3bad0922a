/** Elements that contain items. */
export const CONTAINERS = new Set(['rss', 'channel', 'rdf', 'feed']);
export const ITEMS = new Set(['item', 'entry']);
/** HTML tags in descriptions that have no end tag. */
export const VOID = new Set(['area', 'br', 'col', 'embed', 'hr', 'img', 'input', 'param', 'wbr']);
/** HTML tags that end where the next one of their kind starts. */
export const SIBLINGS = new Set(['li', 'p', 'td', 'tr', 'dt', 'dd', 'option']);

/** The child elements of feeds and items that are read. Others are skipped, which also avoids parsing hostile ones. */
export const READ = new Set([
  'title',
  'link',
  'description',
  'summary',
  'content',
  'encoded',
  'guid',
  'id',
  'pubdate',
  'date',
  'published',
  'updated',
  'issued',
  'modified',
  'created',
  'source',
  'publisher',
  'language',
  'ttl',
  'updateperiod',
  'updatefrequency',
  'origlink',
]);
export const UNREAD_PREFIX = /^(media|itunes|googleplay|podcast|spotify):(?!title$)/i;

/** Names that always start a part of a feed, so that an end tag before them must be missing. */
export const STRUCTURE = new Set([
  ...CONTAINERS,
  ...ITEMS,
  ...READ,
  'category',
  'author',
  'comments',
  'enclosure',
  'creator',
  'image',
  'thumbnail',
  'subtitle',
  'rights',
  'contributor',
]);

/** Elements of RSS items that feedsmith does not know by these names, with an equivalent that it knows. */
const DUBLIN_CORE = ' xmlns:dc="http://purl.org/dc/elements/1.1/"';
export const KNOWN_AS: Readonly<Record<string, { readonly name: string; readonly declaration: string }>> = {
  ...Object.fromEntries(['date', 'published', 'updated', 'issued', 'modified', 'created'].map((name) => [name, { name: 'dc:date', declaration: DUBLIN_CORE }])),
  // The article's own address, if a feed service has replaced it by one of its own.
  'feedburner:origlink': { name: 'dc:relation', declaration: DUBLIN_CORE },
  'pheedo:origlink': { name: 'dc:relation', declaration: DUBLIN_CORE },
};
