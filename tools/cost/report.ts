import { assumptions, billOf, middle, type Bill, type Load } from './bill';
import { alternativesTo } from './comparison';
import type { Evidence, PriceTable } from './evidence';
import { rangeText, twoFigures, type Range } from './range';

/** The document's three months: the number of sources follows from the articles, with ten readers. */
export const months: readonly Omit<Load, 'region' | 'packaging'>[] = [
  { articles: 10_000, sources: 25, readers: 10 },
  { articles: 1_000_000, sources: 300, readers: 10 },
  { articles: 100_000_000, sources: 10_000, readers: 10 },
];

const bySize = (rows: readonly (readonly [string, Range])[]) => [...rows].sort(([, one], [, other]) => middle(other) - middle(one));
const share = (part: Range, whole: Range) => `${Math.round((100 * middle(part)) / middle(whole))} %`;
const priceNote = ({ checked, writtenDown, note }: PriceTable) => (checked ? `Prices as of ${checked}.` : `Prices as written down on ${writtenDown}. ${note}`);

const dollars = (usd: Range) => `$${rangeText(usd)}`.replace(/^\$under /, 'under $');
const counted = (count: number, what: string) => `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

/** The bill as text for a terminal. */
export function textOf(bill: Bill, prices: PriceTable): string {
  const { load, total, byService, byStep, dominant, perArticle } = bill;
  const table = (rows: readonly (readonly [string, Range])[]) =>
    bySize(rows)
      .map(([name, usd]) => `  ${name.padEnd(22)} ${dollars(usd).padStart(17)}  ${share(usd, total).padStart(5)}`)
      .join('\n');
  const [first, second] = dominant;
  return [
    `${counted(load.articles, 'article')} a month from ${counted(load.sources, 'source')}, ${counted(load.readers, 'reader')}, ${load.region}, Analysis as ${load.packaging === 'zip' ? 'a ZIP' : 'an image'}: ${dollars(total)} a month`,
    `\nBy service\n${table(byService)}`,
    `\nBy step\n${table(byStep)}`,
    `\nWhat dominates: ${first?.step} (${first?.service}, ${dollars(first?.usd as Range)}), then ${second?.step} (${second?.service}, ${dollars(second?.usd as Range)}).`,
    `An article takes ${rangeText(perArticle.writeUnits)} write units and ${rangeText(perArticle.readUnits)} read units over its life.`,
    `\nElsewhere\n${alternativesTo(bill, prices)
      .map(({ name, usd, remark }) => `  ${name.padEnd(40)} ${(usd ? dollars(usd) : '–').padStart(17)}  ${remark}`)
      .join('\n')}`,
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
  const rows = (of: (bill: Bill) => readonly (readonly [string, Range])[]) =>
    bySize(of(bills[1] as Bill)).map(([name]) =>
      row([
        name,
        ...bills.map((bill) => {
          const usd = of(bill).find(([other]) => other === name)?.[1];
          return usd ? rangeText(usd) : '–';
        }),
      ]),
    );
  const elsewhere = bills.map((bill) => alternativesTo(bill, evidence.prices));
  const units = (name: 'writeUnits' | 'readUnits') => bills.map(({ perArticle }) => rangeText(perArticle[name]));
  const dominance = ({ dominant: [first, second], total }: Bill) =>
    `${first?.step} (${first?.service}, ${share(first?.usd as Range, total)}), then ${second?.step} (${second?.service}, ${share(second?.usd as Range, total)})`;
  return `${BEGINNING}
# What Barometer costs a month

In US dollars, in ${region}, with Analysis as an image and ten readers, as ranges from the best to the worst case. For another load:
\`npm run cost -- --articles-per-month 1000000 --sources 300 --readers 10\` (\`--help\` lists all options).

${header('')}
${row(['**on AWS, all three functions**', ...bills.map(({ total }) => `**${rangeText(total)}**`)])}
${(elsewhere[0] ?? []).map(({ name }, index) => row([name, ...elsewhere.map((those) => (those[index]?.usd ? rangeText(those[index].usd) : `– (${those[index]?.remark})`))])).join('\n')}

${bills.map((bill) => `- ${named(bill)}: the largest part is ${dominance(bill)}.`).join('\n')}

The server is a t4g.small up to twenty million articles a month and a c7g.xlarge beyond, with one SQLite file and no standby.
Comprehend charges at least three units of 100 characters per headline; everything except the model costs the same with it.

## By service
${header('service')}
${rows(({ byService }) => byService).join('\n')}

## By step
${header('step')}
${rows(({ byStep }) => byStep).join('\n')}

- *stories*, *roll-ups* and *indexes* are parts of storing and scoring an article.
- *keep* is its storage for 90 days with point-in-time recovery; after that the table's time to live deletes it at no charge.
- *canary* is a sentence with a known tone every quarter of an hour. At the lower end a warm function scores it, at the upper end a
  function that has to start each time. Its two metrics and its alarm are in *alarms*.
- *idle* is the cost of everything that runs even if nothing happens.

Until November 2026 the largest part was deleting expired articles, which the table's time to live does now, and each poll read all
sources, which polls share now: [ADR 0017](../adr/0017-what-a-month-costs.md) has the bill before and after.
[limits.md](limits.md) says which part fails first as the load grows.

## An article
${header('DynamoDB units')}
${row(['written', ...units('writeUnits')])}
${row(['read', ...units('readUnits')])}

## Where the figures come from
- Write and read units: measured on real items, by \`apps/local/src/cost-units.aws.spec.ts\` (sources, articles, scores) and
  \`apps/dashboard/src/cost.aws.spec.ts\` (the page). Both fail if the recorded figures no longer match.
  The measured articles are in ${topicsOf(evidence)} of eight topics on average; each topic takes up to eight write units.
- Durations: docs/benchmarks.md. Memory: infra/cdk.json, \`prod\`. Number of alarms and secrets: the recorded templates.
- Prices: \`tools/cost/prices.json\`. ${priceNote(evidence.prices)}
- Free tiers are left out, because all systems in an account share them.
- Everything else is assumed to lie between these values, of which the first costs less:

| assumption | from | to |
|---|---|---|
${Object.entries(assumptions)
  .map(([name, { low, high }]) => row([name, figureText(low), figureText(high)]))
  .join('\n')}
`;
}

/** Topics per article: a row of a list costs two units, and a list has one row for the source and one for each topic. */
function topicsOf({ units: { poll } }: Evidence): string {
  const lists = (count: number) => poll[count]?.writes.items.lists ?? NaN;
  return ((lists(8) - lists(0)) / 8 / 2 - 1).toFixed(1);
}

const figureText = (value: number) => (value < 1 ? String(value) : value >= 100 ? value.toLocaleString('en') : twoFigures(value));
