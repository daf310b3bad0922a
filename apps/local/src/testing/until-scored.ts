/** Waits until the Barometer at `address` has scored this many articles and none is pending. */
export async function untilScored(address: string, count: number, waitMs = 240_000, headers: Record<string, string> = {}): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const { counts } = (await (await fetch(`${address}/api/v1/status`, { headers })).json()) as { counts?: { scored: number; pending: number } };
    // A problem document where the store does not answer yet.
    if (counts && counts.scored >= count && counts.pending === 0) return;
    if (Date.now() > deadline) throw new Error(`not all scored: ${JSON.stringify(counts)} of ${count}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
