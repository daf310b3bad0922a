import { randomHex, sha256Hex } from '@barometer/kernel';
import { actionsOf, type ArticleChange } from './article-actions';
import { articleOf, type ArticleRecord } from './article-item';
import { waitAfter } from './back-off';
import type { DynamoDbTable, TransactItem } from './dynamodb-table';
import { StoreBusyError } from './errors';
import { articleKey, HOT_SHARDS, OWING } from './keys';
import { fittingChange } from './owed-counters';

/** Computes the next state of an article: the same object for no change, `undefined` for removed. */
export type PlanArticle = (article: ArticleRecord | undefined, id: string) => ArticleRecord | undefined;

/** Further actions for every transaction, requested anew at each attempt; `undefined` ends the work. */
export type MoreActions = () => Promise<TransactItem[] | undefined>;

/** DynamoDB allows 100 actions; some room is left for further ones. */
export const MOST_ACTIONS = 90;
/** At most this many articles are read, planned and written at once. */
const CHUNK = 40;
const ATTEMPTS_TOGETHER = 4;
const ATTEMPTS_IN_ALL = 14;

/** A change, and whether the plan asked for it or it only adds what the article owes. */
type PlannedChange = ArticleChange & { readonly isWanted: boolean };

/** Records a change that was made; answers the id again if part of it remains to be done. */
function note({ isWanted, ...change }: PlannedChange, made: Map<string, ArticleChange>): string[] {
  const first = made.get(change.id);
  if (isWanted || first) made.set(change.id, { ...change, before: first ? first.before : change.before });
  return change.after?.owed ? [change.id] : [];
}

/**
 * Changes articles with everything that follows from them: rows, counters, watermark. Each is read, planned and written
 * on condition of its revision; several share a transaction of under 90 actions. If a transaction is cancelled, its
 * articles are read and planned again after a wait with jitter, which skips what others have done meanwhile; the last
 * attempts take one article at a time. So every change is made once or not at all.
 */
export class ArticleWriter {
  private readonly writer = randomHex(8);

  constructor(private readonly table: DynamoDbTable) {}

  /** Answers the changes that were made, in the order of the ids. */
  async change(ids: readonly string[], plan: PlanArticle, more: MoreActions = async () => []): Promise<ArticleChange[]> {
    const made = new Map<string, ArticleChange>();
    const all = [...new Set(ids)];
    for (let start = 0; start < all.length; start += CHUNK) {
      if (!(await this.changeChunk(all.slice(start, start + CHUNK), plan, more, made))) break;
    }
    return all.flatMap((id) => made.get(id) ?? []);
  }

  /** Removes articles that `isGone` accepts, but keeps their counts, which are kept longer. Answers how many were removed. */
  async removeAlone(ids: readonly string[], isGone: (article: ArticleRecord) => boolean): Promise<number> {
    let removed = 0;
    for (const id of ids) {
      const item = await this.table.get(articleKey(id), { consistent: true });
      const before = item && articleOf(item);
      // What it owes must be counted first.
      if (!before || before.owed || !isGone(before)) continue;
      removed += Number(await this.write([{ id, before, keepsCounts: true }], []));
    }
    return removed;
  }

  /** Adds to the roll-ups what articles still owe because a process ended between two transactions. */
  async settle(): Promise<void> {
    const owing = await this.table.all({ index: 'waiting', partition: OWING });
    if (owing.length > 0)
      await this.change(
        owing.map((item) => String(item['id'])),
        (article) => article,
      );
  }

  private async changeChunk(ids: readonly string[], plan: PlanArticle, more: MoreActions, made: Map<string, ArticleChange>): Promise<boolean> {
    let waiting = ids;
    for (let attempt = 0; waiting.length > 0; attempt += 1) {
      if (attempt === ATTEMPTS_IN_ALL)
        throw new StoreBusyError(`The table ${this.table.name} is too busy; ${waiting.length} of ${ids.length} articles were not changed.`);
      if (attempt > 0) await waitAfter(attempt, this.table.patience);
      const others = await more();
      if (!others) return false;
      const changes = await this.planned(waiting, plan, MOST_ACTIONS - 1 - others.length);
      const left: string[] = [];
      for (const batch of this.batches(changes, others.length, attempt >= ATTEMPTS_TOGETHER)) {
        if (await this.write(batch, others)) left.push(...batch.flatMap((change) => note(change, made)));
        else left.push(...batch.map(({ id }) => id));
      }
      waiting = left;
    }
    return true;
  }

  /** The changes to make to these articles in their present state. */
  private async planned(ids: readonly string[], plan: PlanArticle, most: number): Promise<PlannedChange[]> {
    const items = await this.table.getAll(ids.map(articleKey), { consistent: true });
    const byId = new Map(items.map((item) => [String(item['id']), articleOf(item)]));
    return ids.flatMap((id) => {
      const before = byId.get(id);
      const wanted = plan(before, id);
      if (wanted === before && !before?.owed) return [];
      const { owed: _owed, ...after } = wanted ?? {};
      const change = { id, before, after: wanted && ({ ...after, rev: (before?.rev ?? 0) + 1 } as ArticleRecord) };
      return [{ ...fittingChange(change, most), isWanted: wanted !== before }];
    });
  }

  private *batches(changes: readonly PlannedChange[], others: number, alone: boolean): Generator<PlannedChange[]> {
    let batch: PlannedChange[] = [];
    for (const change of changes) {
      const size = actionsOf(this.table.name, [...batch, change], 0).length + others;
      if (batch.length > 0 && (alone || size >= MOST_ACTIONS)) {
        yield batch;
        batch = [];
      }
      batch.push(change);
    }
    if (batch.length > 0) yield batch;
  }

  private async write(batch: readonly ArticleChange[], others: TransactItem[]): Promise<boolean> {
    // Shard and token are derived from the content, so that a repeated request is identical.
    const shard = Number.parseInt(sha256Hex(JSON.stringify(batch)).slice(0, 4), 16) % HOT_SHARDS;
    const actions = [...others, ...actionsOf(this.table.name, batch, shard, this.table.retention)];
    return (await this.table.transact(actions, tokenOf(actions, this.writer))) === 'done';
  }
}

/**
 * A request token for these actions by this writer; 36 characters. Another writer with the same actions needs another
 * token, so that it does not count the first one's write as its own.
 */
export const tokenOf = (actions: readonly TransactItem[], writer: string): string => sha256Hex(writer + JSON.stringify(actions)).slice(0, 36);
