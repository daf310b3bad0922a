import type { AlertRule, AlertStore, Channel, Delivery, Episode, EpisodeQuery, Findings } from '@barometer/alerting';
import { hourOf } from '@barometer/kernel';
import {
  ALERT_CHANNELS,
  ALERT_DELIVERIES,
  ALERT_EPISODES,
  ALERT_RULES,
  ALERT_TELLINGS,
  ALERT_WAITING,
  decideAndWrite,
  SCHEMA_VERSION,
  type DynamoDbTable,
  type Item,
  type ItemKey,
  type TransactItem,
} from '@barometer/storage-dynamodb';
import { bodyOf, itemOf, tellingItems, waitingItem, type TellingItem } from './alert-items';

/** At most this many items of pending notifications become one delivery; each is from one evaluation. */
const MOST_GATHERED = 50;
/** At most this many episodes are opened or closed in one transaction, which may hold 100 actions. */
const MOST_CHANGED = 40;
/** At most this many episodes are read to find those of one rule. */
const MOST_EXAMINED = 300;
/** Old items are removed in batches of this size. */
const MOST_REMOVED = 100;
const unseen = { visible: false } as const;
const byAge = (one: { readonly createdAt: number; readonly id: string }, other: { readonly createdAt: number; readonly id: string }): number =>
  one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1);

/** Alerts in the DynamoDB store: a partition for each kind of item, and one for waiting deliveries, which is queried every minute. */
export class DynamoDbAlertStore implements AlertStore {
  constructor(private readonly table: DynamoDbTable) {}

  async rules(): Promise<readonly AlertRule[]> {
    return (await this.table.all({ partition: ALERT_RULES, consistent: true })).map(ruleOf).sort(byAge);
  }

  async rule(id: string): Promise<AlertRule | undefined> {
    const item = await this.table.get({ pk: ALERT_RULES, sk: id }, { consistent: true });
    return item && ruleOf(item);
  }

  async addRule(rule: AlertRule): Promise<boolean> {
    return this.table.put(ruleItem(rule), { condition: 'attribute_not_exists(pk)' });
  }

  async keep({ rule, opened, closed, tellings }: Findings): Promise<boolean> {
    const isKept = await decideAndWrite<boolean>(
      this.table,
      async (failed) => {
        // The rule is the first action: its version is no longer the one that was read.
        if (failed?.[0] === 'ConditionalCheckFailed') return { answer: false };
        const known = new Set((await this.episodesOf([...opened, ...closed].map(({ id }) => id))).map(({ id }) => id));
        const puts = [
          ...opened
            .filter(({ id }) => !known.has(id))
            .slice(-MOST_CHANGED)
            .map(episodeItem),
          ...tellingItems(tellings.filter(({ event, episodeId }) => event === 'closed' || !known.has(episodeId))),
        ];
        return {
          answer: true,
          actions: [
            this.put(ruleItem({ ...rule, version: rule.version + 1 }), 'version = :version', { ':version': rule.version }),
            ...puts.map((item) => this.put(item as Item, 'attribute_not_exists(pk)')),
            ...closed
              .filter(({ id }) => known.has(id))
              .slice(0, MOST_CHANGED)
              .map((end) => this.closing(end)),
          ],
        };
      },
      unseen,
    );
    if (isKept) for (const end of closed.slice(MOST_CHANGED)) await this.close(end);
    return isKept;
  }

  async removeRule({ id, version }: AlertRule, closed: Findings['closed']): Promise<boolean> {
    const isRemoved = await decideAndWrite<boolean>(
      this.table,
      async (failed) =>
        failed
          ? { answer: false }
          : {
              answer: true,
              actions: [this.remove({ pk: ALERT_RULES, sk: id }, 'version = :version', { ':version': version })],
            },
      unseen,
    );
    if (isRemoved) for (const end of closed) await this.close(end);
    return isRemoved;
  }

  async channels(): Promise<readonly Channel[]> {
    return (await this.table.all({ partition: ALERT_CHANNELS, consistent: true })).map(bodyOf<Channel>).sort(byAge);
  }

