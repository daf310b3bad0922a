import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A registry in front of another one that answers 400 to a manifest for an existing tag, as ECR does with immutable tags. */
export interface ImmutableRegistry {
  readonly host: string;
  /** The manifests sent for a tag, with the answers. */
  readonly manifests: readonly string[];
  close(): Promise<void>;
}

const refusal = JSON.stringify({
  errors: [{ code: 'TAG_INVALID', message: 'The image tag already exists in the repository and cannot be overwritten because the tag is immutable.' }],
});

/** Starts it on loopback. @param upstream host and port of the registry that stores the images */
export async function startImmutableRegistry(upstream: string): Promise<ImmutableRegistry> {
  const manifests: string[] = [];
  const server = createServer((asked, answer) => void serve(asked, answer, upstream, manifests));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, manifests, close: () => closed(server) };
}

async function serve(asked: IncomingMessage, answer: ServerResponse, upstream: string, manifests: string[]): Promise<void> {
  const path = asked.url ?? '/';
  if (asked.method === 'PUT' && path.includes('/manifests/')) {
    const there = (await fetch(`http://${upstream}${path}`, { method: 'HEAD', headers: { accept: 'application/vnd.oci.image.manifest.v1+json' } })).ok;
    manifests.push(there ? 'refused' : 'taken');
    if (there) {
      asked.resume();
      answer.writeHead(400, { 'content-type': 'application/json' }).end(refusal);
      return;
    }
  }
  const passed = request(`http://${upstream}${path}`, { method: asked.method, headers: asked.headers }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
  });
  passed.on('error', () => answer.destroy());
  asked.pipe(passed);
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
