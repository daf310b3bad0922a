/** A path that Barometer can stand under behind a proxy: `/barometer` or `/a/b`, in characters that need no escape anywhere. */
const FORM = /^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._~-]+)+$/;
const LONGEST = 200;

/** What is said of a path that is none. */
export const BASE_PATH_RULE = 'must be a path such as /barometer: with a slash at its beginning and none at its end, of letters, digits, hyphens, dots, underscores and tildes, without . or .. as a part';

/** Whether Barometer can be served under this path. */
export const isBasePath = (path: string): boolean => path.length <= LONGEST && FORM.test(path);

/**
 * The address as the routes know it, without the path that Barometer stands under. An address that doesn't begin with that path
 * stays: a proxy may have taken the path away before, and whoever looks after the process asks it directly.
 */
export function withoutBasePath(url: string, basePath: string): string {
  if (!url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : url;
}
