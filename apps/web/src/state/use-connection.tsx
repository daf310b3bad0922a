import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Connection, type ConnectionState } from './connection';

const ConnectionContext = createContext<Connection | undefined>(undefined);

export function ConnectionProvider({ children }: { children: ReactNode }) {
  const [connection] = useState(() => new Connection());
  useEffect(() => connection.start(), [connection]);
  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}

/** The link to the server itself, to reload the page's data after a change. */
export function useConnection(): Connection {
  const connection = use(ConnectionContext);
  if (!connection) throw new Error('useConnection needs a ConnectionProvider');
  return connection;
}

/** One part of the link's state; the component renders again only when that part differs. */
export function useConnectionState<T>(select: (state: ConnectionState) => T): T {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, () => select(connection.current()));
}

/** Whether this reader may change sources, topics and the like. */
export const useMayWrite = (): boolean => useConnectionState(({ capabilities }) => capabilities !== undefined && capabilities.auth.role !== 'read');

/** Whether the data shown are old: nothing answers, or they are kept answers. */
export const useIsOld = (): boolean => useConnectionState(({ link, keptAt }) => link === 'offline' || keptAt !== undefined);

/** The time of the figures shown without a connection; `undefined` if there are none. */
export const useAsOf = (): number | undefined => useConnectionState(({ keptAt, contactAt }) => keptAt ?? contactAt);
