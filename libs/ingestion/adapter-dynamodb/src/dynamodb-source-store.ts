import { randomUUID } from 'node:crypto';
import {
  bySourceName,
  changedSource,
  CLOCK_TOLERANCE,
  dueSource,
  isDue,
  isRunning,
  onePerHost,
  polledSource,
  sparing,
  type Source,
  type SourceChange,
  type SourceHealth,
  type SourceLease,
  type SourceStore,
} from '@barometer/ingestion';
import {
  decideAndWrite,
  HOT_SHARDS,
  hostKey,
  sourceKey,
  SOURCES,
  timeToLive,
  urlKey,
  type DynamoDbTable,
  type Item,
  type ItemKey,
  type Step,
  type TransactItem,
} from '@barometer/storage-dynamodb';
import { SourceGlance } from './source-glance';
import { hostOf, sourceItem, sourceOf, type SourceRecord } from './source-item';

/** Two actions for each source: a transaction allows 100, of which the watermark is one. */
const SOURCES_A_WRITE = 45;

/** Up to three actions for each source if it is removed under a lease; few, since all are written again if one of their polls ends meanwhile. */
const SOURCES_A_CHANGE = 20;

type Change = { readonly after?: SourceRecord | undefined; readonly newUrl?: string | undefined };

/** The sources in the DynamoDB store. Further items reserve each url for its source and each host for the poll that runs there. */
export class DynamoDbSourceStore implements SourceStore {
  private readonly glance = new SourceGlance(() => this.records());
  /** Hosts for which a lease is being tried, so that parallel polls do not try the same one. */
  private readonly tried = new Set<string>();

  constructor(private readonly table: DynamoDbTable) {}

  async add(source: Source): Promise<boolean> {
    return this.changing(() =>
      decideAndWrite<boolean>(this.table, async (failed) => {
        if (failed || (await this.read(source.id)) || (await this.isTaken(source.url))) return { answer: false };
        return { answer: true, actions: this.newcomer(source) };
      }),
    );
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
    return this.changing(() =>
      decideAndWrite<Source | undefined | 'url-taken'>(this.table, async () => {
        const before = await this.read(id);
        if (!before) return { answer: undefined };
        const source = changedSource(before.source, change);
        if (source.url === before.source.url) return this.step(source, before, { after: { ...before, source } });
        if (await this.isTaken(source.url)) return { answer: 'url-taken' };
        const { lease: _lease, ...free } = before;
        return this.step(source, before, { after: { ...free, source }, newUrl: source.url });
      }),
    );
  }

  async changeEach(ids: readonly string[], change: (source: Source) => Omit<SourceChange, 'url'>): Promise<readonly Source[]> {
    return this.changing(() => this.eachInParts(ids, (part, shard) => this.changeTogether(part, change, shard)));
  }

  async removeEach(ids: readonly string[]): Promise<readonly string[]> {
    return this.changing(() =>
      this.eachInParts(ids, (part, shard) =>
        decideAndWrite<readonly string[]>(
          this.table,
          async () => {
            const there = await this.readEach(part);
            const steps = await Promise.all(there.map((record) => this.step(record.source.id, record, {})));
            return there.length === 0
              ? { answer: [] }
              : { answer: steps.map(({ answer }) => answer), actions: steps.flatMap((one) => ('actions' in one ? one.actions : [])) };
          },
          { shard },
        ),
      ),
    );
  }

  async remove(id: string): Promise<boolean> {
    return this.changing(() =>
      decideAndWrite<boolean>(this.table, async () => {
        const before = await this.read(id);
        return before ? this.step(true, before, {}) : { answer: false };
      }),
    );
  }

  async makeDue(id: string, now: number): Promise<boolean> {
    return this.changing(() =>
      decideAndWrite<boolean>(this.table, async () => {
        const before = await this.read(id);
        return before ? this.step(true, before, { after: { ...before, source: dueSource(before.source, now), asked: true } }) : { answer: false };
      }),
    );
  }

  /**
   * Uses a recent read of the sources again, since each poll of a round asks for a source. A lease is conditional on
   * what was read, so an outdated read leases nothing that another process has leased or changed; the answer that
   * nothing is due is given only after a new read.
   */
  async leaseDue(now: number, limit: number, leaseMs: number): Promise<readonly SourceLease[]> {
    const known = await this.glance.latest(now);
    const leases = known ? await this.leaseOf(known, now, limit, leaseMs) : [];
    return leases.length > 0 ? leases : this.leaseOf(await this.glance.renewed(now), now, limit, leaseMs);
  }

