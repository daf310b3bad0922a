import { logger, type Tree } from '@nx/devkit';
import { domainOf, nameOf, withLinesAfter, type Name } from '../names';

export interface AdapterOptions {
  /** The technology, such as "postgres". */
  readonly technology: string;
  readonly domain: string;
}

/** What of a memory adapter is no store: there is one of it, or it is for tests. */
const notCopied = /keyword-classifier|memory-live-feed|memory-scoring-queue/;

/**
 * Begins an adapter of a domain's stores as a copy of the memory adapter under new names, its contract suites wired: it passes
 * them from the first moment, and goes on passing them while one store after the other is given to the new technology. Throws
 * where it is there already.
 */
export default function adapter(tree: Tree, { technology, domain: domainName }: AdapterOptions): void {
  const [it, domain] = [nameOf(technology), domainOf(domainName)];
  const [from, to] = [`libs/${domain}/adapter-memory`, `libs/${domain}/adapter-${it.kebab}`];
  if (tree.exists(to)) throw new Error(`${to} is there already.`);
  const files = filesIn(tree, from).filter((file) => !notCopied.test(file));
  const own = new Set(files.flatMap((file) => [...(tree.read(file, 'utf8') ?? '').matchAll(/export (?:class|const|function|interface|type) (Memory\w+)/g)].map(([, name]) => name ?? '')));
  for (const file of files) {
    const path = `${to}${file.slice(from.length)}`.replaceAll(/(?<=\/)memory-|(?<=\/\w+-)memory(?=\.)/g, (found) => found.replace('memory', it.kebab));
    tree.write(path, renamed(tree.read(file, 'utf8') ?? '', own, it, domain));
  }
  const paths = 'tsconfig.base.json';
  tree.write(paths, withLinesAfter(tree.read(paths, 'utf8') ?? '', (line) => line.includes(`"@barometer/${domain}-memory":`), [`      "@barometer/${domain}-${it.kebab}": ["./${to}/src/index.ts"],`], paths));
  logger.info(`${to}: every contract suite passes, since it is a copy of the memory adapter. Give one store after the other to ${technology}, and leave @barometer/storage-memory behind; then open it in apps/local/src/stores.`);
}

function filesIn(tree: Tree, folder: string): string[] {
  return tree.children(folder).sort().flatMap((name) => (tree.isFile(`${folder}/${name}`) ? [`${folder}/${name}`] : filesIn(tree, `${folder}/${name}`)));
}

function renamed(text: string, own: ReadonlySet<string>, { kebab, pascal }: Name, domain: string): string {
  return text.split('\n').filter((line) => !(/^export .* from '\.\//.test(line) && notCopied.test(line))).join('\n')
    .replaceAll(/\bMemory\w+/g, (name) => (own.has(name) ? pascal + name.slice('Memory'.length) : name))
    .replaceAll(/(?<=from '\.[^']*\/)memory-/g, `${kebab}-`)
    .replaceAll(/(?<=Contract\(')memory(?=')/g, kebab)
    .replaceAll(`${domain}-memory`, `${domain}-${kebab}`)
    .replaceAll('/adapter-memory', `/adapter-${kebab}`);
}
