import { API, BASE } from '../../api/client';

const FAILURE = 'sign-in';
const LONGEST = 1_000;

/** The code of a failed sign-in, which the server puts into the page's address. */
export const signInFailure = (search: string): string | undefined => new URLSearchParams(search).get(FAILURE) ?? undefined;

/** The address without that code, so that neither a reload nor a copied link shows it again. */
export function withoutFailure(search: string): string {
  const parameters = new URLSearchParams(search);
  parameters.delete(FAILURE);
  const rest = parameters.toString();
  return rest && `?${rest}`;
}

/** Where signing in at the provider begins; afterwards the reader returns to the view at `pathname`. */
export function signInAddress({ pathname, search }: Pick<Location, 'pathname' | 'search'>, base = BASE, api = API): string {
  const view = `${pathname.startsWith(base) ? pathname.slice(base.length) : pathname}${withoutFailure(search)}`;
  const returnTo = view.startsWith('/') && !view.startsWith('//') && view.length <= LONGEST ? view.replaceAll('\\', '%5C') : '/';
  return `${api}/session/sign-in?returnTo=${encodeURIComponent(returnTo)}`;
}
