import type { FunctionHost, RunningFunction, StartOptions } from './function-host';

/** The time that Lambda allows for the start of an environment, whatever the function's own limit. */
export const INIT_LIMIT_MS = 10_000;

export interface StartLimits {
  readonly initMs?: number;
  /** The function's own limit, within which a second start must complete. */
  readonly timeoutMs: number;
  readonly log: (line: string) => void;
}

/**
 * Starts an environment as Lambda does: a start that takes more than ten seconds is ended, and repeated within the
 * function's own limit (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html). Rejects if the
 * start fails, or exceeds that limit too.
 */
export async function coldStart(host: FunctionHost, options: StartOptions, { initMs = INIT_LIMIT_MS, timeoutMs, log }: StartLimits): Promise<RunningFunction> {
  for (const limitMs of [initMs, timeoutMs]) {
    const running = await host.start(options);
    let isReady = false;
    try {
      isReady = await isReadyWithin(running, limitMs);
    } finally {
      if (!isReady) await running.stop();
    }
    if (isReady) return running;
    log(`The function was not ready within ${limitMs / 1000} s.`);
  }
  throw new Error(`The function was ready neither within the ${initMs / 1000} s that Lambda gives a start, nor within its own ${timeoutMs / 1000} s.`);
}

/** Whether it requests an event within this time; rejects if its start fails. */
export function isReadyWithin({ api }: RunningFunction, limitMs: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, limitMs, false);
  return Promise.race([api.initialised.then(() => true), late]).finally(() => clearTimeout(timer));
}
