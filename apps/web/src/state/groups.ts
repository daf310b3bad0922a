/** What is in groups: a source of the API. */
interface Grouped {
  readonly groups: readonly string[];
}

const keyOf = (name: string): string => name.toLowerCase();

/** Whether a source is in a group, or in one below it. Names that differ only in case are the same. */
export const isInGroup = ({ groups }: Grouped, group: string): boolean =>
  groups.some((one) => keyOf(one) === keyOf(group) || keyOf(one).startsWith(`${keyOf(group)}/`));

/** Every group that sources are in, also those that only have groups below them, by name. */
export function groupNames(sources: readonly Grouped[] = []): string[] {
  const names = new Map<string, string>();
  for (const group of sources.flatMap(({ groups }) => groups)) {
    const levels = group.split('/');
    for (let count = 1; count <= levels.length; count += 1) {
      const name = levels.slice(0, count).join('/');
      if (!names.has(keyOf(name))) names.set(keyOf(name), name);
    }
  }
  return [...names.values()].sort((one, other) => one.localeCompare(other));
}

/** A group's name from an address; `undefined` for a text that cannot be one. */
export function readGroup(text: string | null): string | undefined {
  const levels = (text ?? '').split('/').map((level) => level.trim());
  const isName = levels.length <= 4 && levels.every((level) => level !== '' && level.length <= 60 && !/\p{Cc}/u.test(level));
  return isName ? levels.join('/') : undefined;
}
