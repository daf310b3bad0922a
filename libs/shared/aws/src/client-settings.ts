/** Time limits of a client, all in milliseconds. */
export interface ClientLimits {
  readonly connectMs?: number;
  /** For one attempt. */
  readonly requestMs: number;
  readonly attempts?: number;
}

/**
 * Settings of every SDK client of Barometer. Region, credentials and, for tests on loopback, AWS_ENDPOINT_URL_* come
 * from the environment, as the SDK reads them. Without `throwOnRequestTimeout` the SDK only warns.
 */
export function clientSettings({ connectMs = 1_000, requestMs, attempts = 3 }: ClientLimits) {
  return {
    maxAttempts: attempts,
    requestHandler: { connectionTimeout: connectMs, requestTimeout: requestMs, throwOnRequestTimeout: true },
  };
}
