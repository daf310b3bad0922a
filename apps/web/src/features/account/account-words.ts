import type { SessionState } from '@barometer/http-api/contract';
import { t } from '../../i18n/translate';

/** How to get write access. */
export const howToWrite = (by: SessionState['by']): string => t(by === 'sign-in' ? 'access.howToWrite.signIn' : 'access.howToWrite.key');

/** Who is using the page, in words. */
export function whoText({ by, name = '', email }: Pick<SessionState, 'by' | 'name' | 'email'>): string {
  if (by === 'computer') return t('access.who.computer');
  if (by === 'key') return t('access.who.key', { name });
  return t('access.who.signIn', { name: email !== undefined && email !== name ? `${name} (${email})` : name });
}

const failures = {
  cancelled: 'signIn.failed.cancelled',
  refused: 'signIn.failed.refused',
  expired: 'signIn.failed.expired',
  unreachable: 'signIn.failed.unreachable',
  rejected: 'signIn.failed.rejected',
} as const;

const isFailure = (code: string): code is keyof typeof failures => Object.hasOwn(failures, code);

/** Why a sign-in at the provider failed, by the code that the server puts into the address; an unknown one counts as rejected. */
export const signInFailureText = (code: string): string => t(failures[isFailure(code) ? code : 'rejected']);
