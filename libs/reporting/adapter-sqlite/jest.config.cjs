module.exports = { preset: '../../../jest.preset.js', displayName: 'reporting-sqlite' };
