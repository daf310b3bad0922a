import { randomUUID } from 'node:crypto';
import {
  bySourceName,
  changedSource,
  dueSource,
  hostOfSource,
  isDue,
  isRunning,
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
import type { MemoryDatabase, SourceRow } from '@barometer/storage-memory';

const free = { asked: false, leaseUntil: 0 };

/** The sources in memory. */
export class MemorySourceStore implements SourceStore {
  constructor(private readonly db: MemoryDatabase) {}

  async add(source: Source): Promise<boolean> {
    if (this.db.sources.has(source.id) || this.hasUrl(source.url)) return false;
    this.write(source, free);
    return true;
  }

  async addAll(sources: readonly Source[]): Promise<readonly boolean[]> {
    const added: boolean[] = [];
    for (const source of sources) added.push(await this.add(source));
    return added;
  }

  async find(id: string): Promise<Source | undefined> {
    const row = this.db.sources.get(id);
    return row && sourceOf(row);
  }

  async list(): Promise<readonly Source[]> {
    return [...this.db.sources.values()].map(sourceOf).sort(bySourceName);
  }

  async change(id: string, change: SourceChange): Promise<Source | undefined | 'url-taken'> {
    const row = this.db.sources.get(id);
    if (!row) return undefined;
    const source = changedSource(sourceOf(row), change);
    if (source.url !== row.url && this.hasUrl(source.url)) return 'url-taken';
    this.write(source, source.url === row.url ? row : { ...free, asked: row.asked });
    return source;
  }

  async changeEach(ids: readonly string[], change: (source: Source) => Omit<SourceChange, 'url'>): Promise<readonly Source[]> {
    const changed: Source[] = [];
    for (const id of new Set(ids)) {
      const source = await this.find(id);
      const after = source && (await this.change(id, change(source)));
      if (after && after !== 'url-taken') changed.push(after);
    }
    return changed;
  }

  async removeEach(ids: readonly string[]): Promise<readonly string[]> {
    const removed: string[] = [];
    for (const id of ids) if (await this.remove(id)) removed.push(id);
    return removed;
  }

  async remove(id: string): Promise<boolean> {
    return this.db.transaction(() => {
      this.db.sourceUrls.delete(this.db.sources.get(id)?.url ?? '');
      return this.db.sources.delete(id);
    });
  }

  async makeDue(id: string, now: number): Promise<boolean> {
    const row = this.db.sources.get(id);
    if (!row) return false;
    this.write(dueSource(sourceOf(row), now), { ...row, asked: true });
    return true;
  }

  async leaseDue(now: number, limit: number, leaseMs: number): Promise<readonly SourceLease[]> {
    const rows = [...this.db.sources.values()].map((row) => ({ row, host: row.host, asked: row.asked, source: sourceOf(row) }));
    const busy = rows.filter(({ row }) => isRunning(row.leaseUntil, now, leaseMs)).map(({ host }) => host);
    const due = rows.filter(({ source }) => isDue(source, now)).sort(({ row: a }, { row: b }) => a.nextPollAt - b.nextPollAt || (a.id < b.id ? -1 : 1));
    return onePerHost(
      due,
      limit,
      busy,
      sparing(
        rows.map(({ source }) => source),
        now,
      ),
    ).map(({ row, source }) => {
      const lease = { source, token: randomUUID() };
      this.db.sources.set(row.id, { ...row, leaseToken: lease.token, leaseUntil: now + leaseMs, asked: false });
      return lease;
    });
  }

  async complete(lease: SourceLease, health: SourceHealth, newUrl?: string): Promise<boolean> {
    const row = this.db.sources.get(lease.source.id);
    if (row?.leaseToken !== lease.token) return false;
    const moved = newUrl !== undefined && !this.hasUrl(newUrl) ? newUrl : undefined;
    this.write(polledSource(sourceOf(row), health, { newUrl: moved, asked: row.asked }), { ...free, asked: row.asked });
    return true;
  }

  private hasUrl(url: string): boolean {
    return this.db.sourceUrls.has(url);
  }

  private write(source: Source, lease: Pick<SourceRow, 'asked' | 'leaseToken' | 'leaseUntil'>): void {
    const { id, url, paused, health } = source;
    const { asked, leaseToken, leaseUntil } = lease;
    this.db.transaction(() => {
      this.db.sourceUrls.delete(this.db.sources.get(id)?.url ?? '');
      this.db.sourceUrls.set(url, id);
      this.db.sources.set(id, {
        id,
        url,
        host: hostOfSource(source),
        paused,
        gone: health.status === 'gone',
        nextPollAt: health.nextPollAt,
        asked,
        leaseUntil,
        ...(leaseToken !== undefined && { leaseToken }),
        body: JSON.stringify(source),
      });
    });
  }
}

const sourceOf = (row: SourceRow): Source => readSource(row.body);
