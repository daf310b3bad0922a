module.exports = {
  preset: '../../jest.preset.js',
  displayName: 'aws-local',
  globalSetup: '../dynamodb-local/jest-setup.cjs',
  globalTeardown: '../dynamodb-local/jest-teardown.cjs',
};
