import type { FetchError, FetchErrorCode } from '@barometer/ingestion';

/** Carries a `FetchError` through stream and socket callbacks, which can only pass on exceptions. */
export class FetchFailure extends Error {
  constructor(
    readonly error: FetchError,
    cause?: unknown,
  ) {
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
 * Names why a request failed, before or during the transfer of the `document`. The HTTP client wraps its errors several
 * times and puts the address into their messages, so only names and codes along the chain of causes are used.
 */
export function toFetchError(thrown: unknown, host: string, awaited: 'answer' | 'document' = 'answer'): FetchError {
  for (const cause of causes(thrown)) {
    if (cause instanceof FetchFailure) return cause.error;
    if (cause.name === 'TimeoutError') return timeout(host);
    const known = fromCode(cause.code, host);
    if (known !== undefined) return known;
    const reason = invalidity(cause, awaited);
    if (reason !== undefined) return { code: 'invalid-http', message: `${host} did not answer in valid HTTP: ${reason}.` };
    if (cause.message === 'bad port') return { code: 'invalid-url', message: 'The port in the address is not one for HTTP.' };
  }
  return { code: 'network', message: `The connection to ${host} broke before ${awaited === 'answer' ? 'an answer' : 'the whole document'} had arrived.` };
}

/** Whether a transfer failed because the answer violates HTTP. */
export const isInvalidHttp = (thrown: unknown): boolean => causes(thrown).some((cause) => invalidity(cause, 'document') !== undefined);

function causes(thrown: unknown): ErrorLike[] {
  const chain: ErrorLike[] = [];
  for (let cause = thrown; isErrorLike(cause) && chain.length < 6; cause = cause.cause) chain.push(cause);
  return chain;
}

interface ErrorLike {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/** Accepts errors of any realm: `Error` in a test runner's sandbox is another class than that of the sockets. */
const isErrorLike = (thrown: unknown): thrown is ErrorLike => typeof thrown === 'object' && thrown !== null;

const timeout = (host: string): FetchError => ({ code: 'timeout', message: `${host} did not answer in time.` });

function fromCode(code: unknown, host: string): FetchError | undefined {
  if (typeof code !== 'string') return undefined;
  if (DNS.test(code)) return { code: 'dns', message: `The name ${host} could not be resolved.` };
  if (CONNECT.test(code)) return { code: 'connect', message: `${host} could not be reached.` };
  if (TIMEOUT.test(code)) return timeout(host);
  if (TLS.test(code)) return { code: 'tls', message: `The certificate or encryption of ${host} could not be trusted.` };
  return undefined;
}

/** How an answer violates HTTP. undici's parser gives its errors a name and a reason, but no code. */
function invalidity({ name, code, message }: ErrorLike, awaited: 'answer' | 'document'): string | undefined {
  // The connection ended too early, which is no violation.
  if (name === 'HTTPParserError' && /invalid eof/i.test(String(message))) return undefined;
  if (name === 'HTTPParserError') return PARSER_REASONS.find(([pattern]) => pattern.test(String(message)))?.[1] ?? 'it cannot be understood';
  // Within the document it only means that there was less of it than announced.
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return awaited === 'answer' ? 'it names lengths that do not agree' : undefined;
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return 'its headers are too long';
  return code === 'UND_ERR_SOCKET' && message === 'bad upgrade' ? 'it wants to speak another protocol' : undefined;
}

/** The reasons of llhttp, most specific first, in words for the owner of a source. */
const PARSER_REASONS: readonly (readonly [RegExp, string])[] = [
  [/chunk/i, 'the size of a chunk is wrong'],
  [/content-length.*transfer-encoding|transfer-encoding.*content-length/i, 'it has both chunks and a length'],
  [/content-length/i, 'the length that it names is none'],
  [/expected HTTP\//i, 'it does not begin like HTTP'],
  [/version/i, 'its version of HTTP is unknown'],
  [/status/i, 'its status is no number of three digits'],
  [/missing expected (CR|LF)|expected (CR|LF)/i, 'a line of its headers ends in the wrong way'],
  [/header|whitespace/i, 'a header is malformed'],
];
