module.exports = { preset: '../../../jest.preset.js', displayName: 'sentiment-lambda' };
