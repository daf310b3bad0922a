// A real OpenID Connect provider (oidc-provider) on loopback, as a separate process: it is an ES module, which Jest
// cannot load. Its argument says what to serve; it prints its port on standard output, and exits when its standard
// input ends.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { clients, accounts, port = 0, withoutSignOut = false } = JSON.parse(process.argv[2]);

const server = createServer();
server.listen(port, '127.0.0.1', () => {
  const address = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(address, {
    clients,
    claims: { openid: ['sub'], profile: ['name', 'groups'], email: ['email', 'email_verified'] },
    // The claims of a scope are only in userinfo, as with several providers.
    conformIdTokenClaims: true,
    pkce: { required: () => true },
    cookies: { keys: ['of a test'] },
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: !withoutSignOut } },
    findAccount: (_context, id) => accounts[id] && { accountId: id, claims: async () => ({ sub: id, ...accounts[id] }) },
  });
  server.on('request', provider.callback());
  process.stdout.write(`${address}\n`);
});
process.stdin.resume().on('end', () => process.exit(0));
