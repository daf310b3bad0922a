// Synthesising takes seconds, and more on a busy machine.
module.exports = { preset: '../jest.preset.js', displayName: 'infra', testTimeout: 120_000 };
