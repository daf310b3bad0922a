import { logger, type Tree } from '@nx/devkit';
import { domainOf, nameOf, withLinesAfter, type Name } from '../names';

export interface AdapterOptions {
  /** The technology, such as "postgres". */
  readonly technology: string;
  readonly domain: string;
}

/** Files of a memory adapter that are no store: helpers for tests, tests of use cases, and adapters that exist once only. */
const notCopied = /keyword-classifier|memory-live-feed|memory-scoring-queue|scores-with-canary|alerts\.spec|digests\.spec/;

/**
 * Creates an adapter for a domain's stores as a copy of the memory adapter under new names, with its contract suites. The copy passes
 * them, and the new technology then replaces one store after the other while they keep passing. Throws if the adapter exists already.
 */
export default function adapter(tree: Tree, { technology, domain: domainName }: AdapterOptions): void {
  const [it, domain] = [nameOf(technology), domainOf(domainName)];
  const [from, to] = [`libs/${domain}/adapter-memory`, `libs/${domain}/adapter-${it.kebab}`];
  if (tree.exists(to)) throw new Error(`${to} is there already.`);
  const files = filesIn(tree, from).filter((file) => !notCopied.test(file));
  const own = new Set(
    files.flatMap((file) =>
      [...(tree.read(file, 'utf8') ?? '').matchAll(/export (?:class|const|function|interface|type) (Memory\w+)/g)].map(([, name]) => name ?? ''),
    ),
  );
  for (const file of files) {
    const path = `${to}${file.slice(from.length)}`.replaceAll(/(?<=\/)memory-|(?<=\/\w+-)memory(?=\.)/g, (found) => found.replace('memory', it.kebab));
    tree.write(path, renamed(tree.read(file, 'utf8') ?? '', own, it, domain));
  }
  const paths = 'tsconfig.base.json';
  tree.write(
    paths,
    withLinesAfter(
      tree.read(paths, 'utf8') ?? '',
      (line) => line.includes(`"@barometer/${domain}-memory":`),
      [`      "@barometer/${domain}-${it.kebab}": ["./${to}/src/index.ts"],`],
      paths,
    ),
  );
  logger.info(
    `${to} is a copy of the memory adapter, so every contract suite passes. Rewrite one store after the other for ${technology}, until nothing imports @barometer/storage-memory, and then open the stores in apps/local/src/stores.`,
  );
}

function filesIn(tree: Tree, folder: string): string[] {
  return tree
    .children(folder)
    .sort()
    .flatMap((name) => (tree.isFile(`${folder}/${name}`) ? [`${folder}/${name}`] : filesIn(tree, `${folder}/${name}`)));
}

function renamed(text: string, own: ReadonlySet<string>, { kebab, pascal }: Name, domain: string): string {
  return text
    .split('\n')
    .filter((line) => !(/^export .* from '\.\//.test(line) && notCopied.test(line)))
    .join('\n')
    .replaceAll(/\bMemory\w+/g, (name) => (own.has(name) ? pascal + name.slice('Memory'.length) : name))
    .replaceAll(/(?<=from '\.[^']*\/)memory-/g, `${kebab}-`)
    .replaceAll(/(?<=Contract\(')memory(?=[',])/g, kebab)
    .replaceAll(`${domain}-memory`, `${domain}-${kebab}`)
    .replaceAll('/adapter-memory', `/adapter-${kebab}`);
}
