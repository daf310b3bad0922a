import { assumptions, billOf, middle, type Bill, type Load } from './bill';
import { alternativesTo } from './comparison';
import type { Evidence, PriceTable } from './evidence';
import { rangeText, twoFigures, type Range } from './range';

/** How the document's three months are asked: a source for what a source brings, ten readers. */
export const months: readonly Omit<Load, 'region' | 'packaging'>[] = [
  { articles: 10_000, sources: 25, readers: 10 }, { articles: 1_000_000, sources: 300, readers: 10 }, { articles: 100_000_000, sources: 10_000, readers: 10 },
];

const bySize = (rows: readonly (readonly [string, Range])[]) => [...rows].sort(([, one], [, other]) => middle(other) - middle(one));
const share = (part: Range, whole: Range) => `${Math.round((100 * middle(part)) / middle(whole))} %`;
const priceNote = ({ checked, writtenDown, note }: PriceTable) => (checked ? `Prices as of ${checked}.` : `Prices as written down on ${writtenDown}. ${note}`);

const dollars = (usd: Range) => `$${rangeText(usd)}`.replace(/^\$under /, 'under $');
const counted = (count: number, what: string) => `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

/** The bill as text for a terminal. */
export function textOf(bill: Bill, prices: PriceTable): string {
  const { load, total, byService, byStep, dominant, perArticle } = bill;
  const table = (rows: readonly (readonly [string, Range])[]) => bySize(rows).map(([name, usd]) => `  ${name.padEnd(22)} ${dollars(usd).padStart(17)}  ${share(usd, total).padStart(5)}`).join('\n');
  const [first, second] = dominant;
  return [
    `${counted(load.articles, 'article')} a month from ${counted(load.sources, 'source')}, ${counted(load.readers, 'reader')}, ${load.region}, Analysis as ${load.packaging === 'zip' ? 'a ZIP' : 'an image'}: ${dollars(total)} a month`,
    `\nBy service\n${table(byService)}`, `\nBy step\n${table(byStep)}`,
    `\nWhat dominates: ${first?.step} (${first?.service}, ${dollars(first?.usd as Range)}), then ${second?.step} (${second?.service}, ${dollars(second?.usd as Range)}).`,
    `An article takes ${rangeText(perArticle.writeUnits)} write units and ${rangeText(perArticle.readUnits)} read units over its life.`,
    `\nElsewhere\n${alternativesTo(bill, prices).map(({ name, usd, remark }) => `  ${name.padEnd(40)} ${(usd ? dollars(usd) : '–').padStart(17)}  ${remark}`).join('\n')}`,
    `\n${priceNote(prices)}`,
  ].join('\n');
}

const BEGINNING = '<!-- Written by "npm run cost -- --write". Change tools/cost, not this file. -->';

/** docs/operations/cost.md. */
export function documentOf(evidence: Evidence): string {
  const region = 'eu-central-1';
  const bills = months.map((month) => billOf({ ...month, region, packaging: 'image' }, evidence));
  const named = (bill: Bill) => `${bill.load.articles.toLocaleString('en')} articles, ${bill.load.sources.toLocaleString('en')} sources`;
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const header = (first: string) => `${row([first, ...bills.map(named)])}\n|${' --- |'.repeat(bills.length + 1)}`;
  const rows = (of: (bill: Bill) => readonly (readonly [string, Range])[]) => bySize(of(bills[1] as Bill)).map(([name]) => row([name, ...bills.map((bill) => {
    const usd = of(bill).find(([other]) => other === name)?.[1];
    return usd ? rangeText(usd) : '–';
  })]));
  const elsewhere = bills.map((bill) => alternativesTo(bill, evidence.prices));
  const units = (name: 'writeUnits' | 'readUnits') => bills.map(({ perArticle }) => rangeText(perArticle[name]));
  const dominance = ({ dominant: [first, second], total }: Bill) => `${first?.step} (${first?.service}, ${share(first?.usd as Range, total)}), then ${second?.step} (${second?.service}, ${share(second?.usd as Range, total)})`;
  return `${BEGINNING}
# What Barometer costs a month

In US dollars, in ${region}, with Analysis as an image and ten readers; from the best that may be to the worst. Another month:
\`npm run cost -- --articles-per-month 1000000 --sources 300 --readers 10\` (\`--help\` names the rest).

${header('')}
${row(['**on AWS, all three functions**', ...bills.map(({ total }) => `**${rangeText(total)}**`)])}
${(elsewhere[0] ?? []).map(({ name }, index) => row([name, ...elsewhere.map((those) => (those[index]?.usd ? rangeText(those[index].usd) : `– (${those[index]?.remark})`))])).join('\n')}

${bills.map((bill) => `- ${named(bill)}: what dominates is ${dominance(bill)}.`).join('\n')}

The server is a t4g.small up to twenty million articles a month and a c7g.xlarge beyond, with one SQLite file and nobody to take
over. Comprehend counts at least three units of 100 letters a headline; everything but the model costs the same with it.

## By service
${header('service')}
${rows(({ byService }) => byService).join('\n')}

## By step
${header('step')}
${rows(({ byStep }) => byStep).join('\n')}

*Stories*, *roll-ups* and *indexes* are parts of storing and scoring an article; *keep* is its storage for 90 days with
point-in-time recovery, after which the table's time to live takes it away at no charge; *idle* is what runs when nothing happens.

## An article
${header('units of DynamoDB')}
${row(['written', ...units('writeUnits')])}
${row(['read', ...units('readUnits')])}

## Where the figures come from
- Write and read units: measured on real items, by \`apps/local/src/cost-units.aws.spec.ts\` (sources, articles, scores) and
  \`apps/dashboard/src/cost.aws.spec.ts\` (the page). Both fail when the figures kept beside them are no longer true.
  The articles that were measured lie in ${topicsOf(evidence)} topics in the mean, of eight; each takes up to eight write units.
- Durations: docs/benchmarks.md. Memory: infra/cdk.json, \`prod\`. Alarms and secrets: the recorded templates.
- Prices: \`tools/cost/prices.json\`. ${priceNote(evidence.prices)}
- Free tiers are left out: an account has them once, whatever else runs in it.
- What nobody measured lies between these ends, of which the first costs less:

| | from | to |
|---|---|---|
${Object.entries(assumptions).map(([name, { low, high }]) => row([name, figureText(low), figureText(high)])).join('\n')}
`;
}

/** A row of a list is two units: one for the source, the others for topics. */
function topicsOf({ units: { poll } }: Evidence): string {
  const lists = (count: number) => poll[count]?.writes.items.lists ?? NaN;
  return ((lists(8) - lists(0)) / 8 / 2 - 1).toFixed(1);
}

const figureText = (value: number) => (value < 1 ? String(value) : value >= 100 ? value.toLocaleString('en') : twoFigures(value));
