import { CookieJar } from 'tough-cookie';

interface AnswerHeaders {
  getSetCookie(): string[];
}

/** Neither a name nor a value is no cookie. */
const hasContent = (cookie: string): boolean => !/^[\s=]*(?:;|$)/.test(cookie);

/**
 * The cookies of one chain of redirects, for walls that let through only who keeps them. They go to the site that set
 * them, by the rules of RFC 6265 and the list of public suffixes, and end with the chain: no site can know a poll again.
 */
export class ChainCookies {
  /** Loose, as browsers are: a value without a name is a cookie too. */
  private readonly jar = new CookieJar(undefined, { looseMode: true });
  /** Whether the last request carried any. */
  sent = false;

  /** The headers that a request to `url` has for them. */
  async headersFor(url: URL): Promise<{ readonly cookie?: string }> {
    const cookie = await this.jar.getCookieString(url.href);
    this.sent = cookie !== '';
    return this.sent ? { cookie } : {};
  }

  /** Keeps what an answer sets; what is no cookie, or not the site's to set, is skipped. */
  async keep(headers: AnswerHeaders, url: URL): Promise<void> {
    for (const cookie of headers.getSetCookie().filter(hasContent)) await this.jar.setCookie(cookie, url.href, { ignoreError: true });
  }
}
