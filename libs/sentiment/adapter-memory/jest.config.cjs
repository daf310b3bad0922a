module.exports = { preset: '../../../jest.preset.js', displayName: 'sentiment-memory' };
