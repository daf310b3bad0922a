import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** ESLint's output for a file with this content and path; the file need not exist. */
function lint(file: string, content: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules/eslint/bin/eslint.js'), '--stdin', '--stdin-filename', file], {
    cwd: root,
    input: content,
    encoding: 'utf8',
    env: { ...process.env, NX_DAEMON: 'false', FORCE_COLOR: '0' },
  });
  return stdout + stderr;
}

const boundaries = '@nx/enforce-module-boundaries';

describe('an illegal import fails lint', () => {
  it.each([
    ['a domain that imports another', 'libs/ingestion/core/src/domain/x.ts', '@barometer/reporting', boundaries],
    ['a core that imports an adapter of its own', 'libs/ingestion/core/src/domain/x.ts', '@barometer/ingestion-http', boundaries],
    ['a core that imports a npm package', 'libs/sentiment/core/src/domain/x.ts', 'fastify', boundaries],
    ['a core that imports node:*', 'libs/reporting/core/src/domain/x.ts', 'node:fs', 'no-restricted-imports'],
    ['an adapter that imports another adapter', 'libs/sentiment/adapter-sqlite/src/x.ts', '@barometer/sentiment-transformers', boundaries],
    ['an adapter that imports another domain', 'libs/sentiment/adapter-sqlite/src/x.ts', '@barometer/ingestion', boundaries],
    ['reports that know of keys', 'libs/reporting/core/src/x.ts', '@barometer/access', boundaries],
    ['keys that know of reports', 'libs/access/core/src/x.ts', '@barometer/reporting', boundaries],
    ['a driver that imports another one', 'libs/pipeline/src/x.ts', '@barometer/cli', boundaries],
    ['a driver that imports an adapter', 'libs/http-api/src/x.ts', '@barometer/reporting-sqlite', boundaries],
    ['production code that imports /testing', 'libs/ingestion/adapter-http/src/x.ts', '@barometer/ingestion/testing', 'no-restricted-imports'],
    ['a tool that imports a runtime library', 'tools/src/x.ts', '@barometer/kernel', boundaries],
  ])(
    '%s',
    (_what, file, imported, rule) => {
      expect(lint(file, `import * as it from '${imported}';\nexport const x = it;\n`)).toContain(rule);
    },
    60_000,
  );

  it.each([
    ['an adapter that imports its own core', 'libs/sentiment/adapter-sqlite/src/x.ts', '@barometer/sentiment'],
    ['a core that imports shared', 'libs/sentiment/core/src/domain/x.ts', '@barometer/events'],
    ['a command that drives the pipeline', 'libs/cli/src/commands/x.ts', '@barometer/pipeline'],
    ['an app that imports an adapter', 'apps/local/src/x.ts', '@barometer/reporting-sqlite'],
    ['an adapter that imports the store', 'libs/sentiment/adapter-sqlite/src/x.ts', '@barometer/storage-sqlite'],
  ])(
    'a legal one passes: %s',
    (_what, file, imported) => {
      expect(lint(file, `import * as it from '${imported}';\nexport const x = it;\n`)).not.toMatch(/error/);
    },
    60_000,
  );
});

describe('zod is imported in a way that bundles contain only the used parts', () => {
  it.each(["import { z } from 'zod';", "import z from 'zod';", "import { z as schema } from 'zod';"])(
    '%s is refused',
    (line) => {
      expect(lint('apps/dashboard/src/x.ts', `${line}\n`)).toContain('no-restricted-syntax');
    },
    60_000,
  );

  it.each(["import * as z from 'zod';", "import type { ZodType } from 'zod';"])(
    '%s passes',
    (line) => {
      expect(lint('apps/dashboard/src/x.ts', `${line}\n`)).not.toContain('no-restricted-syntax');
    },
    60_000,
  );
});

describe('texts of the page belong in the language files', () => {
  /** The component bodies in which ESLint finds text. */
  const refused = (bodies: readonly string[]): string[] => {
    const said = lint('apps/web/src/features/x.tsx', bodies.map((body, index) => `export const X${index} = ({ is, name }) => ${body};`).join('\n'));
    return bodies.filter((_, index) => said.split('\n').some((line) => line.trim().startsWith(`${index + 1}:`) && line.includes('barometer/translated-text')));
  };

  it('are found wherever a reader would see or hear them', () => {
    const bodies = [
      '<p>Mood now</p>',
      "<p>{is ? 'yes' : 'no'}</p>",
      '<b title="Close" />',
      '<b aria-label={`Edit ${name}`} />',
      "<input placeholder={is ? 'optional' : name} />",
      "announce('Copied')",
      "<X name={'not read yet'} />",
      "<p>{[name, 'was removed'].join(' ')}</p>",
      "[{ value: 1, label: 'Card' }]",
    ];
    expect(refused(bodies)).toEqual(bodies);
  }, 60_000);

  it('do not include names and what only the machine reads', () => {
    expect(
      refused([
        '<p className="mood-now number">{name}</p>',
        '<p>· {name} %</p>',
        '<h1>Barometer</h1>',
        '<b title={name} />',
        "document.querySelector('main section')",
        "<a rel=\"noreferrer noopener\">{is ? '▲' : '▼'}</a>",
        "<p>{t('mood.title')}</p>",
      ]),
    ).toEqual([]);
  }, 60_000);
});
