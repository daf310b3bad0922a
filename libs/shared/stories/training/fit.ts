import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVIDENCE, evidenceOf, headlineOf } from '../src';
import { fitLogistic } from './logistic';
import read from './read-pairs.json';

const OUT = join(__dirname, '../src/likeness-weights.json');
const RIDGE = 10;
/** The share of pairs of one event that should be joined: with a higher one, over 0.30 of the related pairs are joined too. */
const JOINED = 0.88;
/** Weights of pairs: those of different events are few, and joining them is the worst fault. */
const COUNTS = { same: 1, related: 1, different: 3 };
const FOLDS = 5;
const SHUFFLES = 10;

type Relation = keyof typeof COUNTS;
interface Side {
  readonly text: string;
  readonly date: string;
}
interface Row {
  readonly from: 'given' | 'read';
  readonly relation: Relation;
  readonly figures: readonly number[] | undefined;
}

/**
 * Fits the weights of likeness: `npm run stories:fit -- PAIRS HEADLINES`, JSON Lines of {a, b, relation} and of {text,
 * date}. Besides PAIRS it is trained on 320 pairs from HEADLINES that were judged for it (`read-pairs.json`: hashes,
 * since headlines belong to their publishers). Prints what five-fold cross-validation joins of the held-out pairs.
 */
export async function main(): Promise<void> {
  const [pairs, headlines] = process.argv.slice(3);
  if (!pairs || !headlines) throw new Error('give a file of pairs and a file of headlines, both JSON Lines');
  const given = lines<{ a: Side; b: Side; relation: Relation }>(pairs).map((pair) => rowOf('given', pair.a, pair.b, pair.relation));
  const known = new Map(
    lines<Side>(headlines)
      .filter(({ date }) => date)
      .map((side) => [hashOf(side.text), side]),
  );
  const own = (read as [string, string, Relation][]).flatMap(([a, b, relation]) => {
    const [first, second] = [known.get(a), known.get(b)];
    return first && second ? [rowOf('read', first, second, relation)] : [];
  });
  const rows = [...given, ...own];
  const odds = crossValidated(rows);
  const line = quantile(
    rows.flatMap((row, index) => (row.relation === 'same' ? [odds[index]!] : [])),
    1 - JOINED,
  );
  for (const from of ['given', 'read'] as const) process.stdout.write(`${from}: ${report(rows, odds, line, from)}\n`);
  const fit = fitRows(rows);
  // The threshold is set where cross-validation joins that share, and shifted to 0.
  const bias = fit.bias - line;
  const weights = Object.fromEntries(EVIDENCE.map((name, k) => [name, Number(fit.weights[k]!.toFixed(3))]));
  writeFileSync(OUT, `${JSON.stringify({ bias: Number(bias.toFixed(3)), weights }, undefined, 2)}\n`);
  process.stdout.write(`${readFileSync(OUT, 'utf8')}`);
}

const lines = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10);

function rowOf(from: Row['from'], a: Side, b: Side, relation: Relation): Row {
  const evidence = evidenceOf(headlineOf(a.text), headlineOf(b.text), Date.parse(a.date) - Date.parse(b.date));
  return { from, relation, figures: evidence && EVIDENCE.map((name) => evidence[name]) };
}

function fitRows(rows: readonly Row[]) {
  const usable = rows.filter(({ figures }) => figures);
  return fitLogistic(
    usable.map(({ figures }) => figures!),
    usable.map(({ relation }) => Number(relation === 'same')),
    usable.map(({ relation }) => COUNTS[relation]),
    RIDGE,
  );
}

/** Each pair's odds from fits that did not include it, averaged over shuffles of the folds. */
function crossValidated(rows: readonly Row[]): number[] {
  const sums = rows.map(() => 0);
  for (let shuffle = 0; shuffle < SHUFFLES; shuffle++) {
    const order = rows
      .map((_, index) => [createHash('sha256').update(`${shuffle} ${index}`).digest('hex'), index] as const)
      .sort()
      .map(([, index]) => index);
    for (let fold = 0; fold < FOLDS; fold++) {
      const out = new Set(order.filter((_, place) => place % FOLDS === fold));
      const fit = fitRows(rows.filter((_, index) => !out.has(index)));
      for (const index of out) {
        const { figures } = rows[index]!;
        sums[index]! += figures ? (fit.bias + figures.reduce((sum, value, k) => sum + value * fit.weights[k]!, 0)) / SHUFFLES : -Infinity;
      }
    }
  }
  return sums;
}

const quantile = (values: readonly number[], share: number): number => [...values].sort((a, b) => a - b)[Math.floor(share * values.length)]!;

function report(rows: readonly Row[], odds: readonly number[], line: number, from: Row['from']): string {
  return (Object.keys(COUNTS) as Relation[])
    .map((relation) => {
      const of = rows.flatMap((row, index) => (row.relation === relation && row.from === from ? [odds[index]!] : []));
      const joined = of.filter((value) => value >= line).length;
      return `${relation} ${joined} of ${of.length} (${(joined / of.length).toFixed(2)}, 95 % ${interval(joined, of.length)})`;
    })
    .join(', ');
}

/** Wilson's interval for a share. */
function interval(count: number, of: number): string {
  const z = 1.96;
  const share = count / of;
  const middle = (share + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z / (1 + z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  return `${(middle - half).toFixed(2)} to ${(middle + half).toFixed(2)}`;
}
