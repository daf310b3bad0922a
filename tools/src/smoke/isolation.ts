import { createSocket } from 'node:dgram';
import { MissingPart } from '../../lambda-runtime/missing-part';
import { run, type CommandLine } from '../packaging/run';

/** Puts a command after these words into a network of its own, which only has a loopback, still down. */
export type Isolation = CommandLine;

const ways: readonly Isolation[] = [
  // As root.
  ['unshare', '--net', '--'],
  // As anyone else who can run containers: inside, podman still has all the users that it may give them.
  ['podman', 'unshare', 'unshare', '--net', '--'],
  // Without podman, for a function in a process.
  ['unshare', '--user', '--map-root-user', '--net', '--'],
];

const wakeLoopback: CommandLine = ['ip', 'link', 'set', 'lo', 'up'];

/** Addresses that are set aside for documents (RFC 5737 and 3849): on any network there is a way to them, and nobody there. */
const outside = ['192.0.2.1', '2001:db8::1'];

/** What the kernel says where no way leads to an address, or where it has no such addresses at all. */
const nowhere = ['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'];

/** The first way that works here. Throws `MissingPart` where none does. */
export async function findIsolation(works: (way: Isolation) => Promise<boolean> = isUsable): Promise<Isolation> {
  for (const way of ways) if (await works(way)) return way;
  throw new MissingPart('This machine cannot take the network away from the test: that needs Linux with unshare and ip, and root or podman. On Debian and Ubuntu: "apt-get install util-linux iproute2 podman uidmap".');
}

const isUsable = ([program, ...words]: Isolation) => run([program, ...words, ...wakeLoopback], withSystemPrograms()).then(() => true, () => false);

/** Debian keeps `ip` where only root looks. */
const withSystemPrograms = () => ({ PATH: `${process.env['PATH']}:/usr/sbin:/sbin` });

/** Makes sure that this process has no network, and then gives it its loopback. */
export async function stayWithoutNetwork(): Promise<void> {
  await assertNoNetwork();
  await run(wakeLoopback, withSystemPrograms());
}

/** Throws where a way leads out. Nothing is sent: to connect a datagram socket only asks the kernel for the way. */
export async function assertNoNetwork(addresses: readonly string[] = outside): Promise<void> {
  for (const address of addresses) {
    const answer = await wayTo(address);
    if (!nowhere.includes(answer)) throw new Error(`There has to be no network, but asked for the way to ${address} the kernel answers ${answer} instead of ${nowhere[0]}.`);
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
