import { CommandError } from '@barometer/cli';
import type { FastifyInstance } from 'fastify';

export const DEFAULT_PORT = 4600;
/** How many ports after the default are tried before giving up. */
const TRIES = 50;

const isTaken = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

/**
 * Listens on the requested port, which must be free, or by default on 4600 or the next free port.
 * @returns the address that a browser opens
 */
export async function listen(app: FastifyInstance, { host, port }: { host: string; port: number | undefined }): Promise<string> {
  const candidates = port === undefined ? Array.from({ length: TRIES }, (_, index) => DEFAULT_PORT + index) : [port];
  for (const candidate of candidates) {
    try {
      await app.listen({ host, port: candidate });
      return `http://${hostToOpen(host)}:${candidate}`;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (isTaken(error) && port === undefined) continue;
      if (isTaken(error)) throw new CommandError(`PORT ${candidate} is taken on ${host}: stop what listens there, or choose another port.`);
      if (code === 'EACCES') throw new CommandError(`PORT ${candidate} may not be used by this user: choose one above 1023.`);
      if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') throw new CommandError(`HOST ${host} is not an address of this machine.`);
      throw new CommandError(`cannot listen on ${host}:${candidate}: ${message}`);
    }
  }
  throw new CommandError(`every port from ${DEFAULT_PORT} to ${DEFAULT_PORT + TRIES - 1} is taken on ${host}; set PORT.`);
}

/** The address for all interfaces (0.0.0.0) cannot be opened by every browser. */
function hostToOpen(host: string): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return name.includes(':') ? `[${name}]` : name;
}
