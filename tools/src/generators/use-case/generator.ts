import { logger, type Tree } from '@nx/devkit';
import { domainOf, nameOf, withLinesAfter, type Name } from '../names';

export interface UseCaseOptions {
  /** What the use case does: a verb and its object, such as "rename source". */
  readonly name: string;
  readonly domain: string;
}

/** Creates a use case in a domain's core, with its spec, and exports it. Throws if it exists already. */
export default function useCase(tree: Tree, { name, domain }: UseCaseOptions): void {
  const [it, core] = [nameOf(name), `libs/${domainOf(domain)}/core/src`];
  const path = `${core}/use-cases/${it.kebab}.use-case.ts`;
  if (tree.exists(path)) throw new Error(`${path} is there already.`);
  tree.write(path, source(it));
  tree.write(`${core}/use-cases/${it.kebab}.use-case.spec.ts`, spec(it));
  const index = `${core}/index.ts`;
  const isUseCase = (line: string) => line.startsWith('export') && line.includes("'./use-cases/");
  tree.write(
    index,
    withLinesAfter(
      tree.read(index, 'utf8') ?? '',
      isUseCase,
      [`export { ${it.pascal}, type ${it.pascal}Deps } from './use-cases/${it.kebab}.use-case';`],
      index,
    ),
  );
  logger.info(
    `${path}: describe in its docstring what it does and which outcomes it returns; outages are thrown. Then bind it in composition-root.ts of each app that uses it.`,
  );
}

const source = ({ pascal }: Name) => `import type { Clock } from '@barometer/kernel';

/** What it needs from outside: ports of this domain. */
export interface ${pascal}Deps {
  readonly clock: Clock;
}

/** What it does, and for whom. */
export class ${pascal} {
  constructor(private readonly deps: ${pascal}Deps) {}

  /** What comes in and out: shapes, units, ranges. Expected failures are returned, outages thrown. */
  async execute(): Promise<{ readonly at: number }> {
    return { at: this.deps.clock.now() };
  }
}
`;

const spec = ({ kebab, pascal }: Name) => `import { ManualClock } from '@barometer/kernel';
import { ${pascal} } from './${kebab}.use-case';

it('says when it was done', async () => {
  expect(await new ${pascal}({ clock: new ManualClock(7) }).execute()).toEqual({ at: 7 });
});
`;
