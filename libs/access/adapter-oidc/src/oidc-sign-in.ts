import { roleOf, verifiedEmail, type BegunSignIn, type Claims, type Person, type SignedIn, type SignInProblem, type SignInSettings } from '@barometer/access';
import { guardedFetch, type ResolveName } from '@barometer/guarded-http';
import { err, HOUR, MINUTE, ok, SECOND, withoutHiddenCharacters, type Clock, type Result } from '@barometer/kernel';
import * as oidc from 'openid-client';
import * as z from 'zod';
import { problemOf, ProviderError } from './provider-problem';
import { seal, sealingKey, unseal } from './sealed';

/** Enough time for people to find their second factor. */
const SIGN_IN_TIME = 10 * MINUTE;
/** A provider that moves is noticed after this time; signing keys are looked up by their names. */
const KNOWN_FOR = HOUR;
/** Time limit of each request; a sign-in sends up to four, and a function of AWS has to answer within fifteen seconds. */
const PATIENCE = 3 * SECOND;
/** The largest difference between the provider's clock and ours. */
const CLOCK_TOLERANCE = MINUTE;
const LONGEST_NAME = 100;

export interface OidcSignInOptions {
  readonly settings: Pick<SignInSettings, 'issuer' | 'clientId' | 'scopes' | 'rules' | 'allowPrivate'>;
  /** The client's secret, from a file or a secret store. Rejects with a sentence if it cannot be read. */
  readonly secret: () => Promise<string>;
  readonly clock: Clock;
  readonly lookup?: ResolveName;
}

/** What a provider's metadata say, for the operator who configures it. */
export interface ProviderSummary {
  readonly issuer: string;
  /** Whether it can also end its own session. */
  readonly endsSessions: boolean;
}

const pendingSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
  returnTo: z.string(),
  until: z.number(),
});

/**
 * Signs people in at an OpenID Connect provider, which is found by discovery: authorization code with PKCE, state and
 * nonce. The state of a sign-in is kept in a sealed cookie, so that any instance can finish it. Failures caused by
 * people or providers are returned; the provider is not contacted before the first sign-in.
 */
export class OidcSignIn {
  private known: { readonly at: number; readonly provider: Promise<oidc.Configuration> } | undefined;
  private readonly fetch: oidc.CustomFetch;

  constructor(private readonly options: OidcSignInOptions) {
    const {
      settings: { allowPrivate },
      lookup,
    } = options;
    const fetch = guardedFetch({ allowPrivate, totalMs: PATIENCE, ...(lookup && { lookup }) }, 'where a provider may be only with OIDC_ALLOW_PRIVATE_ISSUER=1');
    this.fetch = (url, init) => fetch(url, init as RequestInit);
  }

