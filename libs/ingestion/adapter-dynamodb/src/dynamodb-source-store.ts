import { randomUUID } from 'node:crypto';
import {
  bySourceName, changedSource, CLOCK_TOLERANCE, dueSource, isDue, isRunning, onePerHost, polledSource, sparing, type Source, type SourceChange, type SourceHealth, type SourceLease, type SourceStore,
} from '@barometer/ingestion';
import { decideAndWrite, HOT_SHARDS, hostKey, sourceKey, SOURCES, timeToLive, urlKey, type DynamoDbTable, type Item, type ItemKey, type Step, type TransactItem } from '@barometer/storage-dynamodb';
import { SourceGlance } from './source-glance';
import { hostOf, sourceItem, sourceOf, type SourceRecord } from './source-item';

/** Two actions each: DynamoDB takes 100 in a transaction, and the watermark is one. */
const SOURCES_A_WRITE = 45;

type Change = { readonly after?: SourceRecord | undefined; readonly newUrl?: string | undefined };

/** The sources in the DynamoDB store. An item holds each url for its source and each host for the poll that runs there. */
export class DynamoDbSourceStore implements SourceStore {
  private readonly glance = new SourceGlance(() => this.records());
  /** Hosts of which a source is being leased, so that polls side by side do not try for the same. */
  private readonly tried = new Set<string>();

  constructor(private readonly table: DynamoDbTable) {}

  async add(source: Source): Promise<boolean> {
    return this.changing(() => decideAndWrite<boolean>(this.table, async (failed) => {
      if (failed || (await this.read(source.id)) || (await this.isTaken(source.url))) return { answer: false };
      return { answer: true, actions: this.newcomer(source) };
    }));
  }

  async addAll(sources: readonly Source[]): Promise<readonly boolean[]> {
    const distinct = firstOfEach(sources);
    const added = new Set<Source>();
    const addFrom = async (first: number) => {
      for (let start = first * SOURCES_A_WRITE; start < distinct.length; start += HOT_SHARDS * SOURCES_A_WRITE) {
        for (const source of await this.addTogether(distinct.slice(start, start + SOURCES_A_WRITE), first)) added.add(source);
      }
    };
    await this.changing(() => Promise.all(Array.from({ length: HOT_SHARDS }, (_, shard) => addFrom(shard))));
    return sources.map((source) => added.has(source));
  }

  async find(id: string): Promise<Source | undefined> {
    return (await this.read(id))?.source;
  }

  async list(): Promise<readonly Source[]> {
    return (await this.records()).map(({ source }) => source).sort(bySourceName);
  }

  async change(id: string, change: SourceChange): Promise<Source | undefined | 'url-taken'> {
    return this.changing(() => decideAndWrite<Source | undefined | 'url-taken'>(this.table, async () => {
      const before = await this.read(id);
      if (!before) return { answer: undefined };
      const source = changedSource(before.source, change);
      if (source.url === before.source.url) return this.step(source, before, { after: { ...before, source } });
      if (await this.isTaken(source.url)) return { answer: 'url-taken' };
      const { lease: _lease, ...free } = before;
      return this.step(source, before, { after: { ...free, source }, newUrl: source.url });
    }));
  }

  async remove(id: string): Promise<boolean> {
    return this.changing(() => decideAndWrite<boolean>(this.table, async () => {
      const before = await this.read(id);
      return before ? this.step(true, before, {}) : { answer: false };
    }));
  }

  async makeDue(id: string, now: number): Promise<boolean> {
    return this.changing(() => decideAndWrite<boolean>(this.table, async () => {
      const before = await this.read(id);
      return before ? this.step(true, before, { after: { ...before, source: dueSource(before.source, now), asked: true } }) : { answer: false };
    }));
  }

  /**
   * What was read a moment ago serves again, since one round of polls asks for each of them. A lease is on condition of what
   * was read, so that an old look leases nothing that another has leased or changed; that nothing is due is only answered
   * after a new look.
   */
  async leaseDue(now: number, limit: number, leaseMs: number): Promise<readonly SourceLease[]> {
    const known = await this.glance.latest(now);
    const leases = known ? await this.leaseOf(known, now, limit, leaseMs) : [];
    return leases.length > 0 ? leases : this.leaseOf(await this.glance.renewed(now), now, limit, leaseMs);
  }

