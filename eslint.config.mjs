import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import { translatedText } from './tools/eslint/translated-text.mjs';

const builtins = { regex: '^node:', message: 'A core has no input or output: put what needs node:* behind a port.' };
const tests = ['**/*.spec.ts', '**/*.spec.tsx', '**/testing/**'];

/** `z` is an object of everything: a bundle that names it carries all of zod, its messages in sixty languages included. */
const wholeZod = {
  selector: 'ImportDeclaration[source.value="zod"] > :matches(ImportDefaultSpecifier, ImportSpecifier[imported.name=/^(z|default)$/])',
  message: "Write `import * as z from 'zod'`: the object `z` brings 360 kB that are never used into every Lambda.",
};

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/.nx/**', '**/*.cjs', '**/*.mjs', '**/*.js', 'tools/model/**'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@nx': nx },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', wholeZod],
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          allowCircularSelfDependency: false,
          depConstraints: [
            { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
            { sourceTag: 'scope:ingestion', onlyDependOnLibsWithTags: ['scope:ingestion', 'scope:shared'] },
            { sourceTag: 'scope:sentiment', onlyDependOnLibsWithTags: ['scope:sentiment', 'scope:shared'] },
            { sourceTag: 'scope:reporting', onlyDependOnLibsWithTags: ['scope:reporting', 'scope:shared'] },
            { sourceTag: 'scope:alerting', onlyDependOnLibsWithTags: ['scope:alerting', 'scope:shared'] },
            { sourceTag: 'scope:access', onlyDependOnLibsWithTags: ['scope:access', 'scope:shared'] },
            { sourceTag: 'scope:web', onlyDependOnLibsWithTags: ['scope:http-api', 'scope:shared'] },
            { sourceTag: 'type:core', onlyDependOnLibsWithTags: ['type:core'], allowedExternalImports: ['zod', 'html-entities', 'fast-check'] },
            { sourceTag: 'type:adapter', onlyDependOnLibsWithTags: ['type:core', 'scope:shared'] },
            { sourceTag: 'type:driver', onlyDependOnLibsWithTags: ['type:core', 'scope:pipeline'] },
            { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:core', 'type:adapter', 'type:driver'] },
            { sourceTag: 'type:test-host', onlyDependOnLibsWithTags: ['type:core', 'type:adapter', 'scope:shared', 'type:tool'] },
            { sourceTag: 'type:infra', onlyDependOnLibsWithTags: ['type:tool'] },
            { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:tool'] },
          ],
        },
      ],
    },
  },
  {
    files: ['libs/*/core/src/**/*.ts', 'libs/shared/events/src/**/*.ts'],
    ignores: tests,
    rules: { 'no-restricted-imports': ['error', { patterns: [builtins] }] },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    ignores: [...tests, 'libs/*/core/src/**', 'libs/shared/events/src/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['@barometer/*/testing'], message: 'Contract suites and fixtures are for tests only.' }] }],
    },
  },
  {
    files: tests,
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'The test command throws no dice: draw from fast-check (`fc.sample`), whose seed is fixed there and random in `npm run fuzz`.',
        },
      ],
    },
  },
  {
    files: ['apps/web/src/**/*.ts', 'apps/web/src/**/*.tsx'],
    // What the server says, and what goes onto other pages, is English.
    ignores: [...tests, 'apps/web/src/i18n/**', 'apps/web/src/api/**', 'apps/web/src/offline/**', 'apps/web/src/features/mood/embed-snippet.ts'],
    plugins: { barometer: { rules: { 'translated-text': translatedText } } },
    rules: { 'barometer/translated-text': 'error' },
  },
  // A language is one file, however long.
  { files: ['apps/web/src/i18n/*.ts'], rules: { 'max-lines': 'off' } },
  { files: tests, rules: { 'max-lines': 'off', '@typescript-eslint/no-non-null-assertion': 'off' } },
);
