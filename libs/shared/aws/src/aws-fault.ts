/** Faults that an operator must act on; any other error is for the caller to handle. */
export type AwsFaultKind = 'missing' | 'denied' | 'credentials' | 'unreachable' | 'busy';

/** The AWS resource that a client uses. */
export interface WatchedResource {
  /** The kind of resource, such as "table". */
  readonly kind: string;
  readonly name: string;
  /** The setting that holds its name. */
  readonly setting: string;
}

/**
 * An AWS resource that cannot be used. The message is one line for the log and names the resource; `publicMessage` does
 * not, so that it may be shown to anyone. Carries a status for HTTP drivers.
 */
export class AwsFault extends Error {
  override readonly name = 'AwsFault';
  readonly statusCode = 503;

  constructor(
    readonly kind: AwsFaultKind,
    message: string,
    readonly publicMessage: string,
    cause: unknown,
  ) {
    super(message, { cause });
    // The position in a bundle does not help an operator.
    this.stack = `${this.name}: ${message}`;
  }
}

const kinds: readonly (readonly [AwsFaultKind, RegExp])[] = [
  ['missing', /^(ResourceNotFoundException|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue|QueueDeletedRecently|TableNotFoundException)$/],
  ['denied', /^(AccessDenied|AccessDeniedException|NotAuthorized|KMSAccessDeniedException|KmsAccessDenied)$/],
  [
    'credentials',
    /^(ExpiredToken|ExpiredTokenException|RequestExpired|UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken|MissingAuthenticationTokenException|CredentialsProviderError|InvalidAccessKeyId)$/,
  ],
  [
    'busy',
    /^(ThrottlingException|Throttling|ProvisionedThroughputExceededException|RequestLimitExceeded|RequestThrottled|TooManyRequestsException|InternalServerError|ServiceUnavailable|ServiceUnavailableException)$/,
  ],
  ['unreachable', /^(TimeoutError|NetworkingError|RequestTimeout)$/],
];

const unreachableCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH']);

interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

/** The fault behind an error of the SDK; `undefined` if the error is about the request itself, such as a failed condition. */
export function awsFaultOf(error: unknown, resource: WatchedResource): AwsFault | undefined {
  if (error instanceof AwsFault) return error;
  const known = (error ?? {}) as SdkError;
  const kind = kindOf(known);
  if (!kind) return undefined;
  const what = `the ${resource.kind} "${resource.name}"`;
  return new AwsFault(kind, capital(lines[kind](what, resource, known)), publicLines[kind](resource.kind), error);
}

function kindOf({ name = '', code = '', CancellationReasons: reasons = [] }: SdkError): AwsFaultKind | undefined {
  if (reasons.some(({ Code }) => Code === 'AccessDenied')) return 'denied';
  const byName = kinds.find(([, names]) => names.test(name) || names.test(code))?.[0];
  return byName ?? (unreachableCodes.has(code) ? 'unreachable' : undefined);
}

const lines: Record<AwsFaultKind, (what: string, resource: WatchedResource, error: SdkError) => string> = {
  missing: (what, { setting }) => `${what} does not exist: deploy the state stack to this account and region, or correct ${setting}.`,
  denied: (what, _resource, error) => `AWS denies ${actionOf(error)} on ${what}: grant it to the role of this function.`,
  credentials: (what, _resource, error) => `the credentials for ${what} have expired or are not valid (${nameOf(error)}): renew them.`,
  unreachable: (what, _resource, error) => `${what} did not answer in time or cannot be reached (${nameOf(error)}).`,
  busy: (what, _resource, error) => `${what} takes no more requests at the moment (${nameOf(error)}).`,
};

const publicLines: Record<AwsFaultKind, (kind: string) => string> = {
  missing: (kind) => `The ${kind} does not exist.`,
  denied: (kind) => `AWS denies access to the ${kind}.`,
  credentials: (kind) => `The credentials for the ${kind} have expired or are not valid.`,
  unreachable: (kind) => `The ${kind} did not answer in time or cannot be reached.`,
  busy: (kind) => `The ${kind} takes no more requests at the moment.`,
};

/** "User: … is not authorized to perform: dynamodb:Query on resource: …" */
const actionOf = ({ message = '' }: SdkError) => /perform: ([\w-]+:\w+)/.exec(message)?.[1] ?? 'access';
const nameOf = ({ name, code }: SdkError) => [name, code].filter((word) => word && word !== 'Error').join(' ') || 'unknown error';
const capital = (line: string) => line.charAt(0).toUpperCase() + line.slice(1);
