import { randomUUID } from 'node:crypto';
import {
  bySourceName,
  changedSource,
  CLOCK_TOLERANCE,
  dueSource,
  hostOfSource,
  lastTouched,
  MAX_WAIT,
  onePerHost,
  polledSource,
  readSource,
  sparing,
  type Source,
  type SourceChange,
  type SourceHealth,
  type SourceLease,
  type SourceStore,
} from '@barometer/ingestion';
import type { SqliteDatabase } from '@barometer/storage-sqlite';

interface SourceRow {
  readonly body: string;
  readonly host: string;
  readonly asked: number;
  readonly lease_token: string | null;
}

/** The core's `isDue` in SQL; each part of it uses an index. */
const dueQuery = `SELECT id, host, asked FROM sources WHERE paused = 0 AND gone = 0 AND (next_poll_at <= ? OR next_poll_at > ? OR touched_at > ?)
  ORDER BY next_poll_at, id LIMIT ?`;

/** Number of due sources that are read first. */
const FIRST_DUE = 64;

/** The sources in the SQLite store: each as JSON, beside columns for the fields used in selections. */
export class SqliteSourceStore implements SourceStore {
  constructor(private readonly db: SqliteDatabase) {}

  async add(source: Source): Promise<boolean> {
    return this.db.transaction(() => this.insert(source));
  }

  async addAll(sources: readonly Source[]): Promise<readonly boolean[]> {
    return this.db.transaction(() => sources.map((source) => this.insert(source)));
  }

  async find(id: string): Promise<Source | undefined> {
    const row = this.row(id);
    return row && sourceOf(row);
  }

  async list(): Promise<readonly Source[]> {
    return this.db.all<SourceRow>('SELECT body FROM sources').map(sourceOf).sort(bySourceName);
  }

  async change(id: string, change: SourceChange): Promise<Source | undefined | 'url-taken'> {
    return this.db.transaction(() => {
      const row = this.row(id);
      if (!row) return undefined;
      const before = sourceOf(row);
      const source = changedSource(before, change);
      if (source.url !== before.url) {
        if (this.hasUrl(source.url)) return 'url-taken';
        this.endLease(id);
      }
      this.write(source);
      return source;
    });
  }

  async changeEach(ids: readonly string[], change: (source: Source) => Omit<SourceChange, 'url'>): Promise<readonly Source[]> {
    return this.db.transaction(() =>
      [...new Set(ids)].flatMap((id) => {
        const row = this.row(id);
        if (!row) return [];
        const before = sourceOf(row);
        const source = changedSource(before, change(before));
        this.write(source);
        return [source];
      }),
    );
  }

  async remove(id: string): Promise<boolean> {
    return (await this.removeEach([id])).length > 0;
  }

  async removeEach(ids: readonly string[]): Promise<readonly string[]> {
    return this.db.transaction(() => ids.filter((id) => this.db.run('DELETE FROM sources WHERE id = ?', id) > 0));
  }

  async makeDue(id: string, now: number): Promise<boolean> {
    return this.db.transaction(() => {
      const row = this.row(id);
      if (!row) return false;
      this.write(dueSource(sourceOf(row), now));
      this.db.run('UPDATE sources SET asked = 1 WHERE id = ?', id);
      return true;
    });
  }

  async leaseDue(now: number, limit: number, leaseMs: number): Promise<readonly SourceLease[]> {
    return this.db.transaction(
      () => {
        const busy = this.db.all<{ host: string }>('SELECT host FROM sources WHERE lease_until > ? AND lease_until <= ?', now, now + leaseMs + CLOCK_TOLERANCE);
        const spared = this.db.all<SourceRow>('SELECT body FROM sources WHERE spares_until > ?', now).map(sourceOf);
        return this.chooseDue(
          now,
          limit,
          busy.map((row) => row.host),
          sparing(spared, now),
        ).map((id) => {
          const lease = { source: sourceOf(this.row(id) as SourceRow), token: randomUUID() };
          this.db.run('UPDATE sources SET lease_token = ?, lease_until = ?, asked = 0 WHERE id = ?', lease.token, now + leaseMs, lease.source.id);
          return lease;
        });
      },
      { visible: false, durable: false },
    );
  }

  /** Ids to lease. If thousands are due, only as many as needed are read, and without their bodies. */
  private chooseDue(now: number, limit: number, busy: readonly string[], isSpared: (host: string) => boolean): string[] {
    for (let most = FIRST_DUE; ; most *= 8) {
      const due = this.db.all<{ id: string; host: string; asked: number }>(dueQuery, now, now + MAX_WAIT, now + CLOCK_TOLERANCE, most);
      const chosen = onePerHost(
        due.map((row) => ({ ...row, asked: row.asked === 1 })),
        limit,
        busy,
        isSpared,
      );
      if (chosen.length >= limit || due.length < most) return chosen.map(({ id }) => id);
    }
  }

  async complete(lease: SourceLease, health: SourceHealth, newUrl?: string): Promise<boolean> {
    return this.db.transaction(
      () => {
        const row = this.row(lease.source.id);
        if (row?.lease_token !== lease.token) return false;
        const moved = newUrl !== undefined && !this.hasUrl(newUrl) ? newUrl : undefined;
        this.write(polledSource(sourceOf(row), health, { newUrl: moved, asked: row.asked === 1 }));
        this.endLease(lease.source.id);
        return true;
      },
      { durable: false },
    );
  }

  private insert(source: Source): boolean {
    if (this.row(source.id) || this.hasUrl(source.url)) return false;
    this.db.run(`INSERT INTO sources (id, url, host, name, next_poll_at, body) VALUES (?, '', '', '', 0, '')`, source.id);
    this.write(source);
    return true;
  }

  private row(id: string): SourceRow | undefined {
    return this.db.get('SELECT body, host, asked, lease_token FROM sources WHERE id = ?', id);
  }

  private hasUrl(url: string): boolean {
    return this.db.get('SELECT 1 FROM sources WHERE url = ?', url) !== undefined;
  }

  private endLease(id: string): void {
    this.db.run('UPDATE sources SET lease_token = NULL, lease_until = 0 WHERE id = ?', id);
  }

  private write(source: Source): void {
    this.db.run(
      'UPDATE sources SET url = ?, host = ?, name = ?, paused = ?, gone = ?, next_poll_at = ?, touched_at = ?, spares_until = ?, body = ? WHERE id = ?',
      source.url,
      hostOfSource(source),
      source.name,
      Number(source.paused),
      Number(source.health.status === 'gone'),
      source.health.nextPollAt,
      lastTouched(source),
      source.health.sparedHost?.until ?? null,
      JSON.stringify(source),
      source.id,
    );
  }
}

const sourceOf = (row: Pick<SourceRow, 'body'>): Source => readSource(row.body);
