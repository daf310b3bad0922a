/** How much of a page is inspected, in bytes: a bot check identifies itself near the beginning. */
export const ENOUGH_OF_A_PAGE = 32 * 1024;

interface AnswerHeaders {
  get(name: string): string | null;
}

/** Headers that occur only with a bot check, and whose check it is. */
const HEADERS: readonly (readonly [name: string, value: RegExp, whose: string])[] = [
  ['cf-mitigated', /challenge/i, 'Cloudflare'],
  ['x-amzn-waf-action', /challenge|captcha/i, 'AWS WAF'],
  ['x-dd-b', /./, 'DataDome'],
  ['x-sucuri-block', /./, 'Sucuri'],
];

/**
 * Patterns that occur only in pages of a bot check. Scripts that the same services put into every page are not included,
 * such as Cloudflare's `/cdn-cgi/challenge-platform/scripts/`.
 */
const PAGES: readonly (readonly [pattern: RegExp, whose: string])[] = [
  [
    /<title>\s*(?:just a moment|please wait|attention required!|one more step)[^<]*(?:\.\.\.|cloudflare)|_cf_chl_opt|cf-chl-|cf-browser-verification|challenge-platform\/h\/\w\/orchestrate/i,
    'Cloudflare',
  ],
  [/check\.ddos-guard\.net|<title>\s*ddos-guard/i, 'DDoS-Guard'],
  [/incapsula incident id/i, 'Imperva'],
  [/captcha-delivery\.com/i, 'DataDome'],
  [/sucuri_cloudproxy_js|sucuri website firewall - access denied/i, 'Sucuri'],
  [/\.awswaf\.com\/|AwsWafIntegration/i, 'AWS WAF'],
  [/id="anubis_challenge"|<title>\s*making sure you(?:'|&#39;|&#x27;|’)re not a bot/i, 'Anubis'],
  [
    /<title>[^<]*(?:checking your browser|are you (?:a )?(?:human|robot)|verify(?:ing)? (?:that )?you are (?:a )?human|human verification|bot verification|security check|captcha)/i,
    'its protection',
  ],
  [/enable javascript and cookies to continue/i, 'its protection'],
];

/** Whose bot check these headers belong to; `undefined` if none. */
export const challengeInHeaders = (headers: AnswerHeaders): string | undefined => HEADERS.find(([name, value]) => value.test(headers.get(name) ?? ''))?.[2];

/** Whose bot check this web page is, by its beginning; `undefined` if none. */
export function challengeInPage(page: string): string | undefined {
  const beginning = page.slice(0, ENOUGH_OF_A_PAGE);
  return PAGES.find(([pattern]) => pattern.test(beginning))?.[1];
}

/** What the owner of a source can do about a bot check. */
export const CHALLENGE_ADVICE =
  'No program that reads feeds passes that: try another User-Agent for this source, or ask the publisher for an address that is open to feed readers.';