  async putChannel(channel: Channel): Promise<void> {
    await this.table.put(itemOf(ALERT_CHANNELS, channel.id, channel));
  }

  async removeChannel(id: string): Promise<boolean> {
    return decideAndWrite<boolean>(
      this.table,
      async (failed) => (failed ? { answer: false } : { answer: true, actions: [this.remove({ pk: ALERT_CHANNELS, sk: id }, 'attribute_exists(pk)')] }),
      unseen,
    );
  }

  async episodes({ ruleId, limit, after = '~' }: EpisodeQuery): Promise<readonly Episode[]> {
    const found: Episode[] = [];
    let examined = 0;
    for await (const item of this.table.query({
      partition: ALERT_EPISODES,
      to: after,
      descending: true,
      consistent: true,
      pageSize: ruleId === undefined ? limit + 1 : MOST_EXAMINED,
    })) {
      const episode = bodyOf<Episode>(item);
      if (episode.id !== after && (ruleId === undefined || episode.ruleId === ruleId)) found.push(episode);
      examined += 1;
      if (found.length === limit || examined === MOST_EXAMINED) break;
    }
    return found;
  }

  async episodesOf(ids: readonly string[]): Promise<readonly Episode[]> {
    return (
      await this.table.getAll(
        ids.map((sk) => ({ pk: ALERT_EPISODES, sk })),
        { consistent: true },
      )
    ).map(bodyOf<Episode>);
  }

  async gather(now: number, newId: () => string): Promise<number> {
    const all = (await this.table.all({ partition: ALERT_TELLINGS, consistent: true })) as unknown as TellingItem[];
    const byChannel = Map.groupBy(
      all.filter(({ availableAt }) => availableAt <= now),
      ({ channelId }) => channelId,
    );
    let made = 0;
    for (const [channelId, items] of byChannel) {
      const gathered = items.slice(0, MOST_GATHERED);
      const told = gathered.flatMap((item) => item.told).sort((one, other) => (one.episodeId < other.episodeId ? -1 : 1));
      const delivery: Delivery = { id: newId(), channelId, told, state: 'waiting', attempts: 0, createdAt: now, availableAt: now };
      const isMade = await decideAndWrite<boolean>(
        this.table,
        async (failed) =>
          failed
            ? { answer: false }
            : {
                answer: true,
                actions: [
                  this.put(waitingItem(delivery), 'attribute_not_exists(pk)'),
                  ...gathered.map(({ pk, sk }) => this.remove({ pk, sk }, 'attribute_exists(pk)')),
                ],
              },
        unseen,
      );
      made += Number(isMade);
    }
    return made;
  }

  async lease(now: number, until: number, limit: number): Promise<readonly Delivery[]> {
    const waiting = (await this.table.all({ partition: ALERT_WAITING, consistent: true }))
      .map(bodyOf<Delivery>)
      .filter(({ availableAt }) => availableAt <= now);
    const leased: Delivery[] = [];
    for (const delivery of waiting.slice(0, limit)) {
      const next = { ...delivery, availableAt: until };
      if (await this.table.put(waitingItem(next), { condition: 'availableAt = :was', values: { ':was': delivery.availableAt } })) leased.push(next);
    }
    return leased;
  }

  async settle(delivery: Delivery, leasedUntil: number): Promise<boolean> {
    const values = { ':lease': leasedUntil };
    if (delivery.state === 'waiting') return this.table.put(waitingItem(delivery), { condition: 'availableAt = :lease', values });
    return decideAndWrite<boolean>(
      this.table,
      async (failed) =>
        failed
          ? { answer: false }
          : {
              answer: true,
              actions: [
                this.remove({ pk: ALERT_WAITING, sk: delivery.id }, 'availableAt = :lease', values),
                { Put: { TableName: this.table.name, Item: itemOf(ALERT_DELIVERIES, delivery.id, delivery) } },
              ],
            },
      unseen,
    );
  }

