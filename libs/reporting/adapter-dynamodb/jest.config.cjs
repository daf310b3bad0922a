module.exports = {
  preset: '../../../jest.preset.js',
  displayName: 'reporting-dynamodb',
  globalSetup: '../../../tools/dynamodb-local/jest-setup.cjs',
  globalTeardown: '../../../tools/dynamodb-local/jest-teardown.cjs',
};
