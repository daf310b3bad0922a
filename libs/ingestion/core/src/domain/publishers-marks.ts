/**
 * Parameters by which publishers track where a reader came from, in the links of their own feeds, newsletters and share
 * buttons, by host name suffix. Sources: those feeds, and the host-specific rules of ClearURLs and AdGuard's tracking filter.
 * Tracking parameters that mean the same on every host were removed by `canonicalUrl`.
 */
const OF_PUBLISHERS: readonly (readonly [hosts: string, names: string])[] = [
  [
    'nytimes.com',
    'partner emc smid smtyp nl te campaign_id instance_id segment_id user_id regi_id rref ref referringsource searchresultposition unlocked_article_code impression_id mcubz hp action module pgtype region wt_nav clicksource contentcollection',
  ],
  ['ft.com', 'ftcamp ftcamg segmentid desktop sharetype accesstoken'],
  ['wsj.com barrons.com marketwatch.com fnlondon.com mansionglobal.com', 'mod reflink siteid link st'],
  ['bbc.co.uk bbc.com', 'intlink_from_url link_location pinned_post_locator pinned_post_asset_id pinned_post_type'],
  ['theguardian.com', 'filterkeyevents esrc'],
  ['reuters.com', 'rpc taid edition-redirect'],
  ['bloomberg.com', 'srnd sref leadsource embedded-checkout in_source accesstoken'],
  ['cnn.com', 'cid hpt eref iref iid sr'],
  ['washingtonpost.com', 'wprss wpisrc wpmm tid hpid nid itid pwapi_token'],
  ['economist.com', 'fsrc etear'],
  ['lemonde.fr', 'lmd_medium lmd_campaign lmd_creation lmd_source'],
  ['spiegel.de manager-magazin.de', 'sara_ref sara_icid sara_ecid'],
  ['zeit.de', 'wt_ref wt_t'],
  ['welt.de', 'wtmc wtrid cid'],
  ['faz.net', 'gepc'],
  ['npr.org', 'ft f sc'],
  ['cnbc.com', '__source recirc'],
  ['dailymail.co.uk dailymail.com mailonsunday.co.uk', 'ito ico ici'],
  ['telegraph.co.uk', 'wt.mc_id wt.mc_ev'],
  ['thetimes.com thetimes.co.uk', 'sharetoken'],
  ['sky.com', 'dcmp'],
  ['smh.com.au theage.com.au brisbanetimes.com.au', 'ref btis'],
  ['yahoo.com', 'soc_src soc_trk .tsrc ncid bcmt'],
  ['huffpost.com huffingtonpost.co.uk techcrunch.com engadget.com aol.com', 'ncid tpcc'],
  ['politico.com politico.eu', 'nname nrid nlid'],
  ['forbes.com', 'sh ss ctpv'],
  ['businessinsider.com', 'r ir'],
  ['newyorker.com wired.com vanityfair.com vogue.com', 'mbid bxid cndid esrc hasha hashb hashc'],
  ['time.com fortune.com', 'xid'],
  ['espn.com', 'ex_cid'],
  ['nbcnews.com', 'cid'],
  ['usatoday.com', 'gnt-cfr gca-cat gca-uir gca-epti gca-ft'],
  ['repubblica.it', 'ref rss'],
  ['elpais.com', 'ssm prm event_log'],
];

/**
 * Names that do not identify a page on any host: of AMP, of Google's referrals (gad_, gaa_), of Facebook, X, LinkedIn,
 * Pinterest, HubSpot, Klaviyo, beehiiv, ConvertKit, Eloqua, dotdigital, and Adobe's campaigns within a site.
 */
const ANYWHERE = new Set([
  'ftcamp',
  'emc',
  'amp',
  'output_type',
  'outputtype',
  'amp_js_v',
  'amp_gsa',
  'usqp',
  '_ga',
  'gad_source',
  'gad_campaignid',
  'gaa_at',
  'gaa_n',
  'gaa_ts',
  'gaa_sig',
  'mibextid',
  'sfnsn',
  '__twitter_impression',
  'li_fat_id',
  'epik',
  '_kx',
  '_ke',
  '_bhlid',
  'ck_subscriber_id',
  'elqtrack',
  'elqtrackid',
  'dm_i',
  's_kwcid',
  'ef_id',
  'intcmp',
  'itm_source',
  'itm_medium',
  'itm_campaign',
  'itm_content',
  'wt.mc_id',
]);
/** A value that means "from the feed": `ref=rss`, `mod=rss_news`, `partner=rss`, `source=feed`. */
const FROM_FEED = /(^|[^a-z0-9])(rss\d?|atom|feeds?)([^a-z0-9]|$)/i;
const FROM_FEED_NAMES =
  /^(ref|referrer|source|src|from|via|partner|mod|campaign|camp|cmp|medium|origin|channel|rss|feed|emc|in|r|s|cid|taid|mbid|fr|track|tracking|refid|refsrc|ncid|icid)$/i;

/** By host suffix: `edition.cnn.com` belongs to `cnn.com`. */
const byHost = new Map(OF_PUBLISHERS.flatMap(([hosts, names]) => hosts.split(' ').map((host) => [host, new Set(names.split(' '))] as const)));

/**
 * Whether a parameter of an address, as `name=value`, tracks where a reader came from. On an unknown host, only if its name
 * or its value is unambiguous.
 */
export function isPublishersMark(parameter: string, host: string): boolean {
  const [name = '', value = ''] = parameter.split(/=(.*)/s);
  const lower = name.toLowerCase();
  if (ANYWHERE.has(lower) || marksOf(host)?.has(lower)) return true;
  return (FROM_FEED_NAMES.test(lower) && FROM_FEED.test(value)) || (lower === 'output' && value === 'amp');
}

function marksOf(host: string): ReadonlySet<string> | undefined {
  for (let rest = host; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) {
    const marks = byHost.get(rest);
    if (marks) return marks;
  }
  return undefined;
}
