import type { AlertRule, AlertStore, Channel, Delivery, Episode, EpisodeQuery, Findings } from '@barometer/alerting';
import type { SqliteDatabase } from '@barometer/storage-sqlite';
import { writeDelivery } from './delivery-rows';

/** At most this many pending notifications become one delivery. */
const MOST_TOLD = 50;
const unseen = { visible: false } as const;

interface BodyRow {
  readonly body: string;
}
interface TellingRow {
  readonly id: string;
  readonly channel_id: string;
  readonly episode_id: string;
  readonly event: 'opened' | 'closed';
}

const read = <T>({ body }: BodyRow): T => JSON.parse(body) as T;

/** Alerts in the SQLite store. Writes leave the watermark alone, since no report depends on alerts. */
export class SqliteAlertStore implements AlertStore {
  constructor(private readonly db: SqliteDatabase) {}

  async rules(): Promise<readonly AlertRule[]> {
    return this.db.all<BodyRow>('SELECT body FROM alert_rules ORDER BY created_at, id').map(read<AlertRule>);
  }

  async rule(id: string): Promise<AlertRule | undefined> {
    const row = this.db.get<BodyRow>('SELECT body FROM alert_rules WHERE id = ?', id);
    return row && read(row);
  }

  async addRule(rule: AlertRule): Promise<boolean> {
    return this.db.transaction(
      () => this.db.run('INSERT OR IGNORE INTO alert_rules VALUES (?, ?, ?, ?)', rule.id, rule.version, rule.createdAt, JSON.stringify(rule)) > 0,
      unseen,
    );
  }

  async keep({ rule, opened, closed, tellings }: Findings): Promise<boolean> {
    return this.db.transaction(() => {
      const next = { ...rule, version: rule.version + 1 };
      if (
        this.db.run('UPDATE alert_rules SET version = ?, body = ? WHERE id = ? AND version = ?', next.version, JSON.stringify(next), rule.id, rule.version) ===
        0
      )
        return false;
      const known = new Set<string>();
      for (const episode of opened) {
        const isNew =
          this.db.run(
            'INSERT OR IGNORE INTO alert_episodes VALUES (?, ?, ?, ?)',
            episode.id,
            episode.ruleId,
            episode.closedAt ?? null,
            JSON.stringify(episode),
          ) > 0;
        if (!isNew) known.add(episode.id);
      }
      this.close(closed);
      for (const { id, channelId, episodeId, event, availableAt } of tellings) {
        if (event === 'closed' || !known.has(episodeId))
          this.db.run('INSERT INTO alert_tellings VALUES (?, ?, ?, ?, ?)', id, channelId, episodeId, event, availableAt);
      }
      return true;
    }, unseen);
  }

  async removeRule({ id, version }: AlertRule, closed: Findings['closed']): Promise<boolean> {
    return this.db.transaction(() => {
      if (this.db.run('DELETE FROM alert_rules WHERE id = ? AND version = ?', id, version) === 0) return false;
      this.close(closed);
      return true;
    }, unseen);
  }

  async channels(): Promise<readonly Channel[]> {
    return this.db.all<BodyRow>('SELECT body FROM alert_channels ORDER BY created_at, id').map(read<Channel>);
  }

  async putChannel(channel: Channel): Promise<void> {
    this.db.transaction(
      () => this.db.run('INSERT OR REPLACE INTO alert_channels VALUES (?, ?, ?)', channel.id, channel.createdAt, JSON.stringify(channel)),
      unseen,
    );
  }

  async removeChannel(id: string): Promise<boolean> {
    return this.db.transaction(() => this.db.run('DELETE FROM alert_channels WHERE id = ?', id) > 0, unseen);
  }

  async episodes({ ruleId, limit, after = '~' }: EpisodeQuery): Promise<readonly Episode[]> {
    const rows =
      ruleId === undefined
        ? this.db.all<BodyRow>('SELECT body FROM alert_episodes WHERE id < ? ORDER BY id DESC LIMIT ?', after, limit)
        : this.db.all<BodyRow>('SELECT body FROM alert_episodes WHERE rule_id = ? AND id < ? ORDER BY id DESC LIMIT ?', ruleId, after, limit);
    return rows.map(read<Episode>);
  }

