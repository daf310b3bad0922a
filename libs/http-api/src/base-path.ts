/** A base path behind a proxy: `/barometer` or `/a/b`, in characters that never need escaping. */
const FORM = /^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._~-]+)+$/;
const LONGEST = 200;

/** The message for an invalid base path. */
export const BASE_PATH_RULE =
  'must be a path such as /barometer: with a slash at its beginning and none at its end, of letters, digits, hyphens, dots, underscores and tildes, without . or .. as a part';

/** Whether Barometer can be served under this path. */
export const isBasePath = (path: string): boolean => path.length <= LONGEST && FORM.test(path);

/**
 * The address that the routes expect, without the base path. Other addresses stay as they are: a proxy may have
 * stripped the path already, and an operator may call the process directly.
 */
export function withoutBasePath(url: string, basePath: string): string {
  if (!url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : url;
}
