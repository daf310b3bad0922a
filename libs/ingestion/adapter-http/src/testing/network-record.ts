import dns from 'node:dns';
import net from 'node:net';

const RESOLVERS = ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCname'] as const;

export interface NetworkRecord {
  /** Every name that was resolved, and every host that a socket was opened to. */
  readonly hosts: string[];
  restore(): void;
}

/** Records every resolver and socket call of this process from now on. */
export function recordNetwork(): NetworkRecord {
  const hosts: string[] = [];
  const spies = [
    ...RESOLVERS.map((name) => spyOn(dns, name, hosts)),
    ...RESOLVERS.map((name) => spyOn(dns.promises, name, hosts)),
    ...RESOLVERS.filter((name) => name !== 'lookup').map((name) => spyOn(dns.Resolver.prototype, name, hosts)),
    spySockets(hosts),
  ];
  return { hosts, restore: () => spies.forEach((spy) => spy.mockRestore()) };
}

function spyOn(target: object, name: string, hosts: string[]): jest.SpyInstance {
  const owner = target as Record<string, (...args: unknown[]) => unknown>;
  const original = owner[name] as (...args: unknown[]) => unknown;
  return jest.spyOn(owner, name).mockImplementation(function (this: unknown, ...args: unknown[]) {
    hosts.push(String(args[0]));
    return original.apply(this, args);
  });
}

function spySockets(hosts: string[]): jest.SpyInstance {
  const connect = net.Socket.prototype.connect as (...args: unknown[]) => net.Socket;
  return jest.spyOn(net.Socket.prototype, 'connect').mockImplementation(function (this: net.Socket, ...args: unknown[]) {
    const [first] = args.flat() as [net.TcpNetConnectOpts];
    hosts.push(first.host ?? 'localhost');
    return connect.apply(this, args);
  });
}

export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|::1|\[::1\])$/.test(host);
