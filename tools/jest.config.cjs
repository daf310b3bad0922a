module.exports = {
  preset: '../jest.preset.js',
  displayName: 'tools',
  roots: [
    '<rootDir>/src',
    '<rootDir>/lambda-runtime',
    '<rootDir>/adr',
    '<rootDir>/bench',
    '<rootDir>/jest',
    '<rootDir>/fuzz',
    '<rootDir>/cost',
    '<rootDir>/release',
  ],
};
