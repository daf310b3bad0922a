import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../api/client';
import { UnreachableError } from '../api/errors';
import { useConnection, useConnectionState } from './use-connection';

export interface Resource<T> {
  /** The newest answer; that of the address before while a new one is on its way. */
  readonly data: T | undefined;
  readonly error: Error | undefined;
  /** The data belong to another address than the one asked for. */
  readonly stale: boolean;
  readonly retry: () => void;
}

const FIRST_RETRY_MS = 2_000;
const MAX_RETRY_MS = 30_000;

/**
 * Reads an address, again whenever what is shown may have changed, and again by itself after an error
 * (every two seconds at first, later every thirty). `undefined` reads nothing.
 */
export function useResource<T>(url: string | undefined): Resource<T> {
  const connection = useConnection();
  const version = useConnectionState((state) => state.version);
  const locked = useConnectionState((state) => state.link === 'locked');
  const [answer, setAnswer] = useState<{ url?: string; data?: T; error?: Error }>({});
  const [attempt, setAttempt] = useState(0);
  const failures = useRef(0);

  useEffect(() => {
    if (!url || locked) return undefined;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    api.get<T>(url, abort.signal).then(
      (data) => {
        failures.current = 0;
        setAnswer((before) => (before.data === data && before.url === url && !before.error ? before : { url, data }));
      },
      (cause: unknown) => {
        if (abort.signal.aborted) return;
        const error = cause instanceof Error ? cause : new Error(String(cause));
        setAnswer((before) => ({ ...before, error }));
        if (error instanceof UnreachableError) return connection.doubt();
        timer = setTimeout(() => setAttempt((count) => count + 1), Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** failures.current));
        failures.current += 1;
      },
    );
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [url, version, attempt, locked, connection]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { data: url ? answer.data : undefined, error: answer.error, stale: answer.url !== url, retry };
}
