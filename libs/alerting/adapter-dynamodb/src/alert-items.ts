import type { Delivery, Telling } from '@barometer/alerting';
import { ALERT_TELLINGS, ALERT_WAITING, SCHEMA_VERSION, type Item, type ItemKey } from '@barometer/storage-dynamodb';

/** The notifications that one evaluation found for one channel and one time. */
export interface TellingItem extends ItemKey {
  readonly channelId: string;
  readonly availableAt: number;
  readonly told: readonly { readonly episodeId: string; readonly event: 'opened' | 'closed' }[];
}

/** An item that holds a record as it is; attributes that conditions use stand beside it. */
export const itemOf = (pk: string, sk: string, body: object, beside: object = {}): Item => ({
  pk,
  sk,
  v: SCHEMA_VERSION,
  body: JSON.parse(JSON.stringify(body)),
  ...beside,
});

export const bodyOf = <T>(item: Item): T => item['body'] as T;

/** One item for each channel and time, however many episodes it is notified of. */
export function tellingItems(tellings: readonly Telling[]): TellingItem[] {
  const groups = Map.groupBy(tellings, ({ channelId, availableAt }) => `${channelId} ${availableAt}`);
  return [...groups.values()].map((all) => {
    const [{ id, channelId, availableAt }] = all as [Telling];
    return { pk: ALERT_TELLINGS, sk: id, v: SCHEMA_VERSION, channelId, availableAt, told: all.map(({ episodeId, event }) => ({ episodeId, event })) };
  });
}

/** A delivery that waits to be sent. */
export const waitingItem = (delivery: Delivery): Item => itemOf(ALERT_WAITING, delivery.id, delivery, { availableAt: delivery.availableAt });
