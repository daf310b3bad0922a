import { useCallback, useEffect, useState } from 'react';
import { api } from '../api/client';
import { ProblemError, UnreachableError } from '../api/errors';
import { resourceBackOff } from './back-off';
import { useConnection, useConnectionState } from './use-connection';

export interface Resource<T> {
  /** The newest answer; while a new address is loading, the answer of the previous one. */
  readonly data: T | undefined;
  readonly error: Error | undefined;
  /** The data belong to another address than the requested one. */
  readonly stale: boolean;
  readonly retry: () => void;
}

/**
 * Reads an address, again whenever the data may have changed, and again by itself after an error (after two seconds at
 * first, later after thirty) unless that cannot help. `undefined` reads nothing.
 */
export function useResource<T>(url: string | undefined): Resource<T> {
  const connection = useConnection();
  const version = useConnectionState((state) => state.version);
  const locked = useConnectionState((state) => state.link === 'locked');
  const [answer, setAnswer] = useState<{ url?: string; data?: T; error?: Error }>({});
  const [attempt, setAttempt] = useState(0);
  const [backOff] = useState(resourceBackOff);

  useEffect(() => {
    if (!url || locked) return undefined;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    api.get<T>(url, abort.signal).then(
      (data) => {
        backOff.succeeded();
        setAnswer((before) => (before.data === data && before.url === url && !before.error ? before : { url, data }));
      },
      (cause: unknown) => {
        if (abort.signal.aborted) return;
        const error = cause instanceof Error ? cause : new Error(String(cause));
        // If a topic or source does not exist, the data of the previous one must not stay on the page.
        setAnswer((before) => (error instanceof ProblemError && error.status === 404 ? { error } : { ...before, error }));
        if (error instanceof UnreachableError) return connection.doubt();
        if (error instanceof ProblemError && error.isFinal) return;
        timer = setTimeout(() => setAttempt((count) => count + 1), backOff.failed());
      },
    );
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [url, version, attempt, locked, connection, backOff]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { data: url ? answer.data : undefined, error: answer.error, stale: answer.url !== url, retry };
}
