import type { FetchError, FetchErrorCode } from '@barometer/ingestion';

/** Carries a `FetchError` through stream and socket callbacks, where only exceptions travel. */
export class FetchFailure extends Error {
  constructor(readonly error: FetchError, cause?: unknown) {
    super(error.message, { cause });
    this.name = 'FetchFailure';
  }
}

export function fail(code: FetchErrorCode, message: string, more: Partial<FetchError> = {}): FetchFailure {
  return new FetchFailure({ ...more, code, message });
}

const DNS = /^(ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL)$/;
const CONNECT = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENETDOWN|EHOSTDOWN|EACCES|EPERM)$/;
const TIMEOUT = /^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/;
const TLS = /^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|EPROTO|HOSTNAME_MISMATCH)/;

/**
 * Names why a request failed. The HTTP client wraps its errors several times and puts the address into their messages,
 * so only the codes along the chain of causes are read.
 */
export function toFetchError(thrown: unknown, host: string): FetchError {
  for (let cause = thrown, depth = 0; isErrorLike(cause) && depth < 6; cause = cause.cause, depth += 1) {
    if (cause instanceof FetchFailure) return cause.error;
    if (cause.name === 'TimeoutError') return timeout(host);
    const known = fromCode(cause.code, host);
    if (known !== undefined) return known;
    if (cause.message === 'bad port') return { code: 'invalid-url', message: 'The port in the address is not one for HTTP.' };
  }
  return { code: 'network', message: `The connection to ${host} broke before the whole document had arrived.` };
}

/** An error of any realm: a test runner's sandbox has another `Error` than the sockets have. */
const isErrorLike = (thrown: unknown): thrown is { name?: unknown; message?: unknown; code?: unknown; cause?: unknown } =>
  typeof thrown === 'object' && thrown !== null;

const timeout = (host: string): FetchError => ({ code: 'timeout', message: `${host} did not answer in time.` });

function fromCode(code: unknown, host: string): FetchError | undefined {
  if (typeof code !== 'string') return undefined;
  if (DNS.test(code)) return { code: 'dns', message: `The name ${host} could not be resolved.` };
  if (CONNECT.test(code)) return { code: 'connect', message: `${host} could not be reached.` };
  if (TIMEOUT.test(code)) return timeout(host);
  if (TLS.test(code)) return { code: 'tls', message: `The certificate or encryption of ${host} could not be trusted.` };
  if (code.startsWith('HPE_')) return { code: 'network', message: `${host} did not answer in valid HTTP.` };
  return undefined;
}
