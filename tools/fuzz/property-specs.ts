import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A spec with properties, directly or through a contract suite that it calls. */
export interface PropertySpec {
  /** Relative to the workspace, with forward slashes. */
  readonly file: string;
  /** The folder of its project, which has a jest.config.cjs. */
  readonly project: string;
}

const SOURCES = '{apps,libs,tools,infra}/**/*.{ts,tsx}';
const isOwn = (path: string) => !/(^|[\\/])(node_modules|dist)[\\/]/.test(path);
const hasProperty = (text: string) => /\bfc\.(assert|check|sample)\(/.test(text);

/**
 * Every spec of the workspace with a property, sorted by path. Those that need the stand-ins for AWS are left out,
 * unless `aws` is set. Properties of a contract suite are found by the names that its file exports.
 */
export function propertySpecs(root: string, { aws = false }: { readonly aws?: boolean } = {}): PropertySpec[] {
  const files = globSync(SOURCES, { cwd: root, exclude: (path) => !isOwn(String(path)) })
    .filter(isOwn)
    .map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(join(root, file), 'utf8') }));
  const suites = files
    .filter(({ file, text }) => !isSpec(file) && hasProperty(text))
    .flatMap(({ text }) => [...text.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)].map(([, name = '']) => name));
  const callsSuite = new RegExp(`\\b(?:${suites.join('|') || '(?!)'})\\(`);
  return files
    .filter(
      ({ file, text }) =>
        isSpec(file) && !/\.e2e\.spec\./.test(file) && (aws || !/\.aws\.spec\./.test(file)) && (hasProperty(text) || callsSuite.test(withSuites(text, files))),
    )
    .map(({ file }) => ({ file, project: projectOf(root, file) }))
    .sort((one, other) => (one.file < other.file ? -1 : 1));
}

const isSpec = (file: string) => /\.spec\.tsx?$/.test(file);

/** A spec may call suites through a function that combines them (`…Contracts`): its text, and that of every suite it names. */
function withSuites(text: string, files: readonly { readonly file: string; readonly text: string }[]): string {
  const gathered = files.filter(
    ({ file, text: suite }) =>
      /\/testing\//.test(file) && [...suite.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)].some(([, name]) => text.includes(`${name}(`)),
  );
  return [text, ...gathered.map((one) => one.text)].join('\n');
}

function projectOf(root: string, file: string): string {
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
    if (globSync('jest.config.cjs', { cwd: join(root, folder) }).length > 0) return folder;
  }
  throw new Error(`${file} belongs to no project with a jest.config.cjs.`);
}
