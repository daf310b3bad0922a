// Stands in for sharp in Lambda bundles: transformers.js loads it for images, and Barometer reads texts only.
module.exports = {};
