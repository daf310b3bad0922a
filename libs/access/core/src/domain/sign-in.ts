import type { Person, SessionRole } from './session';

/**
 * Why a sign-in failed: `cancelled` by the person at the provider; `refused`: the provider knows the person, but no
 * rule admits them; `expired`: this browser did not begin it, or began it too long ago, or has already used it;
 * `unreachable`: the provider does not answer; `rejected`: the provider's answer cannot be trusted, or it does not
 * accept our client.
 */
export const signInFailures = ['cancelled', 'refused', 'expired', 'unreachable', 'rejected'] as const;
export type SignInFailure = (typeof signInFailures)[number];

/** A failure, with one sentence for the operator that contains no secret. */
export interface SignInProblem {
  readonly code: SignInFailure;
  readonly message: string;
}

/** Where the browser goes next, and what it must bring back in a cookie, which is sealed so that only Barometer can read it. */
export interface BegunSignIn {
  readonly location: string;
  readonly pending: string;
}

/** A person whom the provider has identified and a rule admits. */
export interface SignedIn {
  readonly person: Person;
  readonly role: SessionRole;
  /** The view of the page on which the sign-in began. */
  readonly returnTo: string;
}
