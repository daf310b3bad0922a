// Replaces fast-check when tests import it: the same library, whose properties take their seed and a minimum number of
// cases from the environment. The test command must give the same result for the same code, so without PROPERTY_SEED
// every run tries the same cases; "npm run fuzz" tries new ones. This applies to every property, whatever its own
// parameters.
const { join } = require('node:path');
// By path, the CommonJS build: by name Jest would find this file again.
const fastCheck = require(join(__dirname, '..', '..', 'node_modules', 'fast-check', 'lib', 'cjs', 'fast-check.js'));

const seed = Number(process.env.PROPERTY_SEED ?? 20_261_127);
const leastRuns = Number(process.env.PROPERTY_RUNS ?? 0);
const DEFAULT_RUNS = 100;

const fixed = (parameters) => {
  const given = typeof parameters === 'number' ? { numRuns: parameters } : (parameters ?? {});
  return { ...given, seed, numRuns: Math.max(given.numRuns ?? DEFAULT_RUNS, leastRuns) };
};
const seeded = { ...fastCheck };
for (const name of ['assert', 'check', 'sample', 'statistics']) {
  // A sample has the length that its caller requested.
  seeded[name] = (subject, parameters, ...rest) =>
    fastCheck[name](
      subject,
      name === 'sample' ? { ...(typeof parameters === 'number' ? { numRuns: parameters } : parameters), seed } : fixed(parameters),
      ...rest,
    );
}
seeded.default = seeded;
Object.defineProperty(seeded, '__esModule', { value: true });
module.exports = seeded;
