import { randomHex } from '@barometer/kernel';
import { watermarkAction } from './article-actions';
import { tokenOf } from './article-writer';
import { waitAfter } from './back-off';
import type { Cancellation, DynamoDbTable, TransactItem } from './dynamodb-table';
import { StoreBusyError } from './errors';
import { HOT_SHARDS, WATERMARK } from './keys';

/** What to do after a read: the actions of one transaction, or only an answer. */
export type Step<T> = { readonly actions: TransactItem[]; readonly answer: T } | { readonly answer: T };

const MOST_ATTEMPTS = 14;

/**
 * Reads, decides and writes, and repeats this if other writers were faster. `decide` gets the reasons why the last
 * attempt was cancelled if its conditions failed. `shard`, from 0 to below `HOT_SHARDS`, is that of the watermark:
 * parallel writers that each use a different one never conflict there.
 */
export async function decideAndWrite<T>(
  table: DynamoDbTable,
  decide: (failed?: Cancellation) => Promise<Step<T>>,
  options: { readonly visible?: boolean; readonly shard?: number } = {},
): Promise<T> {
  const writer = randomHex(8);
  const shard = () => options.shard ?? Math.floor(table.patience.random() * HOT_SHARDS);
  let failed: Cancellation | undefined;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    if (attempt > 0) await waitAfter(attempt, table.patience);
    const step = await decide(failed);
    if (!('actions' in step)) return step.answer;
    const actions = [...step.actions, ...(options.visible === false ? [] : [watermarkAction(table.name, shard())])];
    const outcome = await table.transact(actions, tokenOf(actions, writer));
    if (outcome === 'done') return step.answer;
    failed = outcome.includes('ConditionalCheckFailed') ? outcome : undefined;
  }
  throw new StoreBusyError(`The table ${table.name} is too busy; what was asked was not done.`);
}

/** A short text that changes with every change that readers could see, and differs between stores. */
export async function readWatermark(table: DynamoDbTable): Promise<string> {
  const shards = await table.all({ partition: WATERMARK, consistent: true });
  return shards.map((item) => `${String(item['sk'])}.${Number(item['n']).toString(36)}`).join('-');
}
