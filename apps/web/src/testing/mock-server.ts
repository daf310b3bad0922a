import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { LiveBatch } from '@barometer/http-api/contract';
import { iso } from './mock-data';
import type { MockAnswer } from './mock-http';
import { answer } from './mock-routes';
import type { World } from './mock-world';

export const POLICY = "default-src 'self'; img-src 'self' data:; connect-src 'self'";
/** Headers of a digest's preview, as the real server sends them. */
const FRAMED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

/** Stand-ins for what other pages can embed. */
const embeds: Readonly<Record<string, string>> = {
  '/feeds/mood.html': '<!doctype html><html lang="en"><title>The mood</title><main><h1>The mood</h1></main></html>',
  '/feeds/mood.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="180" height="20"><rect width="180" height="20"/></svg>',
};

export interface MockServer {
  readonly url: string;
  /** Sends every open stream the event that articles were scored. */
  tell(batch: LiveBatch): void;
  stop(): Promise<void>;
}

/** Serves the built page from `folder` and an API for `world`, under the content policy of the real server. */
export async function startMockServer(world: World, folder: string, port = 0): Promise<MockServer> {
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    response.setHeader('content-security-policy', POLICY);
    const url = new URL(request.url ?? '/', 'http://mock');
    const embedded = embeds[url.pathname];
    if (embedded)
      return void response.writeHead(200, { 'content-type': types[extname(url.pathname)], 'content-security-policy': "default-src 'none'" }).end(embedded);
    if (!url.pathname.startsWith('/api/v1')) return sendFile(response, folder, url.pathname);
    if (url.pathname === '/api/v1/live' && world.signedIn) return openStream(response, streams, world);
    void buffer(request).then((bytes) => {
      const body = bytes.toString();
      const path = url.pathname.slice('/api/v1'.length);
      sendAnswer(request, response, answer(world, { method: request.method ?? 'GET', path: decodeURIComponent(path), query: url.searchParams, body }));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tell: (batch) => streams.forEach((stream) => stream.write(`event: scored\ndata: ${JSON.stringify(batch)}\n\n`)),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function openStream(response: ServerResponse, streams: Set<ServerResponse>, world: World): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(`event: hello\ndata: ${JSON.stringify({ at: iso(world.now()), version: '0.2.0', sample: world.sample })}\n\n`);
  streams.add(response);
  response.on('close', () => streams.delete(response));
}

function sendAnswer(request: IncomingMessage, response: ServerResponse, { status, body, html }: MockAnswer): void {
  if (html !== undefined) {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': FRAMED }).end(html);
    return;
  }
  const text = body === undefined ? '' : JSON.stringify(body);
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 16)}"`;
  if (request.method === 'GET' && status === 200 && request.headers['if-none-match'] === tag) {
    response.writeHead(304, { etag: tag }).end();
    return;
  }
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  response.writeHead(status, { 'content-type': type, ...(status === 200 && request.method === 'GET' && { etag: tag }) }).end(text);
}

function sendFile(response: ServerResponse, folder: string, pathname: string): void {
  const file = normalize(join(folder, pathname === '/' ? 'index.html' : pathname));
  try {
    if (!file.startsWith(folder + sep)) throw new Error('outside');
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
  } catch {
    response.writeHead(404).end();
  }
}
