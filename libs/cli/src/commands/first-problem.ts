interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The schema's own messages, in the wording of the other messages. */
const plainer: readonly (readonly [RegExp, string])[] = [
  [/^Invalid input: expected int.*/, 'must be a whole number'],
  [/^Invalid input: expected number.*/, 'must be a number'],
  [/^Too small: expected (?:number|int) to be >=?(.+)$/, 'must be at least $1'],
  [/^Too big: expected (?:number|int) to be <=?(.+)$/, 'must be at most $1'],
];
const wordsOf = (message: string): string => plainer.reduce((text, [found, words]) => text.replace(found, words), message);

/** The first problem that a schema finds, in one line; a field, or the object that contains it, is called by its option if it has one. */
export function firstProblem([issue]: readonly Issue[], options: Readonly<Record<string, string>> = {}): string {
  const field = issue?.path.join('.') ?? '';
  const holder = String(issue?.path[0] ?? '');
  return `${options[field] ?? options[holder] ?? field} ${wordsOf(issue?.message ?? 'cannot be used')}`.trim();
}
