import { randomHex, sha256Hex } from '@barometer/kernel';
import { actionsOf, type ArticleChange } from './article-actions';
import { articleOf, type ArticleRecord } from './article-item';
import { waitAfter } from './back-off';
import type { DynamoDbTable, TransactItem } from './dynamodb-table';
import { StoreBusyError } from './errors';
import { articleKey, HOT_SHARDS, OWING } from './keys';
import { fittingChange } from './owed-counters';

/** What an article is to become, given what it is: the same for no change, `undefined` for gone. */
export type PlanArticle = (article: ArticleRecord | undefined, id: string) => ArticleRecord | undefined;

/** Further actions of every transaction, asked for anew at each attempt; `undefined` ends the work. */
export type MoreActions = () => Promise<TransactItem[] | undefined>;

/** DynamoDB takes 100 actions; some room is left for what goes along. */
export const MOST_ACTIONS = 90;
/** Articles that are read, planned and written at once. */
const CHUNK = 40;
const ATTEMPTS_TOGETHER = 4;
const ATTEMPTS_IN_ALL = 14;

/** A change of which it is known whether the plan wants it, or only something is paid that the article owed. */
type PlannedChange = ArticleChange & { readonly isWanted: boolean };

/** Notes a change that was made; the id again where something of it is still to be done. */
function note({ isWanted, ...change }: PlannedChange, made: Map<string, ArticleChange>): string[] {
  const first = made.get(change.id);
  if (isWanted || first) made.set(change.id, { ...change, before: first ? first.before : change.before });
  return change.after?.owed ? [change.id] : [];
}

/**
 * Changes articles with all that follows from them: rows, counters, watermark. Each is read, planned and written on
 * condition of its revision; several share a transaction of under 90 actions. When one is cancelled, all its articles are
 * read and planned again after a wait with jitter, which leaves out what others have done meanwhile; at last they go one
 * at a time. So every change is made once or not at all.
 */
export class ArticleWriter {
  private readonly writer = randomHex(8);

  constructor(private readonly table: DynamoDbTable) {}

  /** The changes that were made, in the order of the ids. */
  async change(ids: readonly string[], plan: PlanArticle, more: MoreActions = async () => []): Promise<ArticleChange[]> {
    const made = new Map<string, ArticleChange>();
    const all = [...new Set(ids)];
    for (let start = 0; start < all.length; start += CHUNK) {
      if (!(await this.changeChunk(all.slice(start, start + CHUNK), plan, more, made))) break;
    }
    return all.flatMap((id) => made.get(id) ?? []);
  }

  /** Pays what articles owe to the roll-ups since a process was ended between two transactions. */
  async settle(): Promise<void> {
    const owing = await this.table.all({ index: 'waiting', partition: OWING });
    if (owing.length > 0) await this.change(owing.map((item) => String(item['id'])), (article) => article);
  }

  private async changeChunk(ids: readonly string[], plan: PlanArticle, more: MoreActions, made: Map<string, ArticleChange>): Promise<boolean> {
    let waiting = ids;
    for (let attempt = 0; waiting.length > 0; attempt += 1) {
      if (attempt === ATTEMPTS_IN_ALL) throw new StoreBusyError(`The table ${this.table.name} is too busy; ${waiting.length} of ${ids.length} articles were not changed.`);
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

  /** What is to be changed of these, as they are now. */
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
    // The shard and the token follow from the content, so that the same request, asked again, is the same request.
    const shard = Number.parseInt(sha256Hex(JSON.stringify(batch)).slice(0, 4), 16) % HOT_SHARDS;
    const actions = [...others, ...actionsOf(this.table.name, batch, shard)];
    return (await this.table.transact(actions, tokenOf(actions, this.writer))) === 'done';
  }
}

/**
 * A request token that stands for these actions by this writer; 36 characters. Another writer that asks for the very same
 * must not hear that it was the one who did it.
 */
export const tokenOf = (actions: readonly TransactItem[], writer: string): string => sha256Hex(writer + JSON.stringify(actions)).slice(0, 36);
