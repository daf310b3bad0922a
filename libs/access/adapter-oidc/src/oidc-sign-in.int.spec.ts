import { readRoleRule, type RoleRule, type SignInProblem } from '@barometer/access';
import { HOUR, ManualClock, MINUTE } from '@barometer/kernel';
import type { ResolveName } from '@barometer/guarded-http';
import { OidcSignIn, type OidcSignInOptions } from './index';
import { CLIENT_ID, CLIENT_SECRET, startProvider, stubIssuer, throughProvider, type RealProviderOptions, type StubBehaviour } from './testing';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const REDIRECT = 'https://mood.example/barometer/api/v1/session/callback';
const rule = (text: string): RoleRule => {
  const read = readRoleRule(text);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
};
const rules = { read: [rule('groups=readers'), rule('carl@example.org')], write: [rule('groups=editors')], admin: [rule('groups=admins')] };

function signInAt(
  issuer: string,
  {
    secret = async () => CLIENT_SECRET,
    clock = new ManualClock(Date.now()),
    allowPrivate = true,
    lookup,
    ...settings
  }: Partial<Omit<OidcSignInOptions, 'clock'> & OidcSignInOptions['settings'] & { readonly clock: ManualClock }> = {},
) {
  return {
    clock,
    signIn: new OidcSignIn({
      settings: { issuer, clientId: CLIENT_ID, scopes: 'openid profile email', rules, allowPrivate, ...settings },
      secret,
      clock,
      ...(lookup && { lookup }),
    }),
  };
}