  async deliveries(limit: number): Promise<readonly Delivery[]> {
    const [waiting, settled] = await Promise.all(
      [ALERT_WAITING, ALERT_DELIVERIES].map((partition) => this.table.first({ partition, descending: true, consistent: true }, limit)),
    );
    return [...(waiting ?? []), ...(settled ?? [])]
      .map(bodyOf<Delivery>)
      .sort((one, other) => (one.id < other.id ? 1 : -1))
      .slice(0, limit);
  }

  async redrive(now: number, ids?: readonly string[]): Promise<number> {
    const settled = (await this.table.all({ partition: ALERT_DELIVERIES, consistent: true })).map(bodyOf<Delivery>);
    let redriven = 0;
    for (const delivery of settled.filter(({ id, state }) => state === 'failed' && (ids === undefined || ids.includes(id)))) {
      const isMoved = await decideAndWrite<boolean>(
        this.table,
        async (failed) =>
          failed
            ? { answer: false }
            : {
                answer: true,
                actions: [
                  this.remove({ pk: ALERT_DELIVERIES, sk: delivery.id }, 'attribute_exists(pk)'),
                  this.put(waitingItem({ ...delivery, state: 'waiting', attempts: 0, availableAt: now }), 'attribute_not_exists(pk)'),
                ],
              },
        unseen,
      );
      redriven += Number(isMoved);
    }
    return redriven;
  }

  async removeBefore(time: number): Promise<void> {
    const episodes = (await this.table.first({ partition: ALERT_EPISODES, to: String(hourOf(time) + 1).padStart(8, '0') }, MOST_REMOVED)).map(bodyOf<Episode>);
    const deliveries = (await this.table.first({ partition: ALERT_DELIVERIES, to: String(time).padStart(13, '0') }, MOST_REMOVED)).map(bodyOf<Delivery>);
    const old = [
      ...episodes.filter(({ closedAt }) => closedAt !== undefined && closedAt < time).map(({ id }) => ({ pk: ALERT_EPISODES, sk: id })),
      ...deliveries.filter(({ createdAt }) => createdAt < time).map(({ id }) => ({ pk: ALERT_DELIVERIES, sk: id })),
    ];
    await this.table.writeAll([], old);
  }

  private put(Item: Item, condition: string, values?: Item): TransactItem {
    return { Put: { TableName: this.table.name, Item, ConditionExpression: condition, ...(values && { ExpressionAttributeValues: values }) } };
  }

  private remove(key: ItemKey, condition: string, values?: Item): TransactItem {
    return {
      Delete: {
        TableName: this.table.name,
        Key: { pk: key.pk, sk: key.sk },
        ConditionExpression: condition,
        ...(values && { ExpressionAttributeValues: values }),
      },
    };
  }

  private closing({ id, closedAt, reason }: Findings['closed'][number]): TransactItem {
    return {
      Update: {
        TableName: this.table.name,
        Key: { pk: ALERT_EPISODES, sk: id },
        UpdateExpression: CLOSE,
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':at': closedAt, ':reason': reason },
      },
    };
  }

  private async close({ id, closedAt, reason }: Findings['closed'][number]): Promise<void> {
    await this.table.update({ pk: ALERT_EPISODES, sk: id }, CLOSE, { condition: 'attribute_exists(pk)', values: { ':at': closedAt, ':reason': reason } });
  }
}

const CLOSE = 'SET body.closedAt = :at, body.closedReason = :reason';

/** As JSON text: state of a rule with a single subject uses an empty key, which DynamoDB allows in no map. */
const ruleItem = (rule: AlertRule): Item => ({ pk: ALERT_RULES, sk: rule.id, v: SCHEMA_VERSION, version: rule.version, body: JSON.stringify(rule) });
const ruleOf = (item: Item): AlertRule => JSON.parse(String(item['body'])) as AlertRule;
const episodeItem = (episode: Episode): Item => itemOf(ALERT_EPISODES, episode.id, episode);
