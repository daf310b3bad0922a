module.exports = {
  preset: '../../../jest.preset.js',
  displayName: 'sentiment-transformers',
  testEnvironment: '<rootDir>/../../../tools/jest/onnx-environment.cjs',
};
