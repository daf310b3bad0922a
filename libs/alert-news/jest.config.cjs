module.exports = { preset: '../../jest.preset.js', displayName: 'alert-news' };
