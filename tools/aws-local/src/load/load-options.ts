import { parseArgs } from 'node:util';
import type { LoadOptions } from './run-load';

export const HELP = `Puts a load on Barometer on AWS parts of this computer, and says what it came to.

  npm run load -- [options]

  --seconds N    how long, 1 to 600 (default 60)
  --feeds N      feeds on loopback, 1 to 200 (default 20)
  --articles N   articles that they publish a second, together, 1 to 500 (default 10)
  --reads N      requests of readers a second, 1 to 9 (default 5): a key may make 600 a minute
  --tick N       seconds after which all feeds are due again, 1 to 60 (default 10)
  --help         print this

Everything runs on this computer, and nothing is kept. Ctrl-C ends it and prints what was seen until then. Exit code 1: something
was lost or failed; 2: options that cannot be used.
`;

/** Parses the command line; undefined if help is requested. Throws a sentence that names an invalid option. */
export function readLoadOptions(args: readonly string[]): LoadOptions | undefined {
  const number = (value: string) => ({ type: 'string' as const, default: value });
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: number('60'),
      feeds: number('20'),
      articles: number('10'),
      reads: number('5'),
      tick: number('10'),
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return undefined;
  const whole = (name: 'seconds' | 'feeds' | 'articles' | 'reads' | 'tick', most: number) => {
    const text = values[name];
    if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > most)
      throw new Error(`--${name} must be a whole number from 1 to ${most}, in digits alone, not "${text}".`);
    return Number(text);
  };
  return {
    seconds: whole('seconds', 600),
    feeds: whole('feeds', 200),
    articlesASecond: whole('articles', 500),
    readsASecond: whole('reads', 9),
    tickSeconds: whole('tick', 60),
  };
}
