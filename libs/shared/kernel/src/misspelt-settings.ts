/** Prefixes that mark a name as meant for Barometer; after one, short names are recognised as well. */
const OWN = 'BAROMETER_';
/** Names of settings are in capitals; npm and others use lower case. */
const SETTING = /^[A-Z][A-Z\d_]*$/;
/** Variables that Docker and Kubernetes set for a container whose name resembles a setting, such as BAROMETER_PORT. */
const LINK = /^(?:tcp|udp):\/\//;

/**
 * Finds variables that resemble a setting without being one: a sentence about each, with the name that was probably
 * meant. Names must be nearly equal, since an environment is full of names that belong to other programs.
 */
export function misspeltSettings(environment: Readonly<Record<string, string | undefined>>, names: readonly string[]): string[] {
  return Object.entries(environment).flatMap(([given, value]) => {
    const isOther = !SETTING.test(given) || given.startsWith('AWS_') || value === undefined || value === '' || LINK.test(value);
    const meant = isOther || names.includes(given) ? undefined : nearest(given, names);
    return meant === undefined ? [] : [`${given} looks like a misspelt setting; ${meant} was probably meant.`];
  });
}

function nearest(given: string, names: readonly string[]): string | undefined {
  const bare = given.startsWith(OWN) ? given.slice(OWN.length) : undefined;
  const candidates = names.map((name) => {
    const whole = slips(given, name);
    const short = bare === undefined ? Infinity : slips(bare, name);
    return { name, slips: Math.min(whole <= bearable(name) ? whole : Infinity, short <= Math.max(1, bearable(name)) ? short : Infinity) };
  });
  const [best] = candidates.filter((candidate) => candidate.slips < Infinity).sort((one, other) => one.slips - other.slips);
  return best?.name;
}

/** How many slips a name may be away. With four letters, one change in four often gives another word, so PORT is matched only with two letters exchanged. */
const bearable = (name: string): number => (name.length < 6 ? EXCHANGE : name.length < 10 ? 1 : 2);

/** The weight of two exchanged letters, the one slip that does not give another word: lower than that of any other. */
const EXCHANGE = 0.5;

/** The edit distance of two names: missing, extra or wrong letters, or two neighbours exchanged (optimal string alignment). */
function slips(one: string, other: string): number {
  let [before, last]: [readonly number[], readonly number[]] = [[], Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isExchanged = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      next.push(
        Math.min(
          at(last, column) + 1,
          at(next, column - 1) + 1,
          at(last, column - 1) + (isSame ? 0 : 1),
          isExchanged ? at(before, column - 2) + EXCHANGE : Infinity,
        ),
      );
    }
    [before, last] = [last, next];
  }
  return at(last, other.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Infinity;
