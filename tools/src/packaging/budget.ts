/** Bytes in readable form: decimal units, as in AWS's limits and the budgets. */
export function readableBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(2)} MB`;
}

/** Throws with both figures if something exceeds its budget; without a budget there is no limit. */
export function keepBudget(what: string, bytes: number, limit: number | undefined): void {
  if (limit === undefined || bytes <= limit) return;
  throw new Error(`${what} has ${readableBytes(bytes)} (${bytes}), ${readableBytes(bytes - limit)} over its budget of ${readableBytes(limit)} (${limit}).`);
}
