// Checks the subjects of the commits that a branch adds: node .ci/commits.mjs [base], where base is origin/main if left out.
import { spawnSync } from 'node:child_process';

const TYPES = ['build', 'chore', 'ci', 'docs', 'feat', 'fix', 'perf', 'refactor', 'revert', 'style', 'test'];
const LONGEST = 120;
/** Commits up to this one were made before the rules. */
const BEFORE = '47770daa9c9d034f7faae4d2d21ba3b28b96afd3';

/** One sentence about what is wrong with a subject; undefined if it is fine. */
function problemOf(subject) {
  const [, type, description] = /^([a-z]+)(?:\([a-z0-9-]+(?:,[a-z0-9-]+)*\))?!?: (.*)$/.exec(subject) ?? [];
  if (type === undefined) return 'It has to read as "type: what it does" or "type(where): what it does".';
  if (!TYPES.includes(type)) return `"${type}" is none of ${TYPES.join(', ')}.`;
  if (description.trim().length < 3) return 'It says nothing.';
  if (subject.endsWith('.')) return 'It ends with a full stop.';
  if (subject.length > LONGEST) return `It has ${subject.length} characters, and may have ${LONGEST}.`;
  return undefined;
}

const base = process.argv[2] ?? 'origin/main';
const isHere = spawnSync('git', ['cat-file', '-e', `${BEFORE}^{commit}`]).status === 0;
const { status, stdout } = spawnSync('git', ['log', '--no-merges', '--format=%h %s', `${base}..HEAD`, ...(isHere ? [`^${BEFORE}`] : [])], { encoding: 'utf8' });
if (status !== 0) {
  console.log(`There is no ${base} here: no commit is checked.`);
  process.exit(0);
}
const commits = stdout
  .split('\n')
  .filter(Boolean)
  .map((line) => ({ line, problem: problemOf(line.slice(line.indexOf(' ') + 1)) }));
for (const { line, problem } of commits) if (problem) console.error(`${line}\n    ${problem}`);
const wrong = commits.filter(({ problem }) => problem).length;
console.log(`${commits.length} commits since ${base}, ${wrong} with a subject that cannot stay.`);
process.exitCode = wrong > 0 ? 1 : 0;