  private async leaseOf(known: ReadonlyMap<string, SourceRecord>, now: number, limit: number, leaseMs: number): Promise<readonly SourceLease[]> {
    const records = [...known.values()];
    const busy = records.flatMap(({ lease }) => (lease && isRunning(lease.until, now, leaseMs) ? [lease.host] : []));
    const isSpared = sparing(
      records.map(({ source }) => source),
      now,
    );
    const due = records
      .filter(({ source }) => isDue(source, now))
      .sort(byDueTime)
      .map((record) => ({ record, host: hostOf(record), asked: record.asked }));
    const leases: SourceLease[] = [];
    for (const { record, host } of onePerHost(due, due.length, [...busy, ...this.tried], isSpared)) {
      if (leases.length >= limit) break;
      // Meanwhile another call may have begun to lease it, or a source of its host.
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

  /** The source after its poll; `undefined` if the lease was lost. */
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

  /** After the change, other sources may exist or be due than those that were read. */
  private async changing<T>(change: () => Promise<T>): Promise<T> {
    try {
      return await change();
    } finally {
      this.glance.forget();
    }
  }

  /** Runs parts that fit into one transaction, in as many parallel lanes as the watermark has shards. */
  private async eachInParts<T>(ids: readonly string[], work: (part: readonly string[], shard: number) => Promise<readonly T[]>): Promise<readonly T[]> {
    const distinct = [...new Set(ids)];
    const parts = Array.from({ length: Math.ceil(distinct.length / SOURCES_A_CHANGE) }, (_, index) =>
      distinct.slice(index * SOURCES_A_CHANGE, (index + 1) * SOURCES_A_CHANGE),
    );
    const found: (readonly T[])[] = [];
    const lane = async (shard: number) => {
      for (let index = shard; index < parts.length; index += HOT_SHARDS) found[index] = await work(parts[index] ?? [], shard);
    };
    await Promise.all(Array.from({ length: HOT_SHARDS }, (_, shard) => lane(shard)));
    return found.flat();
  }

  private changeTogether(ids: readonly string[], change: (source: Source) => Omit<SourceChange, 'url'>, shard: number): Promise<readonly Source[]> {
    return decideAndWrite<readonly Source[]>(
      this.table,
      async () => {
        const after = (await this.readEach(ids)).map((record) => ({ ...record, source: changedSource(record.source, change(record.source)) }));
        const answer = after.map(({ source }) => source);
        return after.length === 0 ? { answer } : { answer, actions: after.map((record) => this.put({ ...record, rev: record.rev + 1 }, record.rev)) };
      },
      { shard },
    );
  }

  private async readEach(ids: readonly string[]): Promise<SourceRecord[]> {
    const items = await this.table.getAll(ids.map(sourceKey), { consistent: true });
    const byId = new Map(items.map(sourceOf).map((record) => [record.source.id, record]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /** Adds those that are free in one transaction; which ones are free is read only after it has failed. */
  private addTogether(sources: readonly Source[], shard: number): Promise<readonly Source[]> {
    let left = sources;
    return decideAndWrite<readonly Source[]>(
      this.table,
      async (failed) => {
        if (failed) left = await this.free(left);
        return left.length === 0 ? { answer: left } : { answer: left, actions: left.flatMap((source) => this.newcomer(source)) };
      },
      { shard },
    );
  }

  /** The sources whose id and url are both free. */
  private async free(sources: readonly Source[]): Promise<Source[]> {
    const keys = sources.flatMap(({ id, url }) => [sourceKey(id), urlKey(url)]);
    const there = new Set((await this.table.getAll(keys, { consistent: true })).map((item) => `${String(item['pk'])} ${String(item['sk'])}`));
    const isThere = ({ pk, sk }: ItemKey) => there.has(`${pk} ${sk}`);
    return sources.filter(({ id, url }) => !isThere(sourceKey(id)) && !isThere(urlKey(url)));
  }

  private newcomer(source: Source): TransactItem[] {
    return [this.put({ source, rev: 1, asked: false }), this.claim(source.url, source.id)];
  }

  /** Leases a source and its host in one transaction; `false` if another process was faster. */
  private async lease(record: SourceRecord, lease: NonNullable<SourceRecord['lease']>, now: number): Promise<boolean> {
    const { token, until, host } = lease;
    const hold: TransactItem = {
      Put: {
        TableName: this.table.name,
        Item: { ...hostKey(host), token, until, ttl: timeToLive(until) },
        ConditionExpression: 'attribute_not_exists(pk) OR #until <= :now OR #until > :latest',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':now': now, ':latest': until + CLOCK_TOLERANCE },
      },
    };
    const held = this.put(leased(record, lease), record.rev);
    return decideAndWrite<boolean>(this.table, async (failed) => (failed ? { answer: false } : { answer: true, actions: [held, hold] }), { visible: false });
  }

  /** One transaction that changes or removes a source, with its url and, if the lease ends, its host. */
  private async step<T>(answer: T, before: SourceRecord, { after, newUrl }: Change): Promise<Step<T>> {
    const { id, url } = before.source;
    const main = after
      ? this.put({ ...after, rev: before.rev + 1 }, before.rev)
      : this.delete(sourceKey(id), { condition: 'rev = :rev', values: { ':rev': before.rev } });
    const freed = before.lease && !after?.lease ? await this.release(before.lease) : [];
    const urls = after && newUrl === undefined ? [] : [this.delete(urlKey(url)), ...(newUrl === undefined ? [] : [this.claim(newUrl, id)])];
    return { answer, actions: [main, ...urls, ...freed] };
  }

  /** Frees a host, unless another poll has taken it since the lease expired. */
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
    const condition =
      rev === undefined
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
        TableName: this.table.name,
        Key: { ...key },
        ...(write && {
          ConditionExpression: write.condition,
          ExpressionAttributeValues: write.values,
          ...(write.names && { ExpressionAttributeNames: write.names }),
        }),
      },
    };
  }
}

const leased = (record: SourceRecord, lease: NonNullable<SourceRecord['lease']>): SourceRecord => ({ ...record, rev: record.rev + 1, asked: false, lease });

const byDueTime = (one: SourceRecord, other: SourceRecord): number =>
  one.source.health.nextPollAt - other.source.health.nextPollAt || (one.source.id < other.source.id ? -1 : 1);

/** Leaves out sources whose id or url occurs earlier in the list, since a transaction may contain each key only once. */
function firstOfEach(sources: readonly Source[]): Source[] {
  const seen = new Set<string>();
  return sources.filter(({ id, url }) => {
    const keys = [`id ${id}`, `url ${url}`];
    if (keys.some((key) => seen.has(key))) return false;
    keys.forEach((key) => seen.add(key));
    return true;
  });
}
