import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Fields = Record<string, unknown>;

/** Behaviour of an issuer that no real one would have. */
export interface StubBehaviour {
  /** Replaces claims of a valid ID token. */
  claims?: Fields;
  /** Replaces fields of a valid token response; `status` sets its HTTP status. */
  token?: Fields & { readonly status?: number };
  metadata?: Fields;
  /** Signs with a key that it doesn't publish. */
  foreignKey?: boolean;
  /** Closes connections without answering. */
  down?: boolean;
  /** Answers everything with this HTTP status. */
  status?: number;
  userinfo?: Fields;
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function jwt(claims: Fields, key: KeyObject): string {
  const text = `${encoded({ alg: 'RS256', kid: 'one' })}.${encoded(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

/** An issuer on loopback that misbehaves as configured; any code is exchanged for a token with the nonce of the last sign-in. */
export async function stubIssuer(clientId: string) {
  const [own, foreign] = [generateKeyPairSync('rsa', { modulusLength: 2048 }), generateKeyPairSync('rsa', { modulusLength: 2048 })];
  const behaviour: StubBehaviour = {};
  const asked: { readonly path: string; readonly body: URLSearchParams; readonly authorization: string | undefined }[] = [];
  const state = { nonce: '' };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (behaviour.down) return void request.socket.destroy();
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += String(part);
    const path = request.url ?? '';
    asked.push({ path, body: new URLSearchParams(body), authorization: request.headers.authorization });
    const { status = 200, ...fields } = documents()[path] ?? { status: 404 };
    response.writeHead(behaviour.status ?? Number(status), { 'content-type': 'application/json' }).end(JSON.stringify(fields));
  }

  const documents = (): Record<string, Fields> => {
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: issuer, aud: clientId, sub: 'anna', iat: now, exp: now + 300, nonce: state.nonce, groups: ['editors'], ...behaviour.claims };
    return {
      '/.well-known/openid-configuration': {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        ...(behaviour.userinfo && { userinfo_endpoint: `${issuer}/me` }),
        ...behaviour.metadata,
      },
      '/jwks': { keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] },
      '/token': { access_token: 'at', token_type: 'Bearer', id_token: jwt(claims, (behaviour.foreignKey ? foreign : own).privateKey), ...behaviour.token },
      '/me': { sub: 'anna', ...behaviour.userinfo },
    };
  };

  return {
    issuer,
    behaviour,
    asked,
    /** Plays the browser: reads the parameters of a sign-in's redirect, and answers the query with which it returns. */
    back: (location: string, change: Record<string, string> = {}): string => {
      const parameters = new URL(location).searchParams;
      state.nonce = parameters.get('nonce') ?? '';
      return new URLSearchParams({ code: 'c', state: parameters.get('state') ?? '', ...change }).toString();
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
