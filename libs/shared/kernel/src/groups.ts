import { hasHiddenCharacters, HIDDEN_CHARACTERS_RULE, withoutHiddenCharacters } from './hidden-characters';
import { err, ok, type Result } from './result';

/** Limits: levels of a group's name (`News/World` has two), characters of a level, groups of one source. */
export const MOST_GROUP_LEVELS = 4;
export const LONGEST_GROUP_LEVEL = 60;
export const MOST_GROUPS = 20;
/** The longest possible group name, in characters. */
export const LONGEST_GROUP = MOST_GROUP_LEVELS * (LONGEST_GROUP_LEVEL + 1) - 1;

/** Anything that has groups. */
export interface Grouped {
  readonly id: string;
  readonly groups?: readonly string[] | undefined;
}

const levelsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .split('/')
    .map((level) => level.replace(/\s+/gu, ' ').trim())
    .filter((level) => level !== '');

/** Names that differ only in case are the same. */
export const groupKey = (name: string): string => levelsOf(name).join('/').toLowerCase();

/**
 * The normalised name of a group: levels separated by slashes, white space folded, composed (NFC). The error is the end
 * of a sentence, such as "must not be empty".
 */
export function groupName(text: string): Result<string, string> {
  if (hasHiddenCharacters(text)) return err(HIDDEN_CHARACTERS_RULE);
  const levels = levelsOf(text);
  if (levels.length === 0) return err('must not be empty');
  if (levels.length > MOST_GROUP_LEVELS) return err(`must have at most ${MOST_GROUP_LEVELS} levels`);
  if (levels.some((level) => [...level].length > LONGEST_GROUP_LEVEL)) return err(`must have at most ${LONGEST_GROUP_LEVEL} characters a level`);
  return ok(levels.join('/'));
}

/**
 * The group for nested folders, outermost first, with any names: cut if they are too long or too many, in which case
 * `whole` is the full name and `rule` the violated rule, as the end of a sentence. `undefined` if no folder has a name.
 */
export function groupOfFolders(
  folders: readonly string[],
): { readonly name: string; readonly cut?: { readonly whole: string; readonly rule: string } } | undefined {
  const levels = folders.flatMap((folder) => levelsOf(withoutHiddenCharacters(folder, () => ' ')));
  if (levels.length === 0) return undefined;
  const whole = levels.join('/');
  const named = groupName(whole);
  if (named.ok) return { name: named.value };
  const kept = levels.slice(0, MOST_GROUP_LEVELS).map((level) => [...level].slice(0, LONGEST_GROUP_LEVEL).join('').trim());
  return { name: kept.join('/'), cut: { whole, rule: named.error } };
}

/** These names without repetitions. */
export function distinctGroups(names: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const name of names) if (!found.has(groupKey(name))) found.set(groupKey(name), name);
  return [...found.values()];
}

/** Whether an item with these groups is in a group or in one below it. */
export function isInGroup(groups: readonly string[] | undefined, group: string): boolean {
  const key = groupKey(group);
  return (groups ?? []).some((one) => groupKey(one) === key || groupKey(one).startsWith(`${key}/`));
}

/** The ids of a group's members, in the given order. */
export const membersOf = (all: readonly Grouped[], group: string): string[] => all.filter(({ groups }) => isInGroup(groups, group)).map(({ id }) => id);

/** Every group with the ids of its members, by name; includes groups that only contain other groups. */
export function groupsOf(all: readonly Grouped[]): { readonly name: string; readonly members: readonly string[] }[] {
  const names = new Map<string, string>();
  const members = new Map<string, Set<string>>();
  for (const { id, groups = [] } of all) {
    for (const group of groups) {
      const levels = levelsOf(group);
      for (let count = 1; count <= levels.length; count += 1) {
        const name = levels.slice(0, count).join('/');
        const key = groupKey(name);
        if (!names.has(key)) names.set(key, name);
        members.set(key, (members.get(key) ?? new Set()).add(id));
      }
    }
  }
  return [...names].map(([key, name]) => ({ name, members: [...(members.get(key) ?? [])] })).sort((one, other) => one.name.localeCompare(other.name, 'en'));
}
