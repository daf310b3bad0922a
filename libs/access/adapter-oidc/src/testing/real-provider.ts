import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface RealProviderOptions {
  /** Where the provider may redirect browsers to after sign-in; `signedOutUris` after sign-out. */
  readonly redirectUris: readonly string[];
  readonly signedOutUris?: readonly string[];
  /** Accounts by the names that people sign in with, in place of those below. */
  readonly accounts?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly authentication?: 'client_secret_basic' | 'client_secret_post';
  readonly port?: number;
  readonly withoutSignOut?: boolean;
}

export const CLIENT_ID = 'barometer';
export const CLIENT_SECRET = 'a secret of a test, of at least 32 characters';

const people = {
  anna: { name: 'Anna Example', email: 'anna@example.org', email_verified: true, groups: ['editors', 'staff'] },
  bert: { name: 'Bert Example', email: 'bert@example.org', email_verified: true, groups: ['readers'] },
  carl: { name: 'Carl Example', email: 'carl@example.org', email_verified: false, groups: [] },
  dora: { name: 'Dora Example', groups: ['admins'] },
};

/** Starts oidc-provider on loopback. Signing in there with a name of `accounts` gives that person, whatever the password. */
export async function startProvider({
  redirectUris,
  signedOutUris = [],
  accounts = people,
  authentication = 'client_secret_basic',
  port,
  withoutSignOut,
}: RealProviderOptions) {
  const clients = [
    {
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      redirect_uris: redirectUris,
      post_logout_redirect_uris: signedOutUris,
      token_endpoint_auth_method: authentication,
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ];
  const child = spawn(process.execPath, [join(__dirname, 'real-provider.mjs'), JSON.stringify({ clients, accounts, port, withoutSignOut })], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const issuer = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the provider ended with ${code}`)));
  });
  return {
    issuer,
    close: () =>
      new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        child.stdin.end();
      }),
  };
}

/** What a person does at the provider: signs in with this name and consents, or cancels. */
export type AtProvider = { readonly as: string } | 'cancels';

/** Goes through the provider's pages as a browser would, with its cookies. @returns the address that the browser is redirected to */
export async function throughProvider(location: string, what: AtProvider): Promise<string> {
  const { origin } = new URL(location);
  const jar = new Map<string, string>();
  const visit = async (address: string, form?: Record<string, string>) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(address, { redirect: 'manual', headers: { cookie }, ...(form && { method: 'POST', body: new URLSearchParams(form) }) });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return answer;
  };
  let answer = await visit(location);
  for (let step = 0; step < 12; step += 1) {
    const next = answer.headers.get('location');
    if (next !== null) {
      const address = new URL(next, origin).href;
      if (!address.startsWith(`${origin}/`)) return address;
      answer = await visit(address);
      continue;
    }
    const page = await answer.text();
    if (answer.status !== 200) throw new Error(`the provider answered with ${answer.status}: ${page.slice(0, 2_000)}`);
    const [, action = ''] = /<form[^>]*action="([^"]+)"/.exec(page) ?? [];
    const [, abort = ''] = /href="([^"]+\/abort)"/.exec(page) ?? [];
    const [, prompt = ''] = /name="prompt" value="([^"]+)"/.exec(page) ?? [];
    answer =
      what === 'cancels'
        ? await visit(new URL(abort, origin).href)
        : await visit(new URL(action, origin).href, prompt === 'login' ? { prompt, login: what.as, password: 'any' } : { prompt });
  }
  throw new Error('the provider sends the browser nowhere');
}
