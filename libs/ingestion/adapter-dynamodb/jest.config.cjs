module.exports = { preset: '../../../jest.preset.js', displayName: 'ingestion-dynamodb', globalSetup: '../../../tools/dynamodb-local/jest-setup.cjs' };