  async episodesOf(ids: readonly string[]): Promise<readonly Episode[]> {
    return ids.flatMap((id) => this.db.all<BodyRow>('SELECT body FROM alert_episodes WHERE id = ?', id)).map(read<Episode>);
  }

  async gather(now: number, newId: () => string): Promise<number> {
    const isDue = this.db.get('SELECT 1 AS one FROM alert_tellings WHERE available_at <= ? LIMIT 1', now) !== undefined;
    if (!isDue) return 0;
    return this.db.transaction(() => {
      const due = this.db.all<TellingRow>('SELECT id, channel_id, episode_id, event FROM alert_tellings WHERE available_at <= ? ORDER BY episode_id', now);
      const byChannel = Map.groupBy(due, ({ channel_id }) => channel_id);
      for (const [channelId, all] of byChannel) this.insertDelivery(newId(), channelId, all.slice(0, MOST_TOLD), now);
      return byChannel.size;
    }, unseen);
  }

  async lease(now: number, until: number, limit: number): Promise<readonly Delivery[]> {
    const sql = `SELECT body FROM alert_deliveries WHERE state = 'waiting' AND available_at <= ? ORDER BY id LIMIT ?`;
    if (this.db.get(sql, now, 1) === undefined) return [];
    return this.db.transaction(() => {
      const leased = this.db.all<BodyRow>(sql, now, limit).map((row) => ({ ...read<Delivery>(row), availableAt: until }));
      for (const delivery of leased) writeDelivery(this.db, delivery);
      return leased;
    }, unseen);
  }

  async settle(delivery: Delivery, leasedUntil: number): Promise<boolean> {
    return this.db.transaction(() => {
      const isHeld =
        this.db.get(`SELECT 1 AS one FROM alert_deliveries WHERE id = ? AND state = 'waiting' AND available_at = ?`, delivery.id, leasedUntil) !== undefined;
      if (isHeld) writeDelivery(this.db, delivery);
      return isHeld;
    }, unseen);
  }

  async deliveries(limit: number): Promise<readonly Delivery[]> {
    return this.db.all<BodyRow>('SELECT body FROM alert_deliveries ORDER BY id DESC LIMIT ?', limit).map(read<Delivery>);
  }

  async redrive(now: number, ids?: readonly string[]): Promise<number> {
    return this.db.transaction(() => {
      const failed = this.db
        .all<BodyRow>(`SELECT body FROM alert_deliveries WHERE state = 'failed'`)
        .map(read<Delivery>)
        .filter(({ id }) => ids === undefined || ids.includes(id));
      for (const delivery of failed) writeDelivery(this.db, { ...delivery, state: 'waiting', attempts: 0, availableAt: now });
      return failed.length;
    }, unseen);
  }

  async removeBefore(time: number): Promise<void> {
    this.db.transaction(() => {
      this.db.run('DELETE FROM alert_episodes WHERE closed_at < ?', time);
      this.db.run('DELETE FROM alert_deliveries WHERE created_at < ?', time);
    }, unseen);
  }

  private close(closed: Findings['closed']): void {
    for (const { id, closedAt, reason } of closed) {
      this.db.run(
        `UPDATE alert_episodes SET closed_at = ?, body = json_set(body, '$.closedAt', ?, '$.closedReason', ?) WHERE id = ?`,
        closedAt,
        closedAt,
        reason,
        id,
      );
    }
  }

  private insertDelivery(id: string, channelId: string, told: readonly TellingRow[], now: number): void {
    writeDelivery(this.db, {
      id,
      channelId,
      told: told.map(({ episode_id: episodeId, event }) => ({ episodeId, event })),
      state: 'waiting',
      attempts: 0,
      createdAt: now,
      availableAt: now,
    });
    for (const telling of told) this.db.run('DELETE FROM alert_tellings WHERE id = ?', telling.id);
  }
}
