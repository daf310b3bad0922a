import type { Source, SourceHealth } from '../domain/source';
import { newHealth } from '../domain/source-health';
import { sparing } from '../domain/spared-host';
import { changedSource, hostOfSource, onePerHost } from '../domain/stored-source';
import type { SourceChange, SourceLease, SourceStore } from '../ports/source-store.port';

/** A source as a test needs it. */
export function exampleSource(fields: Partial<Source> = {}): Source {
  return {
    id: 'gazette',
    kind: 'feed',
    url: 'https://gazette.example/rss',
    name: 'Sample Gazette',
    intervalMinutes: 15,
    paused: false,
    addedAt: 0,
    health: newHealth(0),
    ...fields,
  };
}

/** Sources in a map; `completed` lists the leases that ended, in order. */
export class FakeSources implements SourceStore {
  readonly completed: string[] = [];
  private readonly sources = new Map<string, Source>();
  private readonly leases = new Map<string, { readonly lease: SourceLease; readonly until: number }>();
  private number = 0;

  constructor(...sources: readonly Source[]) {
    for (const source of sources) this.sources.set(source.id, source);
  }

  async add(source: Source): Promise<boolean> {
    if (this.sources.has(source.id) || this.hasUrl(source.url)) return false;
    this.sources.set(source.id, source);
    return true;
  }

  async addAll(sources: readonly Source[]): Promise<readonly boolean[]> {
    const added: boolean[] = [];
    for (const source of sources) added.push(await this.add(source));
    return added;
  }

  async find(id: string): Promise<Source | undefined> {
    return this.sources.get(id);
  }

  async list(): Promise<readonly Source[]> {
    return [...this.sources.values()];
  }

  async change(id: string, change: SourceChange): Promise<Source | undefined | 'url-taken'> {
    const source = this.sources.get(id);
    if (!source) return undefined;
    if (change.url !== undefined && change.url !== source.url && this.hasUrl(change.url)) return 'url-taken';
    const changed = changedSource(source, change);
    this.sources.set(id, changed);
    return changed;
  }

  async changeEach(ids: readonly string[], change: (source: Source) => Omit<SourceChange, 'url'>): Promise<readonly Source[]> {
    const there = [...new Set(ids)].flatMap((id) => this.sources.get(id) ?? []);
    return Promise.all(there.map(async (source) => (await this.change(source.id, change(source))) as Source));
  }

  async removeEach(ids: readonly string[]): Promise<readonly string[]> {
    return ids.filter((id) => this.sources.delete(id));
  }

  async remove(id: string): Promise<boolean> {
    return this.sources.delete(id);
  }

  async makeDue(id: string, now: number): Promise<boolean> {
    const source = this.sources.get(id);
    if (source) this.sources.set(id, { ...source, health: { ...source.health, nextPollAt: now } });
    return source !== undefined;
  }

  async leaseDue(now: number, limit: number, leaseMs: number): Promise<readonly SourceLease[]> {
    const running = [...this.leases.values()].filter(({ until }) => until > now).map(({ lease }) => lease.source);
    const due = [...this.sources.values()]
      .filter(({ id, paused, health }) => !paused && health.status !== 'gone' && health.nextPollAt <= now && !running.some((one) => one.id === id))
      .map((source) => ({ source, host: hostOfSource(source), asked: false }));
    return onePerHost(due, limit, running.map(hostOfSource), sparing(this.sources.values(), now)).map(({ source }) => {
      const lease = { source, token: String((this.number += 1)) };
      this.leases.set(source.id, { lease, until: now + leaseMs });
      return lease;
    });
  }

  async complete(lease: SourceLease, health: SourceHealth, newUrl?: string): Promise<boolean> {
    const source = this.sources.get(lease.source.id);
    if (!source || this.leases.get(source.id)?.lease.token !== lease.token) return false;
    this.leases.delete(source.id);
    this.completed.push(source.id);
    this.sources.set(source.id, { ...source, health, ...(newUrl !== undefined && { url: newUrl }) });
    return true;
  }

  private hasUrl(url: string): boolean {
    return [...this.sources.values()].some((source) => source.url === url);
  }
}
