type Rule = (expected: unknown, actual: unknown, path: string, siblings: Readonly<Record<string, unknown>>) => string[];

/** What an expectation may contain instead of a plain value. */
const rules: Readonly<Record<string, Rule>> = {
  $near: (expected, actual, path, { $within = 0.05 }) =>
    typeof actual === 'number' && Math.abs(actual - Number(expected)) <= Number($within)
      ? []
      : [`${path} is ${told(actual)}, not ${String(expected)} ± ${String($within)}`],
  $within: () => [],
  $matches: (expected, actual, path) =>
    typeof actual === 'string' && new RegExp(String(expected)).test(actual) ? [] : [`${path} is ${told(actual)}, which does not match /${String(expected)}/`],
  $atLeast: (expected, actual, path) =>
    typeof actual === 'number' && actual >= Number(expected) ? [] : [`${path} is ${told(actual)}, less than ${String(expected)}`],
  $json: (expected, actual, path) => {
    try {
      return mismatches(expected, JSON.parse(String(actual)), `${path} as JSON`);
    } catch {
      return [`${path} is no JSON: ${told(actual)}`];
    }
  },
};

/**
 * Compares an answer with an expectation. Objects may have further fields, arrays must have the same length, everything
 * else must be equal. A value may be replaced by `{"$near": 0.8, "$within": 0.05}`, `{"$matches": "^a"}`,
 * `{"$atLeast": 1}`, or `{"$json": …}` for a text that contains JSON.
 *
 * @returns a sentence for each difference; empty if there is none
 */
export function mismatches(expected: unknown, actual: unknown, path = 'the answer'): string[] {
  if (typeof expected !== 'object' || expected === null) return Object.is(expected, actual) ? [] : [`${path} is ${told(actual)}, not ${told(expected)}`];
  if (Array.isArray(expected)) return compareArrays(expected, actual, path);
  const named = expected as Readonly<Record<string, unknown>>;
  const words = Object.keys(named).filter((key) => key.startsWith('$'));
  const unknown = words.find((word) => !(word in rules));
  if (unknown) throw new Error(`"${unknown}" is no expectation; there are ${Object.keys(rules).join(', ')}.`);
  if (words.length > 0) return words.flatMap((word) => rules[word]?.(named[word], actual, path, named) ?? []);
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return [`${path} is ${told(actual)}, no object`];
  return Object.entries(named).flatMap(([key, value]) => mismatches(value, (actual as Record<string, unknown>)[key], `${path}.${key}`));
}

function compareArrays(expected: readonly unknown[], actual: unknown, path: string): string[] {
  if (!Array.isArray(actual)) return [`${path} is ${told(actual)}, no list`];
  if (actual.length !== expected.length) return [`${path} has ${actual.length} entries, not ${expected.length}`];
  return expected.flatMap((value, index) => mismatches(value, actual[index], `${path}[${index}]`));
}

const LONGEST = 300;

/** A value in a message, shortened if it is long. */
function told(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
