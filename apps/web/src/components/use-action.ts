import { useCallback, useState } from 'react';

export interface Action<A extends unknown[]> {
  readonly run: (...given: A) => Promise<boolean>;
  readonly busy: boolean;
  readonly error: Error | undefined;
  readonly clear: () => void;
}

/** Runs a change, and says while it runs and why it failed. `run` answers whether it went well. */
export function useAction<A extends unknown[]>(change: (...given: A) => Promise<void>): Action<A> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const run = async (...given: A) => {
    setBusy(true);
    setError(undefined);
    try {
      await change(...given);
      return true;
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(String(cause)));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, error, clear: useCallback(() => setError(undefined), []) };
}
