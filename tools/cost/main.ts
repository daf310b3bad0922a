import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { billOf, type Load } from './bill';
import { readEvidence } from './evidence';
import { documentOf, textOf } from './report';

const root = join(__dirname, '..', '..');
/** The document into which the command writes the bills of three months. */
export const DOCUMENT = 'docs/operations/cost.md';

export const HELP = `The cost of a month on AWS in US dollars: a bill by service and by step, from measured units and listed prices.

  npm run cost -- --articles-per-month N --sources N [options]

  --articles-per-month N   articles that are stored, 1 to 10 billion
  --sources N              feeds that are polled, 1 to 1 million
  --readers N              people who use the page (default 10; 0 to 1 million)
  --region NAME            us-east-1 or eu-central-1 (default eu-central-1)
  --packaging zip|image    of Analysis, the function with the model (default image)
  --json                   the bill as JSON
  --check                  compare ${DOCUMENT} with what --write would write; exit code 1 if they differ
  --write                  write ${DOCUMENT}
  --help                   print this

Every figure is a range; ${DOCUMENT} explains both ends. Exit code 2: invalid options.
`;

export interface Options {
  readonly what: 'bill' | 'check' | 'write' | 'help';
  readonly load?: Load;
  readonly asJson: boolean;
}

/** Parses the command line. Throws a sentence that names an invalid option. */
export function readOptions(args: readonly string[], regions: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'articles-per-month': { type: 'string' },
      sources: { type: 'string' },
      readers: { type: 'string', default: '10' },
      region: { type: 'string', default: 'eu-central-1' },
      packaging: { type: 'string', default: 'image' },
      json: { type: 'boolean', default: false },
      check: { type: 'boolean' },
      write: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const asJson = values.json;
  if (values.help) return { what: 'help', asJson };
  if (values.check || values.write) return { what: values.write ? 'write' : 'check', asJson };
  const { region, packaging } = values;
  if (!regions.includes(region))
    throw new Error(`--region must be one of ${regions.join(', ')}, not "${region}": prices of others are not in tools/cost/prices.json.`);
  if (packaging !== 'zip' && packaging !== 'image') throw new Error(`--packaging must be zip or image, not "${packaging}".`);
  const articles = whole('--articles-per-month', values['articles-per-month'], 1, 10_000_000_000);
  return {
    what: 'bill',
    asJson,
    load: { articles, sources: whole('--sources', values.sources, 1, 1_000_000), readers: whole('--readers', values.readers, 0, 1_000_000), region, packaging },
  };
}

function whole(name: string, text: string | undefined, least: number, most: number): number {
  if (text === undefined) throw new Error(`${name} is missing.`);
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new Error(`${name} must be a whole number from ${least} to ${most}, in digits alone, not "${text}".`);
  return value;
}

/** See HELP. */
export async function main(args: readonly string[] = process.argv.slice(3)): Promise<void> {
  const evidence = readEvidence(root);
  let options: Options;
  try {
    options = readOptions(args, evidence.prices.regions);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    process.exitCode = 2;
    return;
  }
  const { what, load, asJson } = options;
  if (what === 'help') return console.log(HELP);
  const file = join(root, DOCUMENT);
  if (what === 'write') {
    writeFileSync(file, documentOf(evidence));
    return console.log(`Wrote ${DOCUMENT}.`);
  }
  if (what === 'check') {
    if (readFileSync(file, 'utf8') === documentOf(evidence)) return console.log(`${DOCUMENT} is what is measured.`);
    console.error(`${DOCUMENT} is not what is measured: run "npm run cost -- --write".`);
    process.exitCode = 1;
    return;
  }
  const bill = billOf(load as Load, evidence);
  console.log(
    asJson
      ? JSON.stringify({ ...bill, prices: { writtenDown: evidence.prices.writtenDown, checked: evidence.prices.checked } }, null, 2)
      : textOf(bill, evidence.prices),
  );
}