  private async leaseOf(known: ReadonlyMap<string, SourceRecord>, now: number, limit: number, leaseMs: number): Promise<readonly SourceLease[]> {
    const records = [...known.values()];
    const busy = records.flatMap(({ lease }) => (lease && isRunning(lease.until, now, leaseMs) ? [lease.host] : []));
    const isSpared = sparing(records.map(({ source }) => source), now);
    const due = records.filter(({ source }) => isDue(source, now)).sort(byDueTime).map((record) => ({ record, host: hostOf(record), asked: record.asked }));
    const leases: SourceLease[] = [];
    for (const { record, host } of onePerHost(due, due.length, [...busy, ...this.tried], isSpared)) {
      if (leases.length >= limit) break;
      // Meanwhile another may have begun to lease it, or one of its host.
      if (this.tried.has(host) || known.get(record.source.id) !== record) continue;
      this.tried.add(host);
      try {
        const lease = { token: randomUUID(), until: now + leaseMs, host };
        const isLeased = await this.lease(record, lease, now);
        await this.glance.note(record.source.id, isLeased ? leased(record, lease) : undefined);
        if (isLeased) leases.push({ source: record.source, token: lease.token });
      } finally {
        this.tried.delete(host);
      }
    }
    return leases;
  }

  async complete(lease: SourceLease, health: SourceHealth, newUrl?: string): Promise<boolean> {
    const record = await this.completed(lease, health, newUrl);
    await this.glance.note(lease.source.id, record);
    return record !== undefined;
  }

  /** What the source is after its poll; `undefined` where the lease was no longer held. */
  private completed(lease: SourceLease, health: SourceHealth, newUrl: string | undefined): Promise<SourceRecord | undefined> {
    return decideAndWrite<SourceRecord | undefined>(this.table, async () => {
      const before = await this.read(lease.source.id);
      if (before?.lease?.token !== lease.token) return { answer: undefined };
      const moved = newUrl !== undefined && newUrl !== before.source.url && !(await this.isTaken(newUrl)) ? newUrl : undefined;
      const source = polledSource(before.source, health, { newUrl: moved, asked: before.asked });
      const after = { source, rev: before.rev, asked: before.asked };
      return this.step({ ...after, rev: before.rev + 1 }, before, { after, newUrl: moved });
    });
  }

  /** After it, other sources than those that were seen may be due, and others than those be there. */
  private async changing<T>(change: () => Promise<T>): Promise<T> {
    try {
      return await change();
    } finally {
      this.glance.forget();
    }
  }

  /** Adds those that are free in one transaction; which they are is asked only where it turns out that not all are. */
  private addTogether(sources: readonly Source[], shard: number): Promise<readonly Source[]> {
    let left = sources;
    return decideAndWrite<readonly Source[]>(this.table, async (failed) => {
      if (failed) left = await this.free(left);
      return left.length === 0 ? { answer: left } : { answer: left, actions: left.flatMap((source) => this.newcomer(source)) };
    }, { shard });
  }

  /** Those of which neither the id nor the url is there. */
  private async free(sources: readonly Source[]): Promise<Source[]> {
    const keys = sources.flatMap(({ id, url }) => [sourceKey(id), urlKey(url)]);
    const there = new Set((await this.table.getAll(keys, { consistent: true })).map((item) => `${String(item['pk'])} ${String(item['sk'])}`));
    const isThere = ({ pk, sk }: ItemKey) => there.has(`${pk} ${sk}`);
    return sources.filter(({ id, url }) => !isThere(sourceKey(id)) && !isThere(urlKey(url)));
  }

  private newcomer(source: Source): TransactItem[] {
    return [this.put({ source, rev: 1, asked: false }), this.claim(source.url, source.id)];
  }

