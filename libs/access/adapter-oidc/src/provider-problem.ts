import type { SignInProblem } from '@barometer/access';
import { UnansweredError } from '@barometer/guarded-http';
import * as oidc from 'openid-client';

/** The provider's answer cannot be used; the message is a sentence without secrets. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
}

/** The problem behind a failure of openid-client. Any other error is ours and thrown again. */
export function problemOf(error: unknown): SignInProblem {
  const unanswered = inChain(error, (one) => one instanceof UnansweredError);
  if (unanswered) return { code: 'unreachable', message: `The provider does not answer: ${unanswered.message}` };
  if (error instanceof ProviderError) return { code: 'rejected', message: error.message };
  if (error instanceof oidc.AuthorizationResponseError) return problemOfAnswer(error.error);
  if (error instanceof oidc.ResponseBodyError) return problemOfToken(error.error);
  if (error instanceof oidc.WWWAuthenticateChallengeError) return unknownClient('a challenge');
  if (error instanceof oidc.ClientError) return problemOfCode(error);
  throw error;
}

function problemOfAnswer(error: string): SignInProblem {
  if (error === 'access_denied') return { code: 'cancelled', message: 'A sign-in was cancelled at the provider.' };
  const code = error === 'server_error' || error === 'temporarily_unavailable' ? 'unreachable' : 'rejected';
  return { code, message: `The provider did not sign anybody in: it answered "${word(error)}".` };
}

function problemOfToken(error: string): SignInProblem {
  if (error === 'invalid_client' || error === 'unauthorized_client') return unknownClient(`"${word(error)}"`);
  if (error === 'invalid_grant')
    return { code: 'expired', message: 'A sign-in was not finished: the provider no longer takes its code, which it takes once and not for long.' };
  return { code: 'rejected', message: `The provider gave no token: it answered "${word(error)}".` };
}

const unknownClient = (answer: string): SignInProblem => ({
  code: 'rejected',
  message: `The provider does not know this client or its secret (it answered with ${answer}): OIDC_CLIENT_ID and the client's secret have to be those that it was given there.`,
});

function problemOfCode(error: oidc.ClientError): SignInProblem {
  const { status } = (error.cause ?? {}) as { status?: unknown };
  if (typeof status === 'number' && status >= 500) return { code: 'unreachable', message: `The provider is in trouble: it answered with HTTP ${status}.` };
  if (typeof status === 'number')
    return { code: 'rejected', message: `The provider answered with HTTP ${status}: OIDC_ISSUER has to be the address that the provider calls its issuer.` };
  const why = reasonOf(error);
  if (error.code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED')
    return { code: 'rejected', message: `The provider's token is not of this time (${why}): its clock or ours is wrong.` };
  if (error.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED')
    return {
      code: 'rejected',
      message: `The provider calls itself by another name than OIDC_ISSUER does (${why}); both have to be the same, to the slash at the end.`,
    };
  return { code: 'rejected', message: `What the provider answered cannot be trusted: ${why}.` };
}

/** The library's messages name claims and parameters, never their values. */
function reasonOf({ message, cause }: Error): string {
  return (cause instanceof Error && cause.message) || message;
}

/** The provider's error code is untrusted text. */
const word = (error: string) => error.replaceAll(/[^\w.-]/g, '').slice(0, 60);

function inChain(error: unknown, isIt: (error: Error) => boolean, depth = 0): Error | undefined {
  if (!(error instanceof Error) || depth > 4) return undefined;
  return isIt(error) ? error : inChain(error.cause, isIt, depth + 1);
}
