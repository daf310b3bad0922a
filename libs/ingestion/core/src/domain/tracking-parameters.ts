/**
 * Query parameters that track how a reader came to a page and never identify the page. Those for clicks and readers are from
 * Firefox's query stripping list (firefox-source-docs.mozilla.org, "Query Parameter Stripping") and Brave's query filter
 * (brave-core, components/query_filter); those for feeds are from the publishers' own feeds.
 */
const NAMES = new Set([
  // Clicks: Google, Meta, Microsoft, X, TikTok, Yandex, Yahoo, Branch, DoubleClick, Impact.
  'gclid',
  'gclsrc',
  'gbraid',
  'wbraid',
  'dclid',
  '_gl',
  'srsltid',
  'fbclid',
  'fb_action_ids',
  'fb_action_types',
  'fb_comment_id',
  'fb_ref',
  'fb_source',
  'igshid',
  'igsh',
  'msclkid',
  'twclid',
  'ttclid',
  'yclid',
  'ysclid',
  'ymclid',
  '_openstat',
  'guccounter',
  'guce_referrer',
  'guce_referrer_sig',
  '_branch_match_id',
  '_branch_referrer',
  'irclickid',
  'rb_clickid',
  // Mailings: Mailchimp, Marketo, HubSpot, Vero, Omeda, Drip, Adobe, MailerLite.
  'mc_cid',
  'mc_eid',
  'mkt_tok',
  '__hssc',
  '__hstc',
  '__hsfp',
  '_hsenc',
  '_hsmi',
  'hsctatracking',
  'vero_conv',
  'vero_id',
  'oly_anon_id',
  'oly_enc_id',
  '__s',
  's_cid',
  'ml_subscriber',
  'ml_subscriber_hash',
  'wickedid',
  'ss_email_id',
  'bsft_clkid',
  'bsft_uid',
  // Campaigns in links of feeds: Piano Analytics, AT Internet, the Guardian and CNN, MSN, Deutsche Welle, Al Jazeera, the New York Times, ABC.
  'xtor',
  'cmp',
  'cmpid',
  'icid',
  'ocid',
  'maca',
  'traffic_source',
  'smid',
  'ns_mchannel',
  'ns_source',
  'ns_campaign',
  'ns_linkname',
  'ns_fee',
  'feedtype',
  'feedname',
  'ftag',
  'wt_mc',
  'wt_zmc',
  'sc_src',
  'sc_campaign',
  'sc_channel',
  'sc_content',
  'sc_medium',
  'sc_outcome',
  'sc_geo',
  'sc_country',
]);

/** Google Analytics, Matomo and Piwik, Piano Analytics. */
const FAMILY = /^(?:utm|mtm|pk|piwik|matomo|at)_./;

/** Whether a query parameter's name, in any case, is one of the known tracking parameters. */
export function isTrackingParameter(name: string): boolean {
  const lower = name.toLowerCase();
  return NAMES.has(lower) || FAMILY.test(lower);
}