  /** Takes a source and its host at once; `false` when somebody else was faster. */
  private async lease(record: SourceRecord, lease: NonNullable<SourceRecord['lease']>, now: number): Promise<boolean> {
    const { token, until, host } = lease;
    const hold: TransactItem = {
      Put: {
        TableName: this.table.name, Item: { ...hostKey(host), token, until, ttl: timeToLive(until) },
        ConditionExpression: 'attribute_not_exists(pk) OR #until <= :now OR #until > :latest', ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':now': now, ':latest': until + CLOCK_TOLERANCE },
      },
    };
    const held = this.put(leased(record, lease), record.rev);
    return decideAndWrite<boolean>(this.table, async (failed) => (failed ? { answer: false } : { answer: true, actions: [held, hold] }), { visible: false });
  }

  /** One transaction that makes a source what it is to be, or removes it, with its url and, where the lease ends, its host. */
  private async step<T>(answer: T, before: SourceRecord, { after, newUrl }: Change): Promise<Step<T>> {
    const { id, url } = before.source;
    const main = after ? this.put({ ...after, rev: before.rev + 1 }, before.rev) : this.delete(sourceKey(id), { condition: 'rev = :rev', values: { ':rev': before.rev } });
    const freed = before.lease && !after?.lease ? await this.release(before.lease) : [];
    const urls = after && newUrl === undefined ? [] : [this.delete(urlKey(url)), ...(newUrl === undefined ? [] : [this.claim(newUrl, id)])];
    return { answer, actions: [main, ...urls, ...freed] };
  }

  /** Frees a host, unless another poll has taken it since the lease ran out. */
  private async release({ host, token }: NonNullable<SourceRecord['lease']>): Promise<TransactItem[]> {
    const holder = await this.table.get(hostKey(host), { consistent: true });
    if (holder?.['token'] !== token) return [];
    return [this.delete(hostKey(host), { condition: '#token = :token', names: { '#token': 'token' }, values: { ':token': token } })];
  }

  private async read(id: string): Promise<SourceRecord | undefined> {
    const item = await this.table.get(sourceKey(id), { consistent: true });
    return item && sourceOf(item);
  }

  private async records(): Promise<SourceRecord[]> {
    return (await this.table.all({ partition: SOURCES, consistent: true })).map(sourceOf);
  }

  private async isTaken(url: string): Promise<boolean> {
    return (await this.table.get(urlKey(url), { consistent: true })) !== undefined;
  }

  private put(record: SourceRecord, rev?: number): TransactItem {
    const condition = rev === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'rev = :rev', ExpressionAttributeValues: { ':rev': rev } };
    return { Put: { TableName: this.table.name, Item: sourceItem(record), ...condition } };
  }

  private claim(url: string, sourceId: string): TransactItem {
    return { Put: { TableName: this.table.name, Item: { ...urlKey(url), sourceId }, ConditionExpression: 'attribute_not_exists(pk)' } };
  }

  private delete(key: object, write?: { condition: string; names?: Record<string, string>; values: Item }): TransactItem {
    return {
      Delete: {
        TableName: this.table.name, Key: { ...key },
        ...(write && { ConditionExpression: write.condition, ExpressionAttributeValues: write.values, ...(write.names && { ExpressionAttributeNames: write.names }) }),
      },
    };
  }
}

const leased = (record: SourceRecord, lease: NonNullable<SourceRecord['lease']>): SourceRecord => ({ ...record, rev: record.rev + 1, asked: false, lease });

const byDueTime = (one: SourceRecord, other: SourceRecord): number =>
  one.source.health.nextPollAt - other.source.health.nextPollAt || (one.source.id < other.source.id ? -1 : 1);

/** Without those whose id or url stands in the list before: one transaction takes each key once. */
function firstOfEach(sources: readonly Source[]): Source[] {
  const seen = new Set<string>();
  return sources.filter(({ id, url }) => {
    const keys = [`id ${id}`, `url ${url}`];
    if (keys.some((key) => seen.has(key))) return false;
    keys.forEach((key) => seen.add(key));
    return true;
  });
}
