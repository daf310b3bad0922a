import type { Telling } from '@barometer/alerting';
import { ALERT_TELLINGS, SCHEMA_VERSION, type Item, type ItemKey } from '@barometer/storage-dynamodb';

/** What is to be told to one channel from one moment on, as one evaluation found it. */
export interface TellingItem extends ItemKey {
  readonly channelId: string;
  readonly availableAt: number;
  readonly told: readonly { readonly episodeId: string; readonly event: 'opened' | 'closed' }[];
}

/** An item that holds a record as it is; what conditions name stands beside it. */
export const itemOf = (pk: string, sk: string, body: object, beside: object = {}): Item => ({ pk, sk, v: SCHEMA_VERSION, body: JSON.parse(JSON.stringify(body)), ...beside });

export const bodyOf = <T>(item: Item): T => item['body'] as T;

/** An item for each channel, however many episodes it is told of. */
export function tellingItems(tellings: readonly Telling[]): TellingItem[] {
  const groups = Map.groupBy(tellings, ({ channelId, availableAt }) => `${channelId} ${availableAt}`);
  return [...groups.values()].map((all) => {
    const [{ id, channelId, availableAt }] = all as [Telling];
    return { pk: ALERT_TELLINGS, sk: id, v: SCHEMA_VERSION, channelId, availableAt, told: all.map(({ episodeId, event }) => ({ episodeId, event })) };
  });
}
