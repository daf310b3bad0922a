// One Jest configuration for every project; a project's jest.config.cjs only names itself.
const { compilerOptions } = require('./tsconfig.base.json');

const moduleNameMapper = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([name, [file]]) => [`^${name}$`, `${__dirname}/${file.slice(2)}`]),
);

// These packages publish ES modules only, which Jest's CommonJS runtime cannot require untransformed.
const esModulesOnly = ['inversify', '@inversifyjs', 'openid-client', 'oauth4webapi', 'jose', 'cookie', 'content-disposition', 'ofetch', 'tinyld', 'p-[a-z]+', 'htmlparser2', 'dom-serializer', 'domelementtype', 'domhandler', 'domutils', 'entities'];

module.exports = {
  testEnvironment: 'node',
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  transform: {
    '^.+\\.(ts|tsx|js|mjs)$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2023', transform: { react: { runtime: 'automatic' } } },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModulesOnly.join('|')})/)`],
  moduleNameMapper: { ...moduleNameMapper, '^fast-check$': `${__dirname}/tools/jest/seeded-fast-check.cjs` },
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  reporters: ['default', `${__dirname}/tools/jest/result-reporter.cjs`],
};
