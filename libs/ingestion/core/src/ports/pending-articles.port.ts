/** An article that waits for its score. */
export interface PendingArticle {
  readonly id: string;
  /** Milliseconds since 1970, UTC. */
  readonly storedAt: number;
}

/** The pending index: the outbox of ingestion. */
export interface PendingArticles {
  /** Articles whose last delivery, or storing if there was none, was before `before`; oldest first. */
  overdue(before: number, limit: number): Promise<readonly PendingArticle[]>;
  /** Records that a delivery of these was sent at `now`. */
  markDelivered(ids: readonly string[], now: number): Promise<void>;
}
