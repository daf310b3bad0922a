import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A row of a table in docs/benchmarks.md, by its first cell and the heading of a column; the first number in that cell. */
export function benchmark(root: string, row: string, column: string): number | undefined {
  const tables = readFileSync(join(root, 'docs/benchmarks.md'), 'utf8').split(/\n(?!\|)/).filter((part) => part.includes('\n|') || part.startsWith('|'));
  const cells = (line: string) => line.split('|').slice(1, -1).map((cell) => cell.trim());
  for (const table of tables) {
    const [head, ...rows] = table.split('\n').filter((line) => line.startsWith('|')).map(cells);
    const at = head?.indexOf(column) ?? -1;
    const text = at < 0 ? undefined : rows.find(([name]) => name === row)?.[at];
    if (text) return Number.parseFloat(text.replaceAll(',', ''));
  }
  return undefined;
}
