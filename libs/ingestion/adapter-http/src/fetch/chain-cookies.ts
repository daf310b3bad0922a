import { CookieJar } from 'tough-cookie';

interface AnswerHeaders {
  getSetCookie(): string[];
}

/** A cookie with neither a name nor a value is ignored. */
const hasContent = (cookie: string): boolean => !/^[\s=]*(?:;|$)/.test(cookie);

/**
 * The cookies of one chain of redirects, for sites that admit only clients which keep cookies. They are sent to the site
 * that set them, by the rules of RFC 6265 and the public suffix list, and are dropped with the chain, so that no site
 * can recognise a later poll.
 */
export class ChainCookies {
  /** Lenient like browsers: a value without a name is a cookie too. */
  private readonly jar = new CookieJar(undefined, { looseMode: true });
  /** Whether the last request carried cookies. */
  sent = false;

  /** The cookie headers for a request to `url`. */
  async headersFor(url: URL): Promise<{ readonly cookie?: string }> {
    const cookie = await this.jar.getCookieString(url.href);
    this.sent = cookie !== '';
    return this.sent ? { cookie } : {};
  }

  /** Stores the cookies of an answer; those that are invalid, or that this site may not set, are skipped. */
  async keep(headers: AnswerHeaders, url: URL): Promise<void> {
    for (const cookie of headers.getSetCookie().filter(hasContent)) await this.jar.setCookie(cookie, url.href, { ignoreError: true });
  }
}