async function begun(signIn: OidcSignIn, returnTo = '/?topic=energy') {
  const answer = await signIn.begin({ redirectUri: REDIRECT, returnTo });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

describe('at a real provider', () => {
  async function realProvider(options: Partial<RealProviderOptions> = {}) {
    const provider = await startProvider({ redirectUris: [REDIRECT], signedOutUris: ['https://mood.example/barometer/'], ...options });
    closers.push(provider.close);
    return provider.issuer;
  }

  it.each([
    ['anna', 'write', { subject: 'anna', name: 'Anna Example', email: 'anna@example.org' }],
    ['bert', 'read', { subject: 'bert', name: 'Bert Example', email: 'bert@example.org' }],
    ['dora', 'admin', { subject: 'dora', name: 'Dora Example' }],
  ])('signs %s in with the right to %s', async (as, role, person) => {
    const { signIn } = signInAt(await realProvider());
    const { location, pending } = await begun(signIn);
    const parameters = new URL(location).searchParams;
    expect([parameters.get('code_challenge_method'), parameters.get('response_type'), parameters.get('redirect_uri'), parameters.get('scope')]).toEqual([
      'S256',
      'code',
      REDIRECT,
      'openid profile email',
    ]);
    expect([parameters.get('state'), parameters.get('nonce'), parameters.get('code_challenge')].every((one) => (one ?? '').length >= 40)).toBe(true);
    const back = new URL(await throughProvider(location, { as }));
    expect(`${back.origin}${back.pathname}`).toBe(REDIRECT);
    expect(await signIn.finish({ query: back.search.slice(1), pending })).toEqual({ ok: true, value: { person, role, returnTo: '/?topic=energy' } });
  });

  it('accepts a code once, even if the browser keeps its cookie', async () => {
    const { signIn } = signInAt(await realProvider({ authentication: 'client_secret_post' }));
    const { location, pending } = await begun(signIn);
    const query = new URL(await throughProvider(location, { as: 'anna' })).search.slice(1);
    expect((await signIn.finish({ query, pending })).ok).toBe(true);
    expect(await signIn.finish({ query, pending })).toEqual({
      ok: false,
      error: { code: 'expired', message: expect.stringContaining('no longer takes its code') },
    });
  });

  it('refuses a person who cancels, or whom no rule names', async () => {
    const { signIn } = signInAt(await realProvider());
    const first = await begun(signIn);
    const cancelled = new URL(await throughProvider(first.location, 'cancels')).search.slice(1);
    expect(await signIn.finish({ query: cancelled, pending: first.pending })).toEqual({
      ok: false,
      error: { code: 'cancelled', message: 'A sign-in was cancelled at the provider.' },
    });
    const second = await begun(signIn);
    const carl = new URL(await throughProvider(second.location, { as: 'carl' })).search.slice(1);
    expect(await signIn.finish({ query: carl, pending: second.pending })).toEqual({
      ok: false,
      error: { code: 'refused', message: expect.stringContaining('whom the provider calls "carl"') },
    });
  });

  it('is refused with a wrong client, and says so without its secret', async () => {
    const { signIn } = signInAt(await realProvider(), { secret: async () => 'wrong-secret-wrong-secret-wrong-secret' });
    const { location, pending } = await begun(signIn);
    const query = new URL(await throughProvider(location, { as: 'anna' })).search.slice(1);
    const answer = await signIn.finish({ query, pending });
    expect(answer).toEqual({ ok: false, error: { code: 'rejected', message: expect.stringContaining('does not know this client or its secret') } });
    expect(JSON.stringify(answer)).not.toContain('wrong-secret');
    const { signIn: other } = signInAt(await realProvider(), { clientId: 'nobody' });
    await expect(throughProvider((await begun(other)).location, { as: 'anna' })).rejects.toThrow('invalid_client');
  });

  it('knows where the provider ends its own session', async () => {
    const { signIn } = signInAt(await realProvider());
    const address = new URL((await signIn.signOutAddress('https://mood.example/barometer/')) ?? '');
    expect([address.pathname, address.searchParams.get('post_logout_redirect_uri'), address.searchParams.get('client_id')]).toEqual([
      '/session/end',
      'https://mood.example/barometer/',
      CLIENT_ID,
    ]);
    expect((await fetch(address)).status).toBe(200);
    expect(await signIn.look()).toEqual({ ok: true, value: { issuer: address.origin, endsSessions: true } });
    const without = signInAt(await realProvider({ withoutSignOut: true })).signIn;
    expect([await without.signOutAddress('https://mood.example/'), (await without.look()).ok]).toEqual([undefined, true]);
  });
});

describe('at a provider that misbehaves', () => {
  async function stub(behaviour: StubBehaviour = {}, options: Parameters<typeof signInAt>[1] = {}) {
    const issuer = await stubIssuer(CLIENT_ID);
    closers.push(issuer.close);
    Object.assign(issuer.behaviour, behaviour);
    return { stub: issuer, ...signInAt(issuer.issuer, options) };
  }

  async function finished(behaviour: StubBehaviour, change?: Record<string, string>) {
    const { stub: issuer, signIn } = await stub(behaviour);
    const { location, pending } = await begun(signIn);
    return signIn.finish({ query: issuer.back(location, change), pending });
  }

  const now = () => Math.floor(Date.now() / 1_000);

  it.each<[string, () => StubBehaviour, SignInProblem]>([
    [
      'a token for another audience',
      () => ({ claims: { aud: 'other' } }),
      { code: 'rejected', message: 'What the provider answered cannot be trusted: unexpected JWT "aud" (audience) claim value.' },
    ],
    [
      'a token of another issuer',
      () => ({ claims: { iss: 'https://evil.example' } }),
      { code: 'rejected', message: 'What the provider answered cannot be trusted: unexpected JWT "iss" (issuer) claim value.' },
    ],
    [
      'a token for another sign-in',
      () => ({ claims: { nonce: 'other' } }),
      { code: 'rejected', message: 'What the provider answered cannot be trusted: unexpected ID Token "nonce" claim value.' },
    ],
    ['a token without a nonce', () => ({ claims: { nonce: undefined } }), { code: 'rejected', message: expect.stringContaining('nonce') }],
    [
      'a token that has expired',
      () => ({ claims: { iat: now() - 400, exp: now() - 100 } }),
      { code: 'rejected', message: expect.stringMatching(/not of this time \(.*"exp".*\): its clock or ours is wrong/) },
    ],
    ['a token that nobody signed whom it publishes', () => ({ foreignKey: true }), { code: 'rejected', message: expect.stringContaining('signature') }],
    ['no token', () => ({ token: { id_token: undefined } }), { code: 'rejected', message: expect.stringContaining('cannot be trusted') }],
    ['an odd error', () => ({ token: { status: 400, error: 'odd "<b>"' } }), { code: 'rejected', message: 'The provider gave no token: it answered "oddb".' }],
    ['a fault of its own', () => ({ token: { status: 503 } }), { code: 'unreachable', message: 'The provider is in trouble: it answered with HTTP 503.' }],
    ['what it says of another', () => ({ userinfo: { sub: 'bert' } }), { code: 'rejected', message: expect.stringContaining('sub') }],
  ])('%s is refused', async (_what, behaviour, error) => expect(await finished(behaviour())).toEqual({ ok: false, error }));

  it('a clock that is off by less than a minute does no harm', async () => {
    expect((await finished({ claims: { iat: now() - 400, exp: now() - 40 } })).ok).toBe(true);
    expect((await finished({ claims: { iat: now() + 40, nbf: now() + 40, exp: now() + 400 } })).ok).toBe(true);
  });

  it.each([
    ['access_denied', 'cancelled'],
    ['temporarily_unavailable', 'unreachable'],
    ['invalid_scope', 'rejected'],
  ])('the answer %s counts as %s', async (error, code) => {
    const { stub: issuer, signIn } = await stub();
    const { location, pending } = await begun(signIn);
    const query = new URLSearchParams(issuer.back(location));
    query.delete('code');
    query.set('error', error);
    expect(await signIn.finish({ query: query.toString(), pending })).toEqual({ ok: false, error: { code, message: expect.any(String) } });
  });

  it('accepts an answer only from the browser that began, for what it began, and in time', async () => {
    const { stub: issuer, signIn, clock } = await stub();
    const [one, other] = [await begun(signIn), await begun(signIn)];
    const problem = async (query: string, pending: string | undefined) => {
      const answer = await signIn.finish({ query, pending });
      return answer.ok ? answer.value : answer.error.message;
    };
    const query = issuer.back(one.location);
    expect(await problem(query, undefined)).toBe('A sign-in was not finished: this browser has not begun it, or has finished it already.');
    expect(await problem(query, 'nonsense')).toContain('has not begun it');
    expect(await problem(query, `${one.pending.slice(0, -2)}AA`)).toContain('has not begun it');
    expect(await problem(query, other.pending)).toBe('A sign-in was not finished: the answer belongs to another one.');
    expect(await problem('', one.pending)).toContain('belongs to another one');
    const elsewhere = signInAt(issuer.issuer, { secret: async () => 'another secret' }).signIn;
    expect((await elsewhere.finish({ query, pending: one.pending })).ok).toBe(false);
    clock.advance(10 * MINUTE);
    expect(await problem(query, one.pending)).toBe('A sign-in was not finished: it was begun more than ten minutes ago.');
    expect(issuer.asked.filter(({ path }) => path === '/token')).toEqual([]);
  });

  it('proves by PKCE that the same browser began, and authenticates itself as the provider requires', async () => {
    const { stub: issuer, signIn } = await stub({ metadata: { token_endpoint_auth_methods_supported: ['client_secret_post'] } });
    const { location, pending } = await begun(signIn);
    expect((await signIn.finish({ query: issuer.back(location), pending })).ok).toBe(true);
    const token = issuer.asked.find(({ path }) => path === '/token');
    expect([token?.body.get('code_verifier')?.length, token?.body.get('redirect_uri'), token?.body.get('client_secret'), token?.authorization]).toEqual([
      43,
      REDIRECT,
      CLIENT_SECRET,
      undefined,
    ]);
    expect(pending).not.toContain(token?.body.get('code_verifier'));
  });

  it('is not contacted before the first sign-in, then its metadata are kept for an hour', async () => {
    const { stub: issuer, signIn, clock } = await stub();
    expect(issuer.asked).toEqual([]);
    await begun(signIn);
    await begun(signIn);
    expect(issuer.asked.length).toBe(1);
    clock.advance(HOUR + 1);
    await begun(signIn);
    expect(issuer.asked.length).toBe(2);
  });

  it('may be down at the start and later, and is tried again', async () => {
    const { stub: issuer, signIn } = await stub({ down: true });
    const unreachable = {
      ok: false,
      error: { code: 'unreachable', message: expect.stringMatching(/^The provider does not answer: 127\.0\.0\.1:\d+ cannot be reached \(/) },
    };
    expect(await signIn.begin({ redirectUri: REDIRECT, returnTo: '/' })).toEqual(unreachable);
    expect([await signIn.look(), await signIn.signOutAddress('https://mood.example/')]).toEqual([unreachable, undefined]);
    issuer.behaviour.down = false;
    const { location, pending } = await begun(signIn);
    const query = issuer.back(location);
    issuer.behaviour.down = true;
    expect(await signIn.finish({ query, pending })).toEqual(unreachable);
    issuer.behaviour.down = false;
    expect((await signIn.finish({ query, pending })).ok).toBe(true);
  });

  it.each<[string, StubBehaviour, string, string]>([
    [
      'no provider at all',
      { status: 404 },
      'rejected',
      'The provider answered with HTTP 404: OIDC_ISSUER has to be the address that the provider calls its issuer.',
    ],
    ['one in trouble', { status: 502 }, 'unreachable', 'The provider is in trouble: it answered with HTTP 502.'],
    ['one that calls itself otherwise', { metadata: { issuer: 'https://other.example' } }, 'rejected', 'to the slash at the end'],
  ])('says that there is %s', async (_what, behaviour, code, message) => {
    const { signIn } = await stub(behaviour);
    expect(await signIn.look()).toEqual({ ok: false, error: { code, message: expect.stringContaining(message) } });
  });

  it('says why the secret cannot be read, and tries again', async () => {
    const secret = jest.fn<Promise<string>, []>().mockRejectedValueOnce(new Error('the secret store says no')).mockResolvedValue('now');
    const { signIn } = await stub({}, { secret });
    expect(await signIn.begin({ redirectUri: REDIRECT, returnTo: '/' })).toEqual({
      ok: false,
      error: { code: 'rejected', message: 'The secret of the client cannot be had: the secret store says no' },
    });
    await begun(signIn);
  });

  it('is not contacted at a private address, under any name', async () => {
    const privately = (issuer: string, lookup?: ResolveName) => signInAt(issuer, { allowPrivate: false, ...(lookup && { lookup }) }).signIn.look();
    const forbidden = (host: string) => ({
      ok: false,
      error: {
        code: 'unreachable',
        message: `The provider does not answer: ${host} is an address of a private or local network, where a provider may be only with OIDC_ALLOW_PRIVATE_ISSUER=1.`,
      },
    });
    expect(await privately('https://127.0.0.1:9')).toEqual(forbidden('127.0.0.1'));
    expect(await privately('https://id.example', (_name, _options, callback) => callback(null, [{ address: '192.168.1.5', family: 4 }]))).toEqual(
      forbidden('id.example'),
    );
  });

  it('shows no name that could hide what it is', async () => {
    const answer = await finished({ claims: { name: 'An\u202ena\u0000', email: 'a@example.org', email_verified: false } });
    expect(answer.ok && answer.value.person).toEqual({ subject: 'anna', name: 'Anna' });
    const long = await finished({ claims: { name: ' ', preferred_username: 'n'.repeat(500) } });
    expect(long.ok && long.value.person.name.length).toBe(100);
  });
});
