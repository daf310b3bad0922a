module.exports = { preset: '../../../jest.preset.js', displayName: 'sentiment-dynamodb', globalSetup: '../../../tools/dynamodb-local/jest-setup.cjs' };
