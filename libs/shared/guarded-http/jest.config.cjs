module.exports = { preset: '../../../jest.preset.js', displayName: 'guarded-http' };
