// Stands, in the bundles of Lambdas, for what lambda-bundle.ts leaves out of them.
module.exports = {};
