import { StoreError } from '@barometer/kernel';

/** The table, or one of its indexes, does not exist. */
export class StoreMissingError extends StoreError {
  override readonly name = 'StoreMissingError';
}

/** The role is not allowed to do this with the table. */
export class StoreDeniedError extends StoreError {
  override readonly name = 'StoreDeniedError';
}

/** The credentials are missing, expired or unknown. */
export class StoreCredentialsError extends StoreError {
  override readonly name = 'StoreCredentialsError';
}

/** The table does not answer, or not in time. */
export class StoreUnreachableError extends StoreError {
  override readonly name = 'StoreUnreachableError';
  override readonly publicMessage = 'The store did not answer in time or cannot be reached.';
}

/** The table is throttled, or others keep changing the same items; nothing of the transaction was stored. */
export class StoreBusyError extends StoreError {
  override readonly name = 'StoreBusyError';
  override readonly publicMessage = 'The store takes no more requests at the moment.';
}

/** An item was written by a newer version of the program. */
export class StoreVersionError extends StoreError {
  override readonly name = 'StoreVersionError';
}

const denied = new Set(['AccessDeniedException', 'KMSAccessDeniedException']);
const credentials = new Set([
  'ExpiredTokenException',
  'ExpiredToken',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'IncompleteSignatureException',
  'CredentialsProviderError',
  'TokenProviderError',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
]);
const busy = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
  'TransactionConflictException',
  'InternalServerError',
  'ServiceUnavailable',
  'ServiceUnavailableException',
]);
const unreachable = new Set([
  'TimeoutError',
  'NetworkingError',
  'AbortError',
  'RequestTimeout',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** The name or code of an error, whatever its class. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { name, code, message } = error as { name?: unknown; code?: unknown; message?: unknown };
  if (typeof code === 'string' && unreachable.has(code)) return code;
  // The SDK wraps an error from another realm, as in Jest, into one that only quotes it.
  const [quoted] = name === 'Error' ? (/\bE[A-Z_]{4,}\b/.exec(String(message)) ?? []) : [];
  return quoted !== undefined && unreachable.has(quoted) ? quoted : typeof name === 'string' ? name : '';
}

/** Whether the same request may succeed a moment later. */
export const isBusy = (error: unknown): boolean => busy.has(codeOf(error));

/** Whether the request may or may not have been carried out, because there was no answer. */
export const isUnreachable = (error: unknown): boolean => unreachable.has(codeOf(error));

const DEPLOY = 'deploy the state stack there, or correct TABLE_NAME or AWS_REGION';

/** Turns a failure of DynamoDB into a store error of one sentence; any other error is returned unchanged. */
export function storeErrorOf(error: unknown, table: string, whenMissing = DEPLOY): unknown {
  const code = codeOf(error);
  const cause = { cause: error };
  if (code === 'ResourceNotFoundException')
    return new StoreMissingError(`The table ${table} or one of its indexes does not exist in this account and region: ${whenMissing}.`, cause);
  if (denied.has(code))
    return new StoreDeniedError(`There is no permission for ${actionOf(error)} on the table ${table}: grant it to whoever runs this.`, cause);
  if (credentials.has(code))
    return new StoreCredentialsError(`The credentials for the table ${table} are missing, expired or not valid (${code}): renew them.`, cause);
  if (busy.has(code)) return new StoreBusyError(`The table ${table} is too busy; what was asked was not done.`, cause);
  if (unreachable.has(code)) return new StoreUnreachableError(`The table ${table} cannot be reached or does not answer in time (${code}).`, cause);
  if (/^Region (is missing|not accepted)/.test(messageOf(error)))
    return new StoreError(`The region of the table ${table} is not known: set AWS_REGION.`, cause);
  return error;
}

const messageOf = (error: unknown) => (typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '');

/** "User: … is not authorized to perform: dynamodb:Query on resource: …" */
const actionOf = (error: unknown) => /perform: ([\w-]+:\w+)/.exec(messageOf(error))?.[1] ?? 'what was asked';
