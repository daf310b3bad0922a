import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BundledPackage } from './bundled-packages';
import type { NodeProgram } from './node-program';

const RULE = `\n\n${'='.repeat(80)}\n\n`;

/** The licence texts of all packages of an artefact, and of Node if it is included. Throws if a text is nowhere to be found. */
export function licences(workspaceRoot: string, packages: readonly BundledPackage[], node?: NodeProgram): string {
  const texts = packages.map((one) => `${one.name} ${one.version} (${one.license})\n\n${licenceText(workspaceRoot, one)}`);
  return [...texts, ...(node ? [`Node.js ${node.version}\n\n${ownText(node.folder) ?? textElsewhere('node') ?? ''}`] : [])].join(RULE);
}

function licenceText(workspaceRoot: string, { name, version, license, folder }: BundledPackage): string {
  return [
    ownText(folder) ?? textElsewhere(name) ?? standardText(workspaceRoot, license, folder) ?? missing(`${name} ${version}`),
    notice(folder),
    ...takenIn(folder),
  ]
    .filter(Boolean)
    .join('\n\n');
}

const missing = (what: string): never => {
  throw new Error(`The text of the licence of ${what} is nowhere to be had: put it into tools/src/packaging/licences.`);
};

const ownText = (folder: string) => textOf(folder, '{LICENSE,LICENCE,License,Licence,license,licence,COPYING}*');

/** The notice of a package under the Apache License, which must be passed on. */
const notice = (folder: string) => textOf(folder, 'NOTICE*');

/** The licences of third-party code inside a package, each text once. */
function takenIn(folder: string): string[] {
  const files = globSync('*/**/{LICENSE,LICENCE}*', { cwd: folder, exclude: (name) => name === 'node_modules' }).sort();
  return [...new Set(files.map((file) => readFileSync(join(folder, file), 'utf8').trim()))];
}

function textOf(folder: string, names: string): string | undefined {
  const [file] = globSync(names, { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return file === undefined ? undefined : readFileSync(file, 'utf8').trim();
}

/**
 * onnxruntime's npm packages lack the licence texts that its other packages contain, including those of third-party
 * code in its library, and Node's package for Windows lacks the text that its other packages have.
 */
const elsewhere: Readonly<Record<string, string>> = { node: 'node.txt', 'onnxruntime-node': 'onnxruntime.txt', 'onnxruntime-common': 'onnxruntime-common.txt' };

function textElsewhere(name: string): string | undefined {
  const file = elsewhere[name];
  return file === undefined ? undefined : readFileSync(join(__dirname, 'licences', file), 'utf8').trim();
}

/** A package that names a licence without including its text gets the standard text, with its author as the holder. */
function standardText(workspaceRoot: string, license: string, folder: string): string | undefined {
  if (license === 'Apache-2.0') return readFileSync(join(workspaceRoot, 'LICENSE'), 'utf8').trim();
  if (license !== 'MIT') return undefined;
  const { name, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; author?: string | { name?: string } };
  const holder = (typeof author === 'string' ? author : author?.name) ?? `the authors of ${name}`;
  return readFileSync(join(__dirname, 'licences', 'MIT.txt'), 'utf8')
    .replace('HOLDER', holder)
    .trim();
}
