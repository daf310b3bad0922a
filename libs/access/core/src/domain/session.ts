import { HOUR, MINUTE } from '@barometer/kernel';

/** What a signed-in person may do: read everything, also change things, or also end other people's sessions. */
export type SessionRole = 'read' | 'write' | 'admin';

/** A person as described by the provider at sign-in; nothing else about them is kept, and this no longer than the session. */
export interface Person {
  /** The provider's permanent identifier of the person (`sub`). */
  readonly subject: string;
  /** For people to read. */
  readonly name: string;
  /** Only where the provider has verified it. */
  readonly email?: string;
}

/** A stored session; it never contains the token in the cookie. */
export interface Session extends Person {
  /** Short public id of the session, which is also part of its token. */
  readonly id: string;
  /** SHA-256 of the token, lower-case hex. */
  readonly digest: string;
  readonly role: SessionRole;
  /** Identifies the settings that gave the role: if they change, the session ends. */
  readonly grantedBy: string;
  readonly createdAt: number;
  /** When it was last used, to within `SEEN_EVERY`. */
  readonly seenAt: number;
  /** When it ends unless it is used; a store may forget it then. */
  readonly expiresAt: number;
}

/** How long sessions last, both in ms. */
export interface SessionLimits {
  /** Maximum time without a request. */
  readonly idle: number;
  /** Maximum time in all. */
  readonly max: number;
}

export const standardSessionLimits: SessionLimits = { idle: 24 * HOUR, max: 7 * 24 * HOUR };

/** The use of a session is recorded at most this often, since each record is a write. */
export const SEEN_EVERY = 5 * MINUTE;

/** When a session ends unless it is used again. */
export const endOfSession = ({ createdAt, seenAt }: Pick<Session, 'createdAt' | 'seenAt'>, { idle, max }: SessionLimits): number =>
  Math.min(createdAt + max, seenAt + idle);

/** The prefix distinguishes a session's token from a key, for people and for secret scanners. */
const FORM = /^bas_([0-9a-f]{16})_([0-9a-f]{64})$/;

/** A token as a cookie holds it: `bas_`, the public id of the session, and 32 random bytes in hex. */
export const writeSessionToken = (id: string, secret: string): string => `bas_${id}_${secret}`;

/** The public id in a token; `undefined` if the text is not a token. */
export const sessionIdOf = (token: string): string | undefined => FORM.exec(token)?.[1];
