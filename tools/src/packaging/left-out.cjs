// Replaces, in the bundles of Lambdas, the packages that lambda-bundle.ts leaves out.
module.exports = {};
