/** The limits of a batch. */
export interface BatchLimits {
  /** Rows times the longest row: what the model really computes, padding included. A longer single text gets a batch of its own. */
  readonly maxTokens: number;
  readonly maxRows: number;
}

/**
 * Puts texts of these token counts into batches of similar length, shortest first: within a batch all are padded to the
 * longest, so similar lengths waste least. Answers the texts' indexes; each appears exactly once.
 *
 * @example planBatches([3, 9, 3], { maxTokens: 12, maxRows: 8 }) // [[0, 2], [1]]
 */
export function planBatches(lengths: readonly number[], limits: BatchLimits): number[][] {
  const order = lengths.map((_, index) => index).sort((a, b) => (lengths[a] as number) - (lengths[b] as number));
  const batches: number[][] = [];
  let batch: number[] = [];
  for (const index of order) {
    const padded = (batch.length + 1) * (lengths[index] as number);
    if (batch.length > 0 && (padded > limits.maxTokens || batch.length >= limits.maxRows)) {
      batches.push(batch);
      batch = [];
    }
    batch.push(index);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