  /**
   * @param redirectUri where the provider sends the browser back to; it must be registered there
   * @param returnTo the view of the page to return to
   */
  begin({ redirectUri, returnTo }: { readonly redirectUri: string; readonly returnTo: string }): Promise<Result<BegunSignIn, SignInProblem>> {
    return answered(async () => {
      const provider = await this.provider();
      const uri = new URL(redirectUri).href;
      const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
      const location = oidc.buildAuthorizationUrl(provider, {
        redirect_uri: uri,
        scope: this.options.settings.scopes,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      const until = this.options.clock.now() + SIGN_IN_TIME;
      return ok({ location: location.href, pending: seal({ state, nonce, verifier, redirectUri: uri, returnTo, until }, await this.key()) });
    });
  }

  /** @param query the parameters of the provider's redirect; `pending` is what `begin` returned, from the browser's cookie */
  finish({ query, pending }: { readonly query: string; readonly pending: string | undefined }): Promise<Result<SignedIn, SignInProblem>> {
    return answered(async () => {
      const begun = pendingSchema.safeParse(pending === undefined ? undefined : unseal(pending, await this.key()));
      if (!begun.success) return expired('this browser has not begun it, or has finished it already');
      const { state, nonce, verifier, redirectUri, returnTo, until } = begun.data;
      if (this.options.clock.now() >= until) return expired('it was begun more than ten minutes ago');
      // A second tab began another sign-in, or the answer belongs to another person.
      if (new URLSearchParams(query).get('state') !== state) return expired('the answer belongs to another one');
      const provider = await this.provider();
      const tokens = await oidc.authorizationCodeGrant(provider, new URL(`?${query}`, redirectUri), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      return this.signedIn(await this.claimsOf(provider, tokens), returnTo);
    });
  }

  /**
   * The address at which the provider ends its own session and redirects back; `undefined` if it has none or its
   * metadata are not known.
   */
  async signOutAddress(returnTo: string): Promise<string | undefined> {
    const provider = await this.provider().catch(() => undefined);
    if (provider?.serverMetadata().end_session_endpoint === undefined) return undefined;
    return oidc.buildEndSessionUrl(provider, { post_logout_redirect_uri: returnTo }).href;
  }

  /** Reads the provider's metadata. */
  look(): Promise<Result<ProviderSummary, SignInProblem>> {
    return answered(async () => {
      const { issuer, end_session_endpoint: endSession } = (await this.provider()).serverMetadata();
      return ok({ issuer, endsSessions: endSession !== undefined });
    });
  }

  private signedIn(claims: Claims, returnTo: string): Result<SignedIn, SignInProblem> {
    const person = personOf(claims);
    const role = roleOf(claims, this.options.settings.rules);
    if (role) return ok({ person, role, returnTo });
    return err({
      code: 'refused',
      message: `Nobody was let in whom the provider calls "${person.subject}": none of OIDC_READERS, OIDC_WRITERS and OIDC_ADMINS fits what it said of them (${Object.keys(claims).join(', ')}).`,
    });
  }

  /** Some providers put groups into the token, some only into userinfo; the token takes precedence. */
  private async claimsOf(provider: oidc.Configuration, tokens: Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>): Promise<Claims> {
    const claims = tokens.claims();
    if (!claims) throw new ProviderError('The provider sent no ID token.');
    if (provider.serverMetadata().userinfo_endpoint === undefined) return claims;
    return { ...(await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub)), ...claims };
  }

  private async key(): Promise<Buffer> {
    return sealingKey(await this.secret());
  }

  private async secret(): Promise<string> {
    return this.options.secret().catch((error: unknown) => {
      throw new ProviderError(`The secret of the client cannot be had: ${(error as Error).message}`);
    });
  }

  private provider(): Promise<oidc.Configuration> {
    const now = this.options.clock.now();
    if (!this.known || Math.abs(now - this.known.at) > KNOWN_FOR) {
      const known = { at: now, provider: this.discover() };
      this.known = known;
      // A failed discovery is tried again at the next sign-in.
      known.provider.catch(() => {
        if (this.known === known) this.known = undefined;
      });
    }
    return this.known.provider;
  }

  private async discover(): Promise<oidc.Configuration> {
    const {
      settings: { issuer, clientId, allowPrivate },
    } = this.options;
    const execute = allowPrivate ? [oidc.allowInsecureRequests] : [];
    const found = await oidc.discovery(new URL(issuer), clientId, undefined, oidc.None(), { execute, [oidc.customFetch]: this.fetch });
    const secret = await this.secret();
    const metadata = found.serverMetadata();
    // Basic is the default for a provider that names no method (OpenID Connect Discovery 1.0, section 3).
    const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const authentication = methods.includes('client_secret_basic') ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret);
    const provider = new oidc.Configuration(metadata, clientId, { client_secret: secret, [oidc.clockTolerance]: CLOCK_TOLERANCE / SECOND }, authentication);
    provider[oidc.customFetch] = this.fetch;
    // The token comes directly from the provider; checking its signature as well costs one look-up of the keys.
    oidc.enableNonRepudiationChecks(provider);
    for (const allow of execute) allow(provider);
    return provider;
  }
}

const expired = (why: string): Result<never, SignInProblem> => err({ code: 'expired', message: `A sign-in was not finished: ${why}.` });

async function answered<T>(act: () => Promise<Result<T, SignInProblem>>): Promise<Result<T, SignInProblem>> {
  try {
    return await act();
  } catch (error) {
    return err(problemOf(error));
  }
}

function personOf(claims: Claims): Person {
  const { sub, name, preferred_username: userName } = claims;
  const email = verifiedEmail(claims);
  const shown = [name, userName, email].find((text) => typeof text === 'string' && text.trim() !== '') ?? sub;
  const subject = withoutHiddenCharacters(String(sub)).slice(0, 255);
  return {
    subject,
    name: withoutHiddenCharacters(String(shown)).trim().slice(0, LONGEST_NAME) || subject,
    ...(email !== undefined && { email: email.slice(0, 320) }),
  };
}
