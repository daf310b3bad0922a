import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The tables of docs/benchmarks.md: each a header and its rows. */
const tablesOf = (root: string): string[][][] =>
  readFileSync(join(root, 'docs/benchmarks.md'), 'utf8')
    .split(/\n(?!\|)/)
    .filter((part) => part.includes('\n|') || part.startsWith('|'))
    .map((table) =>
      table
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .map(cellsOf),
    );

/** Every figure in the column with this header, with the first cell of its row. */
export function benchmarkColumn(root: string, column: string): [row: string, value: number][] {
  return tablesOf(root)
    .flatMap(([head = [], , ...rows]) =>
      head.includes(column)
        ? rows.map((row): [string, number] => [row[0] ?? '', Number.parseFloat((row[head.indexOf(column)] ?? '').replaceAll(',', ''))])
        : [],
    )
    .filter(([, value]) => Number.isFinite(value));
}

/** The figure in a row of a table in docs/benchmarks.md, found by its first cell and the column's header; the first number in that cell. */
export function benchmark(root: string, row: string, column: string): number | undefined {
  for (const [head, ...rows] of tablesOf(root)) {
    const at = head?.indexOf(column) ?? -1;
    const text = at < 0 ? undefined : rows.find(([name]) => name === row)?.[at];
    if (text) return Number.parseFloat(text.replaceAll(',', ''));
  }
  return undefined;
}
