import { createSocket } from 'node:dgram';
import { MissingPart } from '../packaging/missing-part';
import { run, type CommandLine } from '../packaging/run';

/** The words before a command that run it in a separate network, which has only a loopback interface, still down. */
export type Isolation = CommandLine;

const ways: readonly Isolation[] = [
  // As root.
  ['unshare', '--net', '--'],
  // As any other user who can run containers: podman still has all its user ids inside.
  ['podman', 'unshare', 'unshare', '--net', '--'],
  // Without podman, for a function in a process.
  ['unshare', '--user', '--map-root-user', '--net', '--'],
];

const wakeLoopback: CommandLine = ['ip', 'link', 'set', 'lo', 'up'];

/** Addresses reserved for documentation (RFC 5737 and 3849): any network has a route to them, and no host. */
const outside = ['192.0.2.1', '2001:db8::1'];

/** The kernel's errors if there is no route to an address, or if it does not support such addresses. */
const nowhere = ['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'];

/** The first way that works here. Throws `MissingPart` if none does. */
export async function findIsolation(works: (way: Isolation) => Promise<boolean> = isUsable): Promise<Isolation> {
  for (const way of ways) if (await works(way)) return way;
  throw new MissingPart(
    'This machine cannot take the network away from the test: that needs Linux with unshare and ip, and root or podman. On Debian and Ubuntu: "apt-get install util-linux iproute2 podman uidmap".',
  );
}

const isUsable = ([program, ...words]: Isolation) =>
  run([program, ...words, ...wakeLoopback], withSystemPrograms()).then(
    () => true,
    () => false,
  );

/** On Debian `ip` is in folders that only root's PATH contains. */
const withSystemPrograms = () => ({ PATH: `${process.env['PATH']}:/usr/sbin:/sbin` });

/** Makes sure that this process has no network, then brings up its loopback. */
export async function stayWithoutNetwork(): Promise<void> {
  await assertNoNetwork();
  await run(wakeLoopback, withSystemPrograms());
}

/** Throws if there is a route to the outside. Nothing is sent: connecting a datagram socket only asks the kernel for the route. */
export async function assertNoNetwork(addresses: readonly string[] = outside): Promise<void> {
  for (const address of addresses) {
    const answer = await wayTo(address);
    if (!nowhere.includes(answer))
      throw new Error(`There has to be no network, but asked for the way to ${address} the kernel answers ${answer} instead of ${nowhere[0]}.`);
  }
}

async function wayTo(address: string): Promise<string> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  try {
    return await new Promise<string>((resolve) => {
      socket.once('connect', () => resolve('that there is one'));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      socket.connect(9, address);
    });
  } finally {
    socket.close();
  }
}
