import type { AlertRule, AlertStore, Channel, Delivery, Episode, EpisodeQuery, Findings, Telling } from '@barometer/alerting';

/** At most this many pending notifications become one delivery. */
const MOST_TOLD = 50;
const byId = (one: { readonly id: string }, other: { readonly id: string }): number => (one.id < other.id ? -1 : 1);
const latest = <T extends { readonly id: string }>(all: Iterable<T>): T[] => [...all].sort(byId).reverse();

/** Alerts in memory; nothing survives the process. */
export class MemoryAlertStore implements AlertStore {
  private readonly ruleRows = new Map<string, AlertRule>();
  private readonly channelRows = new Map<string, Channel>();
  private readonly episodeRows = new Map<string, Episode>();
  private readonly tellings = new Map<string, Telling>();
  private readonly deliveryRows = new Map<string, Delivery>();

  async rules(): Promise<readonly AlertRule[]> {
    return structuredClone([...this.ruleRows.values()].sort((one, other) => one.createdAt - other.createdAt || byId(one, other)));
  }

  async rule(id: string): Promise<AlertRule | undefined> {
    return structuredClone(this.ruleRows.get(id));
  }

  async addRule(rule: AlertRule): Promise<boolean> {
    if (this.ruleRows.has(rule.id)) return false;
    this.ruleRows.set(rule.id, structuredClone(rule));
    return true;
  }

  async keep({ rule, opened, closed, tellings }: Findings): Promise<boolean> {
    if (this.ruleRows.get(rule.id)?.version !== rule.version) return false;
    this.ruleRows.set(rule.id, structuredClone({ ...rule, version: rule.version + 1 }));
    const known = new Set(opened.filter(({ id }) => this.episodeRows.has(id)).map(({ id }) => id));
    for (const episode of opened) if (!known.has(episode.id)) this.episodeRows.set(episode.id, structuredClone(episode));
    this.close(closed);
    for (const telling of tellings) if (telling.event === 'closed' || !known.has(telling.episodeId)) this.tellings.set(telling.id, { ...telling });
    return true;
  }

  async removeRule(rule: AlertRule, closed: Findings['closed']): Promise<boolean> {
    if (this.ruleRows.get(rule.id)?.version !== rule.version) return false;
    this.ruleRows.delete(rule.id);
    this.close(closed);
    return true;
  }

  async channels(): Promise<readonly Channel[]> {
    return structuredClone([...this.channelRows.values()].sort((one, other) => one.createdAt - other.createdAt || byId(one, other)));
  }

  async putChannel(channel: Channel): Promise<void> {
    this.channelRows.set(channel.id, structuredClone(channel));
  }

  async removeChannel(id: string): Promise<boolean> {
    return this.channelRows.delete(id);
  }

  async episodes({ ruleId, limit, after }: EpisodeQuery): Promise<readonly Episode[]> {
    const found = latest(this.episodeRows.values()).filter((one) => (ruleId === undefined || one.ruleId === ruleId) && (after === undefined || one.id < after));
    return structuredClone(found.slice(0, limit));
  }

  async episodesOf(ids: readonly string[]): Promise<readonly Episode[]> {
    return structuredClone(ids.map((id) => this.episodeRows.get(id)).filter((one) => one !== undefined));
  }

  async gather(now: number, newId: () => string): Promise<number> {
    const due = [...this.tellings.values()].filter(({ availableAt }) => availableAt <= now).sort((one, other) => (one.episodeId < other.episodeId ? -1 : 1));
    const byChannel = Map.groupBy(due, ({ channelId }) => channelId);
    for (const [channelId, all] of byChannel) {
      const told = all.slice(0, MOST_TOLD);
      const id = newId();
      this.deliveryRows.set(id, {
        id,
        channelId,
        told: told.map(({ episodeId, event }) => ({ episodeId, event })),
        state: 'waiting',
        attempts: 0,
        createdAt: now,
        availableAt: now,
      });
      for (const telling of told) this.tellings.delete(telling.id);
    }
    return byChannel.size;
  }

  async lease(now: number, until: number, limit: number): Promise<readonly Delivery[]> {
    const due = [...this.deliveryRows.values()]
      .filter(({ state, availableAt }) => state === 'waiting' && availableAt <= now)
      .sort(byId)
      .slice(0, limit);
    return due.map((delivery) => {
      const leased = { ...delivery, availableAt: until };
      this.deliveryRows.set(delivery.id, leased);
      return structuredClone(leased);
    });
  }

  async settle(delivery: Delivery, leasedUntil: number): Promise<boolean> {
    const kept = this.deliveryRows.get(delivery.id);
    if (kept?.state !== 'waiting' || kept.availableAt !== leasedUntil) return false;
    this.deliveryRows.set(delivery.id, structuredClone(delivery));
    return true;
  }

  async deliveries(limit: number): Promise<readonly Delivery[]> {
    return structuredClone(latest(this.deliveryRows.values()).slice(0, limit));
  }

  async redrive(now: number, ids?: readonly string[]): Promise<number> {
    const failed = [...this.deliveryRows.values()].filter(({ id, state }) => state === 'failed' && (ids === undefined || ids.includes(id)));
    for (const delivery of failed) this.deliveryRows.set(delivery.id, { ...delivery, state: 'waiting', attempts: 0, availableAt: now });
    return failed.length;
  }

  async removeBefore(time: number): Promise<void> {
    for (const { id, closedAt } of this.episodeRows.values()) if (closedAt !== undefined && closedAt < time) this.episodeRows.delete(id);
    for (const { id, createdAt } of this.deliveryRows.values()) if (createdAt < time) this.deliveryRows.delete(id);
  }

  /** Puts deliveries of digests into the outbox. */
  addDeliveries(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) this.deliveryRows.set(delivery.id, structuredClone(delivery));
  }

  private close(closed: Findings['closed']): void {
    for (const { id, closedAt, reason } of closed) {
      const episode = this.episodeRows.get(id);
      if (episode) this.episodeRows.set(id, { ...episode, closedAt, closedReason: reason });
    }
  }
}
