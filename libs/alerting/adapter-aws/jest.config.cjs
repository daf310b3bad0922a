module.exports = { preset: '../../../jest.preset.js', displayName: 'alerting-aws' };
