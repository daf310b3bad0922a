import type { Digest, DigestStore, Edition, SettledDigest } from '@barometer/alerting';
import { decideAndWrite, DIGEST_EDITIONS, DIGESTS, type DynamoDbTable, type Item, type TransactItem } from '@barometer/storage-dynamodb';
import { bodyOf, itemOf, waitingItem } from './alert-items';

/** Old items are removed in batches of this size. */
const MOST_REMOVED = 100;
const unseen = { visible: false } as const;

/** Digests in the DynamoDB store; their deliveries are in the outbox of alerts. */
export class DynamoDbDigestStore implements DigestStore {
  constructor(private readonly table: DynamoDbTable) {}

  async digests(): Promise<readonly Digest[]> {
    const digests = (await this.table.all({ partition: DIGESTS, consistent: true })).map(bodyOf<Digest>);
    return digests.sort((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1));
  }

  async digest(id: string): Promise<Digest | undefined> {
    const item = await this.table.get({ pk: DIGESTS, sk: id }, { consistent: true });
    return item && bodyOf<Digest>(item);
  }

  async addDigest(digest: Digest): Promise<boolean> {
    return this.table.put(digestItem(digest), { condition: 'attribute_not_exists(pk)' });
  }

  async settleDigest({ digest, edition, deliveries }: SettledDigest): Promise<boolean> {
    return decideAndWrite<boolean>(
      this.table,
      async (failed) => {
        // The digest is the first action: its version is no longer the one that was read, or it is gone.
        if (failed?.[0] === 'ConditionalCheckFailed') return { answer: false };
        const isTold = edition === undefined || (await this.edition(edition.id)) !== undefined;
        const told = isTold ? [] : [itemOf(DIGEST_EDITIONS, edition.id, edition), ...deliveries.map(waitingItem)];
        return {
          answer: true,
          actions: [
            this.put(digestItem({ ...digest, version: digest.version + 1 }), 'version = :version', { ':version': digest.version }),
            ...told.map((item) => this.put(item, 'attribute_not_exists(pk)')),
          ],
        };
      },
      unseen,
    );
  }

  async removeDigest(id: string): Promise<boolean> {
    return decideAndWrite<boolean>(
      this.table,
      async (failed) =>
        failed
          ? { answer: false }
          : {
              answer: true,
              actions: [{ Delete: { TableName: this.table.name, Key: { pk: DIGESTS, sk: id }, ConditionExpression: 'attribute_exists(pk)' } }],
            },
      unseen,
    );
  }

  async edition(id: string): Promise<Edition | undefined> {
    const item = await this.table.get({ pk: DIGEST_EDITIONS, sk: id }, { consistent: true });
    return item && bodyOf<Edition>(item);
  }

  async removeEditionsBefore(time: number): Promise<void> {
    const old = await this.table.first({ partition: DIGEST_EDITIONS, to: String(time).padStart(13, '0') }, MOST_REMOVED);
    await this.table.writeAll(
      [],
      old
        .map(bodyOf<Edition>)
        .filter(({ dueAt }) => dueAt < time)
        .map(({ id }) => ({ pk: DIGEST_EDITIONS, sk: id })),
    );
  }

  private put(Item: Item, condition: string, values?: Item): TransactItem {
    return { Put: { TableName: this.table.name, Item, ConditionExpression: condition, ...(values && { ExpressionAttributeValues: values }) } };
  }
}

const digestItem = (digest: Digest): Item => itemOf(DIGESTS, digest.id, digest, { version: digest.version });
