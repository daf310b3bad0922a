import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// eslint-disable-next-line @nx/enforce-module-boundaries -- only what the library's own tests start; the library itself stays loaded on demand
import { CLIENT_ID, CLIENT_SECRET, startProvider, throughProvider, type AtProvider } from '@barometer/access-oidc/testing';
import { readSettings } from './config';
import { barometer, barometerBeside, startBarometer, type RunningBarometer } from './testing/barometer-process';

const folder = mkdtempSync(join(tmpdir(), 'barometer-sign-in-'));
const secretFile = join(folder, 'client-secret');
const BASE = '/mood';
let port: number;
let issuer: string;
let provider: Awaited<ReturnType<typeof startProvider>>;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}

const environment = () => ({
  DATA_DIR: join(folder, 'data'),
  SOURCES_FILE: join(folder, 'sources.yaml'),
  PORT: String(port),
  BASE_PATH: BASE,
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: CLIENT_ID,
  OIDC_CLIENT_SECRET_FILE: secretFile,
  OIDC_ALLOW_PRIVATE_ISSUER: '1',
  OIDC_READERS: 'groups=readers',
  OIDC_WRITERS: 'groups=editors',
  OIDC_ADMINS: 'groups=admins',
});

beforeAll(async () => {
  writeFileSync(join(folder, 'sources.yaml'), 'sources: []\n');
  writeFileSync(secretFile, `${CLIENT_SECRET}\n`, { mode: 0o600 });
  port = await freePort();
  const home = `http://127.0.0.1:${port}${BASE}`;
  provider = await startProvider({ redirectUris: [`${home}/api/v1/session/callback`], signedOutUris: [`${home}/`] });
  issuer = provider.issuer;
});
afterAll(async () => {
  await provider.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A browser on the page: keeps cookies, and sends the origin of its requests. */
function browserAt(address: string) {
  const jar = new Map<string, string>();
  const { origin } = new URL(address);
  const ask = async (method: string, path: string, extra: Record<string, string> = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(`${address}${path}`, { method, redirect: 'manual', headers: { cookie, ...(method !== 'GET' && { origin }), ...extra } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  const api = (method: string, path: string, extra?: Record<string, string>) => ask(method, `/api/v1${path}`, extra);
  /** @returns the address to which the sign-in redirects at its end */
  const signIn = async (what: AtProvider) => {
    const there = (await api('GET', '/session/sign-in?returnTo=/?topic=energy')).headers.get('location') ?? '';
    const back = await throughProvider(there, what);
    expect(back).toContain(`${address}/api/v1/session/callback?`);
    return (await ask('GET', back.slice(address.length))).headers.get('location');
  };
  return { api, signIn };
}

describe('signing in at a real provider', () => {
  let running: RunningBarometer;
  beforeAll(async () => {
    running = await startBarometer(environment());
  }, 120_000);
  afterAll(async () => void (await running.end('SIGTERM')));

  it('gives each person the role from the settings, until the session ends', async () => {
    expect(running.output()).not.toContain('every request needs an access key');
    const newBrowser = () => browserAt(running.address);
    const [anna, bert, dora, nobody] = [newBrowser(), newBrowser(), newBrowser(), newBrowser()];
    expect((await nobody.api('GET', '/mood')).status).toBe(401);
    expect([await anna.signIn({ as: 'anna' }), await bert.signIn({ as: 'bert' }), await dora.signIn({ as: 'dora' })]).toEqual(
      Array(3).fill(`${BASE}/?topic=energy`),
    );
    expect([await nobody.signIn({ as: 'carl' }), await nobody.signIn('cancels')]).toEqual([`${BASE}/?sign-in=refused`, `${BASE}/?sign-in=cancelled`]);
    expect(running.output()).toContain('Nobody was let in whom the provider calls "carl"');

    const change = async ({ api }: ReturnType<typeof browserAt>) => (await api('POST', '/sources/nothing/poll')).status;
    expect([await change(anna), await change(bert)]).toEqual([404, 403]);
    expect(await (await bert.api('GET', '/session')).json()).toMatchObject({ by: 'sign-in', role: 'read', name: 'Bert Example', email: 'bert@example.org' });

    const { items } = (await (await dora.api('GET', '/sessions')).json()) as { items: { id: string; name: string }[] };
    expect(items.map(({ name }) => name)).toEqual(['Anna Example', 'Bert Example', 'Dora Example']);
    expect((await dora.api('DELETE', `/sessions/${items[1]?.id}`)).status).toBe(204);
    expect([(await bert.api('GET', '/mood')).status, (await anna.api('GET', '/mood')).status]).toEqual([401, 200]);

    // The command line works beside the running process.
    const listed = await barometerBeside(['sessions', 'list'], environment());
    expect(listed.stdout).toMatch(/^[0-9a-f]{16} {2}write {2}\S+ to \S+ {2}Anna Example {2}anna@example\.org\n[0-9a-f]{16} {2}admin {2}.* {2}Dora Example\n$/);
    expect((await barometerBeside(['sessions', 'end', listed.stdout.slice(0, 16)], environment())).stdout).toBe(`ended ${listed.stdout.slice(0, 16)}\n`);
    expect((await anna.api('GET', '/mood')).status).toBe(401);
    expect(await barometerBeside(['sessions', 'end'], environment())).toMatchObject({ status: 1, stderr: 'Name one session, or --all.\n' });
    expect(await barometerBeside(['sessions', 'end', 'x'], environment())).toMatchObject({ status: 1, stderr: 'there is no session x\n' });

    const out = (await (await dora.api('DELETE', '/session')).json()) as { providerSignOut: string };
    expect(out.providerSignOut).toMatch(new RegExp(`^${issuer}/session/end\\?.*post_logout_redirect_uri=http%3A%2F%2F127\\.0\\.0\\.1%3A${port}%2Fmood%2F`));
    expect((await dora.api('GET', '/mood')).status).toBe(401);
    await anna.signIn({ as: 'anna' });
    expect((await barometerBeside(['sessions', 'end', '--all'], environment())).stdout).toBe('ended 1\n');
    expect((await anna.api('GET', '/mood')).status).toBe(401);
    expect(running.output()).not.toContain(CLIENT_SECRET);
  }, 180_000);
});

it('starts while the provider is down, and keys work', async () => {
  const down = { ...environment(), DATA_DIR: join(folder, 'other'), OIDC_ISSUER: 'http://127.0.0.1:9', PORT: String(await freePort()) };
  const key = barometer(['keys', 'add', 'mine', '--role', 'write'], down).stdout.trim();
  const running = await startBarometer(down);
  const { api } = browserAt(running.address);
  expect((await api('GET', '/mood', { authorization: `Bearer ${key}` })).status).toBe(200);
  expect((await api('GET', '/session/sign-in')).headers.get('location')).toBe(`${BASE}/?sign-in=unreachable`);
  expect(running.output()).toContain(
    'Nobody can sign in at http://127.0.0.1:9 now, and every sign-in tries again; keys work. The provider does not answer: 127.0.0.1:9 cannot be reached',
  );
  expect(barometer(['doctor'], down).stdout).toMatch(/sign-in .*The provider does not answer/);
  await running.end('SIGTERM');
  expect(barometer(['doctor'], environment()).stdout).toMatch(new RegExp(`sign-in .*${issuer} answers, and ends its own session at signing out`));
}, 180_000);

it("does not start without the client's secret, and never repeats it", async () => {
  const open = join(folder, 'open-secret');
  writeFileSync(open, CLIENT_SECRET);
  chmodSync(open, 0o644);
  const start = (more: Record<string, string>) =>
    barometerBeside(['up'], { ...environment(), DATA_DIR: join(folder, 'third'), ...more }, { killAfterMs: 60_000 });
  const refused = await start({ OIDC_CLIENT_SECRET_FILE: open });
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining(`OIDC_CLIENT_SECRET_FILE ${open} can be read or changed by others`)]);
  expect(refused.stdout + refused.stderr).not.toContain(CLIENT_SECRET);
  writeFileSync(join(folder, 'empty'), '\n', { mode: 0o600 });
  expect((await start({ OIDC_CLIENT_SECRET_FILE: join(folder, 'empty') })).stderr).toContain('is empty');
  expect(() => readSettings({ ...environment(), OIDC_CLIENT_SECRET_FILE: '' }, '/r')).toThrow('OIDC_CLIENT_SECRET_FILE must be set with OIDC_ISSUER');
  expect(readSettings(environment(), '/r')).toMatchObject({ needsKeys: true, signIn: { issuer, secretFile } });
}, 180_000);
