/** A fitted logistic regression: the logarithm of the odds is `bias` plus each feature times its weight. */
export interface Fit {
  readonly weights: readonly number[];
  readonly bias: number;
}

/**
 * Fits by Newton's method. `rows` are features in the order of the weights, `truths` 0 or 1, `counts` the weight of each
 * row; `ridge` shrinks the weights of standardised features towards 0. The same input gives the same fit.
 */
export function fitLogistic(rows: readonly (readonly number[])[], truths: readonly number[], counts: readonly number[], ridge: number): Fit {
  const size = rows[0]!.length;
  const means = Array.from({ length: size }, (_, k) => rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length);
  const scales = means.map((mean, k) => Math.sqrt(rows.reduce((sum, row) => sum + (row[k]! - mean) ** 2, 0) / rows.length) || 1);
  const standard = rows.map((row) => [...row.map((value, k) => (value - means[k]!) / scales[k]!), 1]);
  let beta = Array.from({ length: size + 1 }, () => 0);
  for (let round = 0; round < 25; round++) {
    const gradient = beta.map((value, k) => (k < size ? ridge * value : 0));
    const hessian = beta.map((_, k) => beta.map((__, l) => (k === l && k < size ? ridge : 0)));
    standard.forEach((row, index) => {
      const chance = 1 / (1 + Math.exp(-row.reduce((sum, value, k) => sum + value * beta[k]!, 0)));
      const off = counts[index]! * (chance - truths[index]!);
      const slope = counts[index]! * chance * (1 - chance);
      row.forEach((value, k) => {
        gradient[k]! += off * value;
        row.forEach((other, l) => void (hessian[k]![l]! += slope * value * other));
      });
    });
    const step = solve(hessian, gradient);
    beta = beta.map((value, k) => value - step[k]!);
  }
  const weights = beta.slice(0, size).map((value, k) => value / scales[k]!);
  return { weights, bias: beta[size]! - weights.reduce((sum, weight, k) => sum + weight * means[k]!, 0) };
}

/** Gaussian elimination with pivoting. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, k) => [...row, right[k]!]);
  for (let column = 0; column < rows.length; column++) {
    const pivot = rows.reduce((best, row, k) => (k >= column && Math.abs(row[column]!) > Math.abs(rows[best]![column]!) ? k : best), column);
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let below = column + 1; below < rows.length; below++) {
      const factor = rows[below]![column]! / rows[column]![column]!;
      rows[below] = rows[below]!.map((value, k) => value - factor * rows[column]![k]!);
    }
  }
  const answer: number[] = [];
  for (let k = rows.length - 1; k >= 0; k--) {
    answer[k] = (rows[k]![rows.length]! - answer.reduce((sum, value, l) => sum + (l > k ? value * rows[k]![l]! : 0), 0)) / rows[k]![k]!;
  }
  return answer;
}
